"""The ground of a map: sea, countries and their names, marked areas, lakes and borders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geodash import theme
from geodash.geo.basemap import outlines
from geodash.geo.frame import Frame, coarser, land_in, room_for
from geodash.geo.labels import text_size

#: Borders: width in pixels and dash.
BORDERS = {
    "international": (1.0, "solid"),
    "disputed": (1.2, "4px,3px"),
    "line_of_control": (1.2, "2px,3px"),
    "occupation_line": (1.2, "2px,3px"),
}
#: Pattern of a country on the map's lines that says nothing on the issue shown.
HATCH = {"shape": "/", "size": 9, "solidity": 0.12, "fgcolor": theme.BORDER, "fgopacity": 0.45}
#: Pattern of a marked area.
MARKED = {"shape": "/", "size": 5, "solidity": 0.2, "fgcolor": theme.MUTED}
#: How strongly a stance colours a country, from 0 to 1.
TINT = 0.4
#: Sizes of the names of countries in pixels: those that a map is about, and the others.
MAIN_SIZE, OTHER_SIZE = 15, 12
#: The longest words below a name: room for them is kept, so that names and labels stay where they
#: are when the reader chooses another issue.
BELOW = "about 3,270 km of the line"
#: Pixels: details that are smaller are left out.
FINE = 1.0
#: Pixels between the name of a country and the edge of the map, and the lines on it.
EDGE, BESIDE_LINES = 10, 38
#: Left, top, right, bottom in pixels.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Look:
    """How a country looks.

    `plain` is the colour of its land, `colour` what lies over it (empty: nothing) and `hatched`
    says whether it is hatched. `name` and `below` are written on it, `hover` is its tooltip, all
    safe for a chart; `refs` names the rows behind it. `main` countries are written larger.
    """

    plain: str
    colour: str
    hatched: bool
    name: str
    below: str
    hover: str
    refs: str
    main: bool


def land(frame: Frame, looks: Mapping[str, Look], *, widest: float) -> list[dict[str, Any]]:
    """Draw countries, marked areas, lakes and borders as traces.

    Parameters
    ----------
    looks
        Looks by ISO 3166-1 alpha-3 code; other countries are quiet neighbours.
    widest
        Pixels of the widest chart in which the frame may stand.
    """
    shapes = _shapes(frame.window(width=widest), frame.crs, FINE / frame.px_per_km)
    traces = []
    for iso3, name, shape in shapes.countries:
        traces += _country(shape, looks.get(iso3) or _quiet(name))
    # Between two countries of one strong colour a quiet border would vanish.
    colour = theme.MUTED if any(look.colour for look in looks.values()) else theme.BORDER
    borders = [_border(kind, shape, colour=colour) for kind, shape in shapes.borders]
    return [*traces, *shapes.others, *borders]


@dataclass(frozen=True)
class _Shapes:
    """What is the same in each drawing of a window: traces, and parts of those that take a look.

    `countries` are ISO 3166-1 alpha-3 code, name and part, `borders` class and part, `others`
    marked areas and lakes.
    """

    countries: list[tuple[str, str, dict[str, Any]]]
    borders: list[tuple[str, dict[str, Any]]]
    others: list[dict[str, Any]]


@lru_cache(maxsize=16)
def _shapes(window: tuple[float, float, float, float], crs: CRS, fine: float) -> _Shapes:
    seen = coarser(land_in(window, crs), fine)
    others = [_marked(area) for area in seen.areas.to_dict("records")]
    if len(seen.lakes):
        lakes = shapely.union_all(seen.lakes.geometry.values)
        others.append(_shape(lakes) | {"fillcolor": theme.WATER, "hoverinfo": "skip"})
    countries = seen.countries[["iso3", "name", "geometry"]].itertuples(index=False)
    lines = zip(seen.lines["class"], seen.lines.geometry, strict=True)
    return _Shapes(
        countries=[(iso3, name, _shape(shape)) for iso3, name, shape in countries],
        borders=[(kind, _shape(line)) for kind, line in lines],
        others=others,
    )


def _quiet(name: str) -> Look:
    safe = {"name": theme.text(name), "hover": theme.hover(name)}
    return Look(theme.LAND_QUIET, "", hatched=False, below="", refs="", main=False, **safe)


def _shape(geometry: BaseGeometry) -> dict[str, Any]:
    x, y = outlines(geometry)
    gaps = np.isnan(x)
    # Whole kilometres, as far as the basemap knows its corners, in the fewest bytes: whole numbers
    # have no NaN, and Plotly needs it in one of the two only.
    corners = {
        "x": np.where(gaps, 0, x).round().astype("int16"),
        "y": y.round().astype("float32" if gaps.any() else "int16"),
    }
    look = {"mode": "lines", "fill": "toself", "line": {"width": 0}}
    return {"type": "scatter", **corners, **look}


def _country(shape: dict[str, Any], look: Look) -> list[dict[str, Any]]:
    """Draw the land of a country, and over it its colour, pale enough to read on."""
    hover = {"hoveron": "fills", "hoverinfo": "text", "text": look.hover, "customdata": [look.refs]}
    # A line in the same colour closes the seam that browsers leave between two shapes.
    land = {"fillcolor": look.plain, "line": {"color": look.plain, "width": 0.6}}
    if look.hatched:
        land["fillpattern"] = HATCH | {"bgcolor": look.plain}
    traces = [shape | land | hover]
    if look.colour:
        traces.append(shape | hover | {"fillcolor": look.colour, "opacity": TINT})
    return traces


def _marked(area: Mapping[str, Any]) -> dict[str, Any]:
    """Mark an area of disputed or special status, with a tooltip that says of which."""
    hover = {"hoverinfo": "text", "text": theme.hover(area["name"], f"{area['note']}.")}
    shape = area["geometry"]
    if shape.geom_type == "Point":
        mark = {"mode": "markers", "marker": {"symbol": "x-thin-open", "color": theme.MUTED}}
        place = {"type": "scatter", "x": [shape.x], "y": [shape.y]}
        return place | mark | hover
    return _shape(shape) | hover | {"hoveron": "fills", "fillpattern": MARKED}


def _border(kind: str, shape: dict[str, Any], *, colour: str) -> dict[str, Any]:
    width, dash = BORDERS[kind]
    look = {"width": width, "dash": dash, "color": colour}
    return shape | {"fill": "none", "line": look, "hoverinfo": "skip"}


@dataclass(frozen=True)
class _Name:
    """A name on the map: its text, size of font, middle in kilometres and rectangle in pixels."""

    look: Look
    text: str
    font: int
    at: Point
    box: Box


def names(
    frame: Frame,
    looks: Mapping[str, Look],
    *,
    widest: float,
    content: float,
    lines: BaseGeometry,
    taken: tuple[Box, ...] = (),
) -> tuple[dict[str, Any], tuple[Box, ...]]:
    """Write the names of countries where they fit.

    Parameters
    ----------
    looks
        Looks by ISO 3166-1 alpha-3 code; other countries are quiet neighbours.
    widest
        Pixels of the widest chart in which the frame may stand.
    content
        Pixels of the chart in which every name must stand whole.
    lines
        Lines that names keep away from, in kilometres.
    taken
        Rectangles in pixels of the frame where something else is written.

    Returns
    -------
    tuple
        A text trace, and the rectangles of the names in pixels of the frame.
    """
    seen = land_in(frame.window(width=widest), frame.crs).countries
    beside = lines.buffer(BESIDE_LINES / frame.px_per_km, quad_segs=2)
    keep_off = shapely.union_all([beside, *(box(*frame.kilometres(each)) for each in taken)])
    found = []
    for iso3, name, shape in seen[["iso3", "name", "geometry"]].itertuples(index=False):
        look = looks.get(iso3) or _quiet(name)
        # Where narrower charts show it too, if there is room: always for the main countries.
        widths = (frame.width, content) if look.main else (0.8 * content, frame.width, content)
        windows = [_inside(frame, width) for width in widths]
        found += _name(frame, look, [_free(shape, window, keep_off) for window in windows])
    return _texts(found), tuple(name.box for name in found)


def _name(frame: Frame, look: Look, spots: list[BaseGeometry]) -> list[_Name]:
    """Find room for a name, with what is written below it or else alone; or for none."""
    font = MAIN_SIZE if look.main else OTHER_SIZE
    alone = np.array(text_size(look.name, size=font))
    below = np.array(text_size(BELOW, size=OTHER_SIZE))
    small = f'<br><span style="font-size:{OTHER_SIZE}px">{look.below}</span>'
    # Plotly sets both lines as far apart as the larger letters need.
    whole = np.array([max(alone[0], below[0]), 2 * alone[1]])
    options = [(look.name + small, whole)] if look.below else []
    for text, pixels in [*options, (look.name, alone)]:
        for spot in spots:
            at = room_for(spot, tuple(pixels / frame.px_per_km))
            if at is not None:
                middle = frame.pixels(np.array([at.x, at.y]))
                (left, top), (right, bottom) = middle - pixels / 2, middle + pixels / 2
                return [_Name(look, text, font, at, (left, top, right, bottom))]
    return []


@lru_cache(maxsize=512)
def _free(shape: BaseGeometry, window: BaseGeometry, keep_off: BaseGeometry) -> BaseGeometry:
    return shape.intersection(window).difference(keep_off)


def _inside(frame: Frame, width: float) -> BaseGeometry:
    edge = EDGE / frame.px_per_km
    left, bottom, right, top = frame.window(width=width)
    return box(left + edge, bottom + edge, right - edge, top - edge)


def _texts(found: list[_Name]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [round(name.at.x, 1) for name in found],
        "y": [round(name.at.y, 1) for name in found],
        "text": [name.text for name in found],
        "textfont": {
            "size": [name.font for name in found],
            "color": [theme.INK if name.look.main else theme.MUTED for name in found],
        },
        "hovertext": [name.look.hover for name in found],
        "hoverinfo": "text",
        "customdata": [name.look.refs for name in found],
    }
