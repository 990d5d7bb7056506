"""The part of the map that a chart shows, and how its kilometres become pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geodash.geo.basemap import Basemap, basemap
from geodash.geo.projection import projected


@dataclass(frozen=True)
class Frame:
    """A window of the map with a fixed scale.

    A chart that is wider than the window keeps the scale and shows more to the left and right
    (Plotly widens the range of an axis that is tied to the other), so that what fits at the
    smallest width fits at every width.

    Attributes
    ----------
    centre
        Middle of the window in kilometres.
    width, height
        Smallest width and the height in pixels.
    px_per_km
        Scale.
    """

    centre: tuple[float, float]
    width: float
    height: float
    px_per_km: float

    def window(self, *, width: float = 0) -> tuple[float, float, float, float]:
        """Give left, bottom, right, top in kilometres, for a chart of this or another width."""
        half_width = (width or self.width) / 2 / self.px_per_km
        half_height = self.height / 2 / self.px_per_km
        x, y = self.centre
        return x - half_width, y - half_height, x + half_width, y + half_height

    def pixels(self, xy: np.ndarray) -> np.ndarray:
        """Turn kilometres into pixels from the top left corner of the window."""
        left, _, _, top = self.window()
        return (np.asarray(xy, float) - [left, top]) * [self.px_per_km, -self.px_per_km]


def frame_around(
    bounds: tuple[float, float, float, float],
    *,
    width: float,
    height: float,
    padding: tuple[float, float, float, float],
) -> Frame:
    """Frame an area as large as it fits.

    Parameters
    ----------
    bounds
        Left, bottom, right, top in kilometres.
    width, height
        Pixels of the window.
    padding
        Pixels to keep free at the left, bottom, right and top.
    """
    left, bottom, right, top = bounds
    before, below, after, above = padding
    across = (width - before - after) / max(right - left, 1.0)
    down = (height - below - above) / max(top - bottom, 1.0)
    px_per_km = min(across, down)
    x = (left + right) / 2 + (after - before) / 2 / px_per_km
    y = (bottom + top) / 2 + (above - below) / 2 / px_per_km
    return Frame((x, y), width, height, px_per_km)


@lru_cache(maxsize=16)
def land_in(window: tuple[float, float, float, float]) -> Basemap:
    """Give what of the basemap lies in a window, projected and clipped.

    Parameters
    ----------
    window
        Left, bottom, right, top in kilometres.
    """
    whole = basemap()
    layers = (whole.countries, whole.areas, whole.lines, whole.lakes)
    return Basemap(*(_clipped(projected(layer), window) for layer in layers))


def _clipped(
    layer: gpd.GeoDataFrame, window: tuple[float, float, float, float]
) -> gpd.GeoDataFrame:
    clipped = layer.set_geometry(layer.geometry.clip_by_rect(*window))
    return clipped[~clipped.is_empty].reset_index(drop=True)


@lru_cache(maxsize=256)
def room_for(land: BaseGeometry, size: tuple[float, float]) -> Point | None:
    """Find the middle of the roomiest place for a name.

    The largest ellipse with the proportions of the name is sought: the pole of inaccessibility of
    the land after stretching it upwards until the name is square.

    Parameters
    ----------
    land
        Where the name may stand, in kilometres.
    size
        Width and height of the name in kilometres.

    Returns
    -------
    shapely.Point or None
        None where the name does not fit.
    """
    width, height = size
    stretched = shapely.affinity.scale(land, yfact=width / height, origin=(0, 0))
    if not isinstance(stretched, Polygon | MultiPolygon) or stretched.area < width**2:
        return None
    radius = shapely.maximum_inscribed_circle(stretched, tolerance=width / 20)
    # From 0.5 on the name fits between two straight sides, from 0.71 on its corners do too.
    if radius.length < 0.55 * width:
        return None
    x, y = radius.coords[0]
    return Point(x, y * height / width)
