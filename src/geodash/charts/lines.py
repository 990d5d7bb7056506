"""The lines of a map and the places on them, with their names."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodash import theme
from geodash.case import Case, Part
from geodash.charts import marks
from geodash.charts.countries import schematic_km
from geodash.charts.ground import Box
from geodash.geo.basemap import country_names, outlines
from geodash.geo.frame import Frame
from geodash.geo.labels import Placement, place_labels, text_size
from geodash.geo.projection import projected
from geodash.geo.routes import add_up, route, sections
from geodash.sources import citations
from geodash.wording import plain, written_date

#: How a place on a line is known: in the key of the chart, and in a sentence.
KNOWN = {
    "published": ("● named in a source", "named in a source as on the line"),
    "supplied": ("◆ to be supplied", "named in a source as to be supplied from the line"),
    "approximate": ("○ our approximation", "our approximation"),
}
#: Statuses of lines that carry nothing yet. Other lines are solid.
PLANNED = frozenset({"proposed", "construction", "shelved", "cancelled"})
DASHED, DOTTED = "9px,5px", "2px,5px"
#: Kilometres between the points of a line that show its tooltip.
TOOLTIP_KM = 100
#: Pixels between the middle of a place and the line that leads to its name.
LEADER_GAP = 5
#: Names with more characters than this take two lines.
LONG_NAME = 16
#: Places whose names are written before others: ends and crossings.
FIRST_NAMED = ("field", "market", "border_crossing")
#: Words, their place in kilometres, and where they stand beside it.
Found = tuple[str, np.ndarray, Placement]


@dataclass(frozen=True, eq=False)
class Plan:
    """What is known of the lines of a case; as the key of a cache it is equal to itself only.

    Attributes
    ----------
    lines
        Rows of the infrastructure table of which places are known.
    places, drawn
        Places and sections of the lines, projected.
    km
        `infrastructure`, `iso3`, `computed_km`: length as drawn, in the direction of flow.
    citations
        Citation of each source, by its id.
    """

    lines: pd.DataFrame
    places: gpd.GeoDataFrame
    drawn: gpd.GeoDataFrame
    km: pd.DataFrame
    citations: pd.Series[str]

    def length(self, line: str) -> str:
        """Write the length of a line, by its id."""
        own = self.km["infrastructure"] == line
        return f"about {schematic_km(self.km.loc[own, 'computed_km'].sum())}"


def plan_of(case: Case) -> Plan | None:
    """Gather what is known of the lines of a case; None where no place is known."""
    return _plan_of(Part(case, "infrastructure", "routes", "sources"))


@lru_cache(maxsize=8)
def _plan_of(part: Part) -> Plan | None:
    case = part.case
    lines = case.infrastructure[case.infrastructure["id"].isin(case.routes["infrastructure"])]
    if lines.empty:
        return None
    ids = list(lines["id"])
    drawn = pd.concat([sections(case, line) for line in ids], ignore_index=True)
    lengths = [
        add_up(part).assign(infrastructure=line)
        for line, part in drawn.groupby("infrastructure", sort=False)
    ]
    return Plan(
        lines=lines,
        places=projected(pd.concat([route(case, line) for line in ids], ignore_index=True)),
        drawn=projected(drawn),
        km=pd.concat(lengths, ignore_index=True),
        citations=citations(case),
    )


@lru_cache(maxsize=8)
def traces(plan: Plan, *, size: float) -> tuple[dict[str, Any], ...]:
    """Draw lines and places.

    Parameters
    ----------
    size
        Size of the symbols in pixels.
    """
    return (*_lines(plan), _places(plan, size=size))


def _lines(plan: Plan) -> Iterator[dict[str, Any]]:
    """Draw each line: dashed where it is planned, dotted where its course is a guess."""
    # A pale edge keeps the lines apart from coloured countries.
    yield _path(plan.drawn.geometry) | {"line": {"color": theme.PAPER, "width": 6}, "opacity": 0.6}
    for line in plan.lines.to_dict("records"):
        own = plan.drawn[plan.drawn["infrastructure"] == line["id"]]
        for guessed, part in own.groupby(own["basis"] == "approximate"):
            dash = DOTTED if guessed else DASHED if line["status"] in PLANNED else "solid"
            yield _path(part.geometry) | {
                "line": {"color": theme.ACCENT, "width": 2.5, "dash": dash}
            }
        yield _tooltips(plan, line, own)


def _path(lines: Iterable[Any]) -> dict[str, Any]:
    x, y = outlines(shapely.MultiLineString(list(lines)))
    path = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    return path | {"x": x.astype("float32"), "y": y.astype("float32")}


def _tooltips(plan: Plan, line: Mapping[Hashable, Any], own: gpd.GeoDataFrame) -> dict[str, Any]:
    """Put the tooltip of a line between its places, so that it does not cover theirs."""
    points = [
        section.interpolate((step + 0.5) / steps, normalized=True)
        for section, km in zip(own.geometry, own["km"], strict=True)
        for steps in [int(km / TOOLTIP_KM) + 1]
        for step in range(steps)
    ]
    hover = theme.hover(
        line["name"],
        f"{plain(line['status'])} on {written_date(line['status_as_of'])}",
        f"{plan.length(line['id'])} as drawn here",
        f"Operator: {line['operator']}",
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(point.x, 1) for point in points],
        "y": [round(point.y, 1) for point in points],
        # Of marks under the pointer Plotly takes the smallest: larger than places, for their sake.
        "marker": {"size": 16, "opacity": 0, "color": theme.ACCENT},
        "hovertext": hover,
        "hoverinfo": "text",
        "customdata": [f"infrastructure/{line['id']}"] * len(points),
    }


def _places(plan: Plan, *, size: float) -> dict[str, Any]:
    """Mark places: the symbol tells how each is known, a square a border crossing."""
    # Where places cover each other, crossings lie above towns, and what is known above guesses.
    found = plan.places.to_dict("records")
    found.sort(key=lambda place: (place["basis"], place["kind"] == "border_crossing"))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(place["geometry"].x, 1) for place in found],
        "y": [round(place["geometry"].y, 1) for place in found],
        "marker": {
            "symbol": [_symbol(place) for place in found],
            "size": size,
            "color": [_fill(place) for place in found],
            "opacity": 1,
            "line": {"color": theme.ACCENT, "width": 2},
        },
        "hovertext": [_place_hover(plan, place) for place in found],
        "hoverinfo": "text",
        "customdata": [f"routes/{place['id']}" for place in found],
    }


@lru_cache(maxsize=8)
def key(plan: Plan, *, width: int) -> str:
    """Explain the symbols and dashes that occur, in lines of at most `width` characters."""
    bases, kinds = set(plan.places["basis"]), set(plan.places["kind"])
    places = [words for basis, (words, _) in KNOWN.items() if basis in bases]
    if "border_crossing" in kinds:
        places.append("■ border crossing")
    dashes = ["– – planned"] if PLANNED & set(plan.lines["status"]) else []
    if "approximate" in set(plan.drawn["basis"]):
        dashes.append("···· course approximate")
    words = marks.key({"Places:": places, "Line:": dashes}, width=width)
    # The signs have the colour of the marks.
    return re.sub("([●◆○■·]+|–.–)", rf'<span style="color:{theme.ACCENT}">\1</span>', words)


def _symbol(place: Mapping[Hashable, Any]) -> str:
    if place["kind"] == "border_crossing":
        return "square"
    return "diamond" if place["basis"] == "supplied" else "circle"


def _fill(place: Mapping[Hashable, Any]) -> str:
    return theme.PAPER if place["basis"] == "approximate" else theme.ACCENT


def _place_hover(plan: Plan, place: Mapping[Hashable, Any]) -> str:
    kind = "" if place["kind"] == "town" else f"{plain(place['kind']).capitalize()}; "
    return theme.hover(
        f"{place['place']}, {country_names().get(place['iso3'], place['iso3'])}",
        f"{kind}{KNOWN[place['basis']][1]}",
        "" if pd.isna(place["note"]) else place["note"],
        plan.citations[place["source"]],
    )


@lru_cache(maxsize=8)
def labels(
    plan: Plan, frame: Frame, *, taken: tuple[Box, ...], font: int, size: float, reach: float
) -> tuple[dict[str, Any], ...]:
    """Write the names of lines and places beside them, as far as there is room.

    Parameters
    ----------
    taken
        Rectangles in pixels of the frame where something else is written.
    font, size
        Sizes of the letters and of the symbols in pixels.
    reach
        Pixels from a place to its name at most; farther ones get a leader line.

    Returns
    -------
    tuple
        Traces of words and of leader lines.
    """
    rank = np.where(plan.places["basis"] == "approximate", 2, 1)
    rank = np.where(plan.places["kind"].isin(FIRST_NAMED), 0, rank)
    places = plan.places.iloc[np.argsort(rank, kind="stable")]
    texts = [_line_label(plan, line) for line in plan.lines.to_dict("records")]
    texts += [_broken(place) for place in places["place"]]
    middles = [_middle(plan.drawn[plan.drawn["infrastructure"] == id_]) for id_ in plan.lines["id"]]
    km = np.concatenate([middles, shapely.get_coordinates(places.geometry.values)])
    along = shapely.segmentize(plan.drawn.geometry.values, 8 / frame.px_per_km)
    symbols = _around(frame.pixels(km[len(middles) :]), size / 2 + 1)
    placed = place_labels(
        frame.pixels(km),
        np.array([text_size(text, size=font) for text in texts]),
        (0, 0, frame.width, frame.height),
        obstacles=np.concatenate([symbols, np.reshape(taken, (-1, 4))]),
        avoid=_around(frame.pixels(shapely.get_coordinates(along)), 3),
        reach=reach,
    )
    found = zip(texts, km, placed, strict=True)
    shown = [(text, xy, at) for text, xy, at in found if at is not None]
    return _words(shown, frame, font=font), _leaders(shown, frame)


def _line_label(plan: Plan, line: Mapping[Hashable, Any]) -> str:
    words = f"{plain(line['status'])}, {plan.length(line['id'])}"
    return f"{theme.text(line['name'])}<br>{theme.text(words)}"


def _broken(name: str) -> str:
    """Break a long name in two, after a space or a dash."""
    if len(name) <= LONG_NAME:
        return theme.text(name)
    breaks = [at + 1 for at, sign in enumerate(name[:-1]) if sign in " –-"] or [len(name)]
    at = min(breaks, key=lambda at: abs(at - len(name) / 2))
    return "<br>".join(theme.text(part.strip()) for part in (name[:at], name[at:]) if part)


def _middle(drawn: gpd.GeoDataFrame) -> tuple[float, float]:
    longest = drawn.geometry.iloc[drawn["km"].argmax()]
    point = longest.interpolate(0.5, normalized=True)
    return point.x, point.y


def _around(points: np.ndarray, pixels: float) -> np.ndarray:
    return np.concatenate([points - pixels, points + pixels], axis=1)


def _words(found: list[Found], frame: Frame, *, font: int) -> dict[str, Any]:
    ends = [xy + np.array([at.dx, -at.dy]) / frame.px_per_km for _, xy, at in found]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [round(x, 1) for x, _ in ends],
        "y": [round(y, 1) for _, y in ends],
        "text": [text for text, _, _ in found],
        "textposition": [at.side for _, _, at in found],
        "textfont": {"size": font},
        "hoverinfo": "skip",
    }


def _leaders(found: list[Found], frame: Frame) -> dict[str, Any]:
    """Join words to the places to which they belong, where they stand a little away."""
    lines = []
    for _, xy, at in found:
        if at.leader:
            whole = np.array([at.dx, -at.dy])
            start = LEADER_GAP * whole / np.hypot(*whole)
            lines.append([xy + start / frame.px_per_km, xy + whole / frame.px_per_km])
    return _path(lines) | {"line": {"color": theme.MUTED, "width": 1}}
