"""The lines of a map and the places on them, with their names."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodash import theme
from geodash.case import Case, Part
from geodash.charts.countries import schematic_km
from geodash.geo.basemap import country_names, outlines
from geodash.geo.frame import Frame
from geodash.geo.labels import Placement, place_labels, text_size
from geodash.geo.projection import projected
from geodash.geo.routes import add_up, route, sections
from geodash.sources import citations
from geodash.wording import plain, written_date

#: How a place on a line is known: in the key of the chart, and in a sentence.
KNOWN = {
    "published": ("Named in a source", "named in a source as on the line"),
    "supplied": ("To be supplied", "named in a source as to be supplied from the line"),
    "approximate": ("Our approximation", "our approximation"),
}
#: Statuses of lines that carry nothing yet. Other lines are solid.
PLANNED = frozenset({"proposed", "construction", "shelved", "cancelled"})
DASHED, DOTTED = "9px,5px", "2px,5px"
#: Kilometres between the points of a line that show its tooltip.
TOOLTIP_KM = 50
#: Names with more characters than this take two lines.
LONG_NAME = 16
#: Places whose names are written before others: ends and crossings.
FIRST_NAMED = ("field", "market", "border_crossing")


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
    """Draw lines and places and explain their symbols.

    Parameters
    ----------
    size
        Size of the symbols in pixels.
    """
    return (*_lines(plan), *_places(plan, size=size), *_key(plan, size=size))


def _lines(plan: Plan) -> Iterator[dict[str, Any]]:
    """Draw each line: dashed where it is planned, dotted where its course is a guess."""
    for line in plan.lines.to_dict("records"):
        own = plan.drawn[plan.drawn["infrastructure"] == line["id"]]
        for guessed, part in own.groupby(own["basis"] == "approximate"):
            x, y = outlines(shapely.multilinestrings(part.geometry.values))
            dash = DOTTED if guessed else DASHED if line["status"] in PLANNED else "solid"
            path = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
            path |= {"x": x.astype("float32"), "y": y.astype("float32")}
            # A pale edge keeps the line apart from coloured countries.
            yield path | {"line": {"color": theme.PAPER, "width": 6}, "opacity": 0.6}
            yield path | {"line": {"color": theme.ACCENT, "width": 2.5, "dash": dash}}
        yield _tooltips(plan, line, own)


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
        "showlegend": False,
    }


def _places(plan: Plan, *, size: float) -> Iterator[dict[str, Any]]:
    """Mark places: the symbol tells how each is known, a square a border crossing."""
    crossing = plan.places["kind"] == "border_crossing"
    for (basis, crosses), group in plan.places.groupby([plan.places["basis"], crossing]):
        yield {
            "type": "scatter",
            "mode": "markers",
            "x": group.geometry.x.round(1).tolist(),
            "y": group.geometry.y.round(1).tolist(),
            "marker": _marker(basis, crossing=crosses, size=size),
            "hovertext": [_place_hover(plan, place) for place in group.to_dict("records")],
            "hoverinfo": "text",
            "customdata": ("routes/" + group["id"]).tolist(),
            "showlegend": False,
        }


def _key(plan: Plan, *, size: float) -> Iterator[dict[str, Any]]:
    """Explain the symbols and dashes that occur."""
    for basis, (name, _) in KNOWN.items():
        if (plan.places["basis"] == basis).any():
            yield _entry(name, {"marker": _marker(basis, crossing=False, size=size)})
    if (plan.places["kind"] == "border_crossing").any():
        yield _entry("Border crossing", {"marker": _marker("published", crossing=True, size=size)})
    look = {"color": theme.ACCENT, "width": 2.5}
    if plan.lines["status"].isin(PLANNED).any():
        yield _entry("Planned", {"line": look | {"dash": DASHED}})
    if (plan.drawn["basis"] == "approximate").any():
        yield _entry("Course approximate", {"line": look | {"dash": DOTTED}})


def _entry(name: str, look: Mapping[str, Any]) -> dict[str, Any]:
    nothing = {"type": "scatter", "x": [None], "y": [None], "hoverinfo": "skip"}
    return nothing | {"name": name, "mode": "lines" if "line" in look else "markers", **look}


def _marker(basis: str, *, crossing: bool, size: float) -> dict[str, Any]:
    symbol = "square" if crossing else "diamond" if basis == "supplied" else "circle"
    fill = theme.PAPER if basis == "approximate" else theme.ACCENT
    edge = {"color": theme.ACCENT, "width": 2}
    return {"symbol": symbol, "size": size, "color": fill, "opacity": 1, "line": edge}


def _place_hover(plan: Plan, place: Mapping[Hashable, Any]) -> str:
    kind = "" if place["kind"] == "town" else f"{plain(place['kind']).capitalize()}; "
    return theme.hover(
        f"{place['place']}, {country_names().get(place['iso3'], place['iso3'])}",
        f"{kind}{KNOWN[place['basis']][1]}",
        "" if pd.isna(place["note"]) else place["note"],
        plan.citations[place["source"]],
    )


def labels(
    plan: Plan, frame: Frame, *, taken: np.ndarray, font: int, size: float, reach: float
) -> list[dict[str, Any]]:
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
    list
        Annotations.
    """
    rank = np.where(plan.places["basis"] == "approximate", 2, 1)
    rank = np.where(plan.places["kind"].isin(FIRST_NAMED), 0, rank)
    places = plan.places.iloc[np.argsort(rank, kind="stable")]
    texts = [_line_label(plan, line) for line in plan.lines.to_dict("records")]
    texts += [_broken(place) for place in places["place"]]
    middles = [_middle(plan.drawn[plan.drawn["infrastructure"] == id_]) for id_ in plan.lines["id"]]
    km = np.concatenate([middles, shapely.get_coordinates(places.geometry.values)])
    along = shapely.segmentize(plan.drawn.geometry.values, 8 / frame.px_per_km)
    marks = _around(frame.pixels(km[len(middles) :]), size / 2 + 1)
    placed = place_labels(
        frame.pixels(km),
        np.array([text_size(text, size=font) for text in texts]),
        (0, 0, frame.width, frame.height),
        obstacles=np.concatenate([marks, taken]),
        avoid=_around(frame.pixels(shapely.get_coordinates(along)), 3),
        reach=reach,
    )
    found = zip(texts, km, placed, strict=True)
    return [_annotation(text, xy, at, font=font) for text, xy, at in found if at is not None]


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


def _annotation(text: str, xy: np.ndarray, at: Placement, *, font: int) -> dict[str, Any]:
    place = {"x": round(xy[0], 1), "y": round(xy[1], 1)}
    anchors = {"xanchor": at.xanchor, "yanchor": at.yanchor, "align": at.xanchor}
    look = {"text": text, "borderpad": 0, "font": {"size": font}}
    if not at.leader:
        return place | anchors | look | {"showarrow": False, "xshift": at.dx, "yshift": -at.dy}
    leader = {"ax": at.dx, "ay": at.dy, "arrowhead": 0, "arrowwidth": 1, "standoff": 5}
    return place | anchors | look | leader | {"showarrow": True, "arrowcolor": theme.MUTED}
