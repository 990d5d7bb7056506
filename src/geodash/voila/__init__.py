"""What Voila needs to serve the dashboard: a page template, and kernels that are not lost."""
