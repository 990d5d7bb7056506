"""The rows of briefings as tables."""
