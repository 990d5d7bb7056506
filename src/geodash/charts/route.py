"""Where would the pipeline run? Its line and the places on it, drawn on the offline basemap."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import ground
from geodash.charts.countries import looks, schematic_km
from geodash.charts.lines import KNOWN, Plan, key, labels, plan_of, traces
from geodash.geo.basemap import BORDERS_SENTENCE, country_names
from geodash.geo.frame import Frame, frame_around
from geodash.sources import citations
from geodash.wording import counted, listed, plain, written_date

HEADING = "Where would the pipeline run?"
LEAD = (
    "The line is schematic: it joins the places by the shortest way over the Earth. Lengths are "
    "those of the line as drawn here; a pipeline that is built is longer."
)
#: Pixels: the letters of the key, and what keeps it from the map.
KEY_SIZE, KEY_GAP = 12, 6


@dataclass(frozen=True)
class Sheet:
    """Sizes in pixels.

    `width` is the narrowest chart in which every label fits, `content` the one in which all names
    of countries do, `widest` the widest that has land to its edges. `key` is the room for the key
    above the map, `padding` the room around the lines at the left, bottom, right and top. `font`
    and `symbol` are sizes of letters and symbols, `reach` the longest way from a place to its name.
    `line` alone counts characters, those in a line of the key.
    """

    width: int
    content: int
    widest: int
    height: int
    key: int
    line: int
    padding: tuple[int, int, int, int]
    font: int
    symbol: int
    reach: int


WIDE = Sheet(
    600,
    1216,
    1280,
    height=640,
    key=46,
    line=90,
    padding=(20, 48, 100, 36),
    font=13,
    symbol=9,
    reach=56,
)
NARROW = Sheet(
    340,
    358,
    640,
    height=440,
    key=62,
    line=46,
    padding=(14, 52, 56, 28),
    font=12,
    symbol=8,
    reach=20,
)


def route_map(case: Case, *, issue: str | None = None, narrow: bool = False) -> go.Figure:
    """Draw the lines of a case with their places on the map.

    The scale is fixed: a wider chart shows more land to both sides, so labels that fit at the
    smallest width (600 pixels; 340 if narrow) fit at all.

    Parameters
    ----------
    issue
        Colour countries by the mean stance of their positions on this issue; None for plain land.
    narrow
        Draw it for a phone.

    Raises
    ------
    ValueError
        If the case has no such issue.
    """
    if issue is not None and issue not in set(case.issues["id"]):
        known = ", ".join(case.issues["id"])
        raise ValueError(f"issue must be one of {known}; found “{issue}”")
    plan = plan_of(case)
    if plan is None:
        return theme.empty_figure(describe(case))
    sheet = NARROW if narrow else WIDE
    frame = frame_around(
        tuple(plan.drawn.total_bounds),
        width=sheet.width,
        height=sheet.height,
        padding=sheet.padding,
    )
    countries = looks(case, plan.km.groupby("iso3")["computed_km"].sum(), issue=issue)
    names, taken = ground.names(
        frame,
        countries,
        widest=sheet.widest,
        content=sheet.content,
        lines=plan.drawn.union_all(),
    )
    land = ground.land(frame, countries, widest=sheet.widest)
    words = labels(plan, frame, taken=taken, font=sheet.font, size=sheet.symbol, reach=sheet.reach)
    marks = traces(plan, size=sheet.symbol)
    layout = _layout(frame, sheet, key(plan, width=sheet.line))
    return theme.figure([*land, names, *marks, *words], layout)


def note(case: Case) -> str:
    """Say by which policy borders are drawn."""
    return BORDERS_SENTENCE


def _layout(frame: Frame, sheet: Sheet, words: str) -> dict[str, Any]:
    left, bottom, right, top = frame.window()
    bare = {"visible": False, "fixedrange": True}
    return {
        "template": theme.TEMPLATE,
        "height": sheet.height + sheet.key,
        "margin": {"l": 0, "r": 0, "t": sheet.key, "b": 0, "autoexpand": False},
        "xaxis": bare | {"range": [left, right], "scaleanchor": "y", "scaleratio": 1},
        "yaxis": bare | {"range": [bottom, top]},
        "plot_bgcolor": theme.WATER,
        "annotations": [
            {
                "text": words,
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "bottom",
                "yshift": KEY_GAP,
                "align": "left",
                "showarrow": False,
                "font": {"size": KEY_SIZE, "color": theme.MUTED},
            }
        ],
    }


def describe(case: Case) -> str:
    """Say in words where the lines would run and how well that is known."""
    plan = plan_of(case)
    if plan is None:
        return "There is no line to draw: the case names no places on a pipeline."
    return " ".join(_describe_line(plan, line) for line in plan.lines.to_dict("records"))


def _describe_line(plan: Plan, line: Mapping[Hashable, Any]) -> str:
    km = plan.km[plan.km["infrastructure"] == line["id"]]
    lengths = zip(km["computed_km"], km["country"], strict=True)
    parts = [f"{schematic_km(length)} in {country}" for length, country in lengths]
    places = plan.places[plan.places["infrastructure"] == line["id"]]
    counts = places["basis"].value_counts()
    known = [f"{counts[basis]} {words}" for basis, (_, words) in KNOWN.items() if basis in counts]
    crossings = places["place"][places["kind"] == "border_crossing"]
    crosses = f" It crosses borders at {listed(list(crossings))}." if len(crossings) else ""
    return (
        f"{line['name']} was {plain(line['status'])} on {written_date(line['status_as_of'])}: "
        f"{plan.length(line['id'])} as drawn here, {listed(parts)}. Of its "
        f"{counted(len(places), 'place')}, {listed(known)}.{crosses}"
    )


def table(case: Case) -> pd.DataFrame:
    """List the places on the lines.

    Returns
    -------
    pandas.DataFrame
        One row per place, indexed by ref.
    """
    places = case.routes.sort_values(["infrastructure", "order"], kind="stable")
    columns = {
        "Line": places["infrastructure"].map(case.infrastructure.set_index("id")["name"]),
        "Order": places["order"],
        "Place": places["place"],
        "Country": places["iso3"].map(country_names()),
        "What it is": places["kind"].map(plain),
        "How it is known": [KNOWN[basis][1] for basis in places["basis"]],
        "Longitude (degrees east)": places["lon"],
        "Latitude (degrees north)": places["lat"],
        "Note": places["note"].fillna(""),
        "Source": places["source"].map(citations(case)),
    }
    return pd.DataFrame(columns).set_index(("routes/" + places["id"]).rename("ref"))
