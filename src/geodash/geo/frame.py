"""The part of the map that a chart shows, and how its kilometres become pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
import shapely.affinity
from pyproj import CRS
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geodash.geo.basemap import Basemap, basemap
from geodash.geo.projection import MAP, projected


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
    crs
        Projection.
    """

    centre: tuple[float, float]
    width: float
    height: float
    px_per_km: float
    crs: CRS = MAP

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

    def kilometres(self, box: tuple[float, ...]) -> tuple[float, float, float, float]:
        """Turn a rectangle in pixels (left, top, right, bottom) into left, bottom, right, top."""
        left, _, _, top = self.window()
        x = [left + pixels / self.px_per_km for pixels in (box[0], box[2])]
        y = [top - pixels / self.px_per_km for pixels in (box[3], box[1])]
        return x[0], y[0], x[1], y[1]


def frame_around(
    bounds: tuple[float, float, float, float],
    *,
    width: float,
    height: float,
    padding: tuple[float, float, float, float],
    crs: CRS = MAP,
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
    crs
        Projection of the bounds.
    """
    left, bottom, right, top = bounds
    before, below, after, above = padding
    across = (width - before - after) / max(right - left, 1.0)
    down = (height - below - above) / max(top - bottom, 1.0)
    px_per_km = min(across, down)
    x = (left + right) / 2 + (after - before) / 2 / px_per_km
    y = (bottom + top) / 2 + (above - below) / 2 / px_per_km
    return Frame((x, y), width, height, px_per_km, crs)


@lru_cache(maxsize=16)
def land_in(window: tuple[float, float, float, float], crs: CRS = MAP) -> Basemap:
    """Give what of the basemap lies in a window, projected and clipped.

    Parameters
    ----------
    window
        Left, bottom, right, top in kilometres.
    crs
        Projection.
    """
    whole = basemap()
    layers = (whole.countries, whole.areas, whole.lines, whole.lakes)
    return Basemap(*(_clipped(projected(layer, crs), window) for layer in layers))


def coarser(layers: Basemap, size: float) -> Basemap:
    """Leave out details that a map of small scale cannot show.

    Countries are simplified together, so that they stay without gaps and overlaps (Visvalingam
    and Whyatt 1993, Line generalisation by repeated elimination of points).

    Parameters
    ----------
    size
        Kilometres: the square root of the smallest area that is kept.
    """
    countries, lines = layers.countries, layers.lines
    shapes = shapely.coverage_simplify(countries.geometry.values, size)
    return Basemap(
        countries=countries.set_geometry(shapes, crs=countries.crs),
        areas=layers.areas,
        lines=lines.set_geometry(lines.geometry.simplify(size / 2)),
        lakes=layers.lakes[layers.lakes.area > size**2],
    )


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
