"""Maps: basemap and routes of pipelines as GeoDataFrames, projections, and room for labels.

Examples
--------
The places on a line and the sections between them, in longitude and latitude:

>>> import geodash
>>> from geodash.geo import length_by_country, route, sections
>>> case = geodash.load()
>>> places = route(case, "power-of-siberia-2")
>>> places.crs.to_epsg(), places["place"].iloc[0]
(4326, 'Bovanenkovo')
>>> sections(case, "power-of-siberia-2").to_crs(3857).crs.to_epsg()
3857

How long the line is in each country, as it is drawn here:

>>> length_by_country(case, "power-of-siberia-2")["country"].tolist()
['Russia', 'Mongolia', 'China']

The basemap, with its policy on borders:

>>> from geodash.geo import basemap
>>> ukraine = basemap().countries.set_index("iso3").geometry["UKR"]
>>> from shapely.geometry import Point
>>> ukraine.contains(Point(34.1, 44.95))  # Simferopol
True
"""

from geodash.geo.basemap import BORDERS_SENTENCE, Basemap, basemap
from geodash.geo.projection import equal_area
from geodash.geo.routes import length_by_country, route, sections

__all__ = [
    "BORDERS_SENTENCE",
    "Basemap",
    "basemap",
    "equal_area",
    "length_by_country",
    "route",
    "sections",
]
