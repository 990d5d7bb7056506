"""The projections in which maps are drawn."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
from pyproj import CRS

#: Geographic coordinates of the tables and of the basemap: longitude and latitude on WGS 84.
GEOGRAPHIC = CRS.from_epsg(4326)


@cache
def equal_area(lon: float, lat: float) -> CRS:
    """Give Lambert's azimuthal equal-area projection about a point, in kilometres.

    Shapes near the point are nearly true, areas are true everywhere. (Snyder 1987, Map
    Projections: A Working Manual, pp. 182–190.)

    Parameters
    ----------
    lon, lat
        The centre in degrees. With one in Eurasia the cut runs through the Pacific and the
        Americas, so that Russia with Chukotka is one piece.
    """
    return CRS.from_proj4(f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=km +no_defs")


#: The projection of the corridor, with its centre near Krasnoyarsk, in the middle of the line.
MAP = equal_area(95, 55)


def projected(frame: gpd.GeoDataFrame, crs: CRS = MAP) -> gpd.GeoDataFrame:
    """Project a table of shapes for a map; x and y are kilometres from the map's centre."""
    return frame.to_crs(crs)
