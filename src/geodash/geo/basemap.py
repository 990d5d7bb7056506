"""The basemap of Eurasia: countries, marked areas, borders and lakes, and the policy behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodash.case import data_folder

#: What every map says about its borders, live or exported.
BORDERS_SENTENCE = (
    "Borders follow the resolutions of the United Nations: Crimea is drawn in Ukraine and marked "
    "as occupied by Russia (General Assembly resolution 68/262), other disputed areas and lines "
    "of control are marked as such, and parts of mainland Ukraine are under Russian occupation, "
    "of which no line is drawn because none is in the public domain."
)


#: The layers of the file and their columns.
COLUMNS = {
    "countries": ["iso3", "name"],
    "areas": ["name", "status", "iso3", "note"],
    "lines": ["class"],
    "lakes": ["name"],
}


@dataclass(frozen=True)
class Basemap:
    """The layers of the basemap, in longitude and latitude (EPSG:4326).

    Longitudes run from −32 to 231: what lies beyond 180 degrees east is counted on, so that Russia
    is one piece (Chukotka lies at 190 degrees, not at −170).

    Attributes
    ----------
    countries
        `iso3` (ISO 3166-1 alpha-3; XKX for Kosovo) and `name`; no gaps, no overlaps. Of the
        United States only Alaska is there, as Russia's neighbour.
    areas
        Areas of disputed or special status: `name`, `status` (occupied, disputed, status), `iso3`
        of the country in which they are drawn, `note`; polygons, or points where the source has
        no shape.
    lines
        Borders: `class` (international, line_of_control, disputed, occupation_line).
    lakes
        Large lakes: `name`.
    """

    countries: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame


def basemap() -> Basemap:
    """Give the basemap; the file is read once per process."""
    return Basemap(**{name: frame.copy(deep=False) for name, frame in _layers().items()})


@cache
def _layers() -> dict[str, gpd.GeoDataFrame]:
    rows = gpd.read_file(data_folder() / "geo" / "basemap.fgb")
    return {
        layer: rows.loc[rows["layer"] == layer, [*columns, "geometry"]].reset_index(drop=True)
        for layer, columns in COLUMNS.items()
    }


@cache
def country_names() -> Mapping[str, str]:
    """Give the names of countries by ISO 3166-1 alpha-3 code."""
    countries = _layers()["countries"]
    return MappingProxyType(dict(zip(countries["iso3"], countries["name"], strict=True)))


def outlines(geometry: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Give the corners of polygons or lines as x and y for one Plotly trace, NaN between parts.

    Shells run one way round and holes the other, so that a filled trace leaves holes open.
    """
    parts = shapely.get_parts(geometry)
    shells = shapely.orient_polygons(parts[shapely.get_dimensions(parts) == 2])
    pieces = [*shapely.get_rings(shells), *parts[shapely.get_dimensions(parts) == 1]]
    gap = np.full((1, 2), np.nan)
    corners = [xy for piece in pieces for xy in (shapely.get_coordinates(piece), gap)]
    joined = np.concatenate(corners[:-1]) if corners else np.empty((0, 2))
    return joined[:, 0], joined[:, 1]
