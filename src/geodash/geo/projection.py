"""The projection in which every map is drawn."""

from __future__ import annotations

import geopandas as gpd
from pyproj import CRS

#: Geographic coordinates of the tables and of the basemap: longitude and latitude on WGS 84.
GEOGRAPHIC = CRS.from_epsg(4326)

#: Lambert's azimuthal equal-area projection, in kilometres, with its centre near Krasnoyarsk, in
#: the middle of the corridor: shapes there are nearly true, areas are true everywhere, and the cut
#: runs through the Pacific and the Americas, so that Russia with Chukotka is one piece.
#: (Snyder 1987, Map Projections: A Working Manual, pp. 182–190.)
MAP = CRS.from_proj4("+proj=laea +lat_0=55 +lon_0=95 +datum=WGS84 +units=km +no_defs")


def projected(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Project a table of shapes for the map; x and y are kilometres from the map's centre."""
    return frame.to_crs(MAP)
