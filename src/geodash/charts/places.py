"""The places on the lines of a map: symbols that tell how each is known, and their tooltips."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from geodash import theme
from geodash.charts.plan import Plan, Row
from geodash.geo.basemap import country_names
from geodash.wording import listed, plain

#: How a place on a line is known: its sign in the key of the chart, and the words for it.
KNOWN = {
    "published": ("● named in a source", "named in a source as on the line"),
    "supplied": ("◆ to be supplied", "named in a source as to be supplied from the line"),
    "approximate": ("○ our approximation", "our approximation"),
    "other_reading": (
        "△ end in another source",
        "the end that another source names; no course to it is known",
    ),
}
CROSSING = "■ border crossing"
#: Symbols by basis; a border crossing is a square.
SYMBOLS = {"supplied": "diamond", "other_reading": "triangle-up"}
#: Bases of places that are not sure: their symbols are hollow.
HOLLOW = frozenset({"approximate", "other_reading"})
#: Size in pixels of the places of lines that the map is not about.
SMALL = 5


def marked(plan: Plan, *, others: bool) -> gpd.GeoDataFrame:
    """Give the places to mark: all but the points that only bend a line at sea.

    Parameters
    ----------
    others
        Whether those of lines that the case is not about are marked too.
    """
    keep = plan.places["kind"] != "sea"
    if not others:
        keep &= plan.places["infrastructure"] == plan.focus
    places: gpd.GeoDataFrame = plan.places[keep]
    return places


def symbols(plan: Plan, *, size: float, full: bool, others: bool) -> dict[str, Any]:
    """Mark the places of lines; those of the focus tell how each is known.

    Parameters
    ----------
    size
        Size of the symbols in pixels.
    full
        Whether the places of that line stand out; else all are small.
    others
        Whether those of other lines are marked too.
    """
    found: dict[tuple[float, float], list[Row]] = {}
    for place in marked(plan, others=others).to_dict("records"):
        # Lines that share a place share its mark.
        found.setdefault((place["lon"], place["lat"]), []).append(place)
    groups = list(found.values())
    own = [full and places[0]["infrastructure"] == plan.focus for places in groups]
    # Where places cover each other, crossings lie above towns, and what is known above guesses.
    order = sorted(range(len(groups)), key=lambda at: (own[at], *_rank(groups[at][0])))
    places = [(groups[at], own[at]) for at in order]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(rows[0]["geometry"].x, 1) for rows, _ in places],
        "y": [round(rows[0]["geometry"].y, 1) for rows, _ in places],
        "marker": {
            "symbol": [_symbol(rows[0]) if focus else "circle" for rows, focus in places],
            "size": [size if focus else SMALL for _, focus in places],
            "color": [_fill(rows[0]) for rows, _ in places],
            "opacity": 1,
            "line": {
                "color": [theme.ACCENT if focus else theme.MUTED for _, focus in places],
                "width": [2 if focus else 1 for _, focus in places],
            },
        },
        "hovertext": [_hover(plan, rows) for rows, _ in places],
        "hoverinfo": "text",
        "customdata": [" ".join(f"routes/{row['id']}" for row in rows) for rows, _ in places],
    }


def signs(plan: Plan) -> list[str]:
    """Explain the symbols of the line that the case is about, those that occur."""
    own = plan.places[plan.places["infrastructure"] == plan.focus]
    found = [words for basis, (words, _) in KNOWN.items() if basis in set(own["basis"])]
    return [*found, CROSSING] if "border_crossing" in set(own["kind"]) else found


def _rank(place: Row) -> tuple[str, bool]:
    return place["basis"], place["kind"] == "border_crossing"


def _symbol(place: Row) -> str:
    crossing = place["kind"] == "border_crossing"
    return "square" if crossing else SYMBOLS.get(place["basis"], "circle")


def _fill(place: Row) -> str:
    return theme.PAPER if place["basis"] in HOLLOW else theme.ACCENT


def _hover(plan: Plan, rows: list[Row]) -> str:
    place = rows[0]
    names = {line["id"]: line["name"] for line in plan.lines}
    lines = listed([names[row["infrastructure"]] for row in rows])
    kind = "" if place["kind"] == "town" else f"{plain(place['kind']).capitalize()}; "
    return theme.hover(
        f"{place['place']}, {country_names().get(place['iso3'], place['iso3'])}",
        f"On {lines}: {kind}{KNOWN[place['basis']][1]}",
        "" if pd.isna(place["note"]) else place["note"],
        plan.citations[place["source"]],
    )
