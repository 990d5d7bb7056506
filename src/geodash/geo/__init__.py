"""Maps: the basemap, routes of pipelines, the projection, and room for labels."""
