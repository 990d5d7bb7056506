"""The views of the map: which part of it, in which projection, on which sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd
from pyproj import CRS
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geodash.case import Case
from geodash.charts.plan import Plan, plan_of
from geodash.geo.frame import Frame, frame_around
from geodash.geo.projection import GEOGRAPHIC, MAP, equal_area


@dataclass(frozen=True)
class View:
    """A part of the map.

    `crs` is its projection, `height` its part of the height of the sheet. `corners` are west,
    south, east and north in degrees; without them it shows the line that the case is about (if
    `named` is “line”) or all lines. `named` says which places are named: those of that line, the
    ends of every line, or none.
    """

    name: str
    crs: CRS
    named: Literal["line", "ends", "none"]
    height: float = 1
    corners: tuple[float, float, float, float] | None = None


VIEWS = {
    "corridor": View("The corridor", MAP, "line"),
    "eurasia": View("Eurasia", equal_area(78, 48), "none", height=0.7),
    "europe": View("Europe", equal_area(24, 50), "ends", corners=(6, 37, 45, 61)),
}


@dataclass(frozen=True)
class Sheet:
    """Sizes in pixels.

    `width` is the narrowest chart in which every label fits, `content` the one in which all names
    of countries do, `widest` the widest that has land to its edges. `padding` is the room around
    the line that the case is about at the left, bottom, right and top, `margin` that around all
    lines. `font` and `symbol` are sizes of letters and symbols, `reach` the longest way from a
    place to its name. `line` alone counts characters, those in a line of the key.
    """

    width: int
    content: int
    widest: int
    height: int
    line: int
    padding: tuple[int, int, int, int]
    margin: int
    font: int
    symbol: int
    reach: int


WIDE = Sheet(
    600,
    1216,
    1280,
    height=640,
    line=90,
    padding=(20, 48, 100, 36),
    margin=28,
    font=13,
    symbol=9,
    reach=56,
)
NARROW = Sheet(
    340,
    358,
    640,
    height=440,
    line=46,
    padding=(14, 52, 56, 28),
    margin=12,
    font=12,
    symbol=8,
    reach=36,
)


def views(case: Case) -> dict[str, str]:
    """Give the views that show something of a case, with their names."""
    plan = plan_of(case, VIEWS["europe"].crs)
    if plan is None or len(plan.lines) == 1:
        return {"corridor": VIEWS["corridor"].name}
    inside = _corners(VIEWS["europe"]).intersects(plan.drawn.union_all())
    return {key: view.name for key, view in VIEWS.items() if inside or key != "europe"}


def frame_of(plan: Plan, view: View, sheet: Sheet) -> Frame:
    """Frame what a view shows."""
    shown = plan.course(plan.focus) if view.named == "line" else plan.drawn
    bounds = _corners(view).bounds if view.corners else tuple(shown.total_bounds)
    padding = sheet.padding if view.named == "line" else (sheet.margin,) * 4
    if view.corners:
        padding = (0, 0, 0, 0)
    return frame_around(
        bounds,
        width=sheet.width,
        height=sheet.height * view.height,
        padding=padding,
        crs=view.crs,
    )


def _corners(view: View) -> BaseGeometry:
    corners = gpd.GeoSeries([box(*view.corners or ()).segmentize(1)], crs=GEOGRAPHIC)
    shape: BaseGeometry = corners.to_crs(view.crs).iloc[0]
    return shape
