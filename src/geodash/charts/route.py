"""Where would the pipeline run? Its line and the others, drawn on the offline basemap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import ground, marks, places
from geodash.charts.countries import looks
from geodash.charts.facts import Facts, facts_of
from geodash.charts.lines import COLOURS, DASHES, courses, tooltips
from geodash.charts.maplabels import labels
from geodash.charts.mapviews import NARROW, VIEWS, WIDE, Sheet, View, frame_of
from geodash.charts.plan import Plan, plan_of
from geodash.charts.routewords import NO_LINE
from geodash.geo.frame import Frame

#: Pixels: the letters of the key, and what keeps it from the map.
KEY_SIZE, KEY_GAP = 12, 6
SPACE = "\N{NO-BREAK SPACE}"


def route_map(
    case: Case,
    *,
    issue: str | None = None,
    on: date | None = None,
    view: str = "corridor",
    narrow: bool = False,
) -> go.Figure:
    """Draw the lines of a case with their places on the map.

    Colour tells what a line carries, its dash the status on a day, its width the capacity. The
    scale is fixed: a wider chart shows more land to both sides, so labels that fit at the smallest
    width (600 pixels; 340 if narrow) fit at all.

    Parameters
    ----------
    issue
        Colour countries by the mean stance of their positions on this issue; None for plain land.
    on
        The day of the statuses; the first of `geodash.statuses.days` if None.
    view
        corridor (the line that the case is about), eurasia (all lines) or europe.
    narrow
        Draw it for a phone.

    Raises
    ------
    ValueError
        If the case has no such issue, or there is no such view.
    """
    _known("issue", issue, [None, *case.issues["id"]])
    _known("view", view, VIEWS)
    part, sheet = VIEWS[view], NARROW if narrow else WIDE
    plan = plan_of(case, part.crs)
    if plan is None:
        return theme.empty_figure(NO_LINE)
    frame = frame_of(plan, part, sheet)
    found = facts_of(case, plan, on)
    countries = looks(case, _on_line(plan) if part.named == "line" else {}, issue=issue)
    land = ground.land(frame, countries, widest=sheet.widest)
    name = partial(
        ground.names,
        frame,
        countries,
        widest=sheet.widest,
        content=sheet.content,
        lines=plan.drawn.union_all(),
    )
    # A phone has no room for them beside the names along the corridor.
    others = not (narrow and part.named == "line")
    about = f"{found[0].state}, {plan.length(plan.focus)}"
    label = partial(
        labels,
        plan,
        frame,
        about=theme.text(about) if part.named == "line" else "",
        named=part.named,
        others=others,
        font=sheet.font,
        symbol=sheet.symbol if part.named == "line" else places.SMALL,
        reach=sheet.reach,
    )
    # Of a corridor a reader must know the countries first, of more than that the lines.
    if part.named == "line":
        names, taken = name()
        *words, _ = label(taken=taken)
    else:
        *words, taken = label(taken=())
        names, _ = name(taken=taken)
    dots = places.symbols(plan, size=sheet.symbol, full=part.named == "line", others=others)
    drawn = [*courses(plan, found), tooltips(plan, found), dots]
    return theme.figure(
        [*land, names, *drawn, *words], _layout(frame, _key(plan, part, found, sheet))
    )


def _on_line(plan: Plan) -> dict[str, float]:
    """Give the kilometres in each country of the line that the case is about."""
    km = plan.lengths(plan.focus)
    return {
        iso3: length for iso3, length in zip(km["iso3"], km["computed_km"], strict=True) if iso3
    }


def _known(what: str, value: object, known: Iterable[object]) -> None:
    if value not in known:
        choice = ", ".join(str(each) for each in known if each is not None)
        raise ValueError(f"{what} must be one of {choice}; found “{value}”")


def _key(plan: Plan, view: View, found: list[Facts], sheet: Sheet) -> str:
    """Explain the symbols, colours and dashes that occur."""
    symbols = places.signs(plan) if view.named == "line" else []
    statuses = [f"{DASHES[look][1]} {look}" for look in DASHES if look in {f.look for f in found}]
    kinds = [kind for kind in COLOURS if kind in {facts.line["commodity"] for facts in found}]
    carried = [f"▬ {kind}" for kind in kinds] if len(kinds) > 1 else []
    wide = ["(wider: more capacity)"] if any(facts.share for facts in found) else []
    groups = {"Places:": symbols, "Lines:": [*statuses, *carried, *wide]}
    words = marks.key(groups, width=sheet.line)
    # The signs have the colour of the marks.
    coloured = f'<span style="color:{theme.ACCENT}">\\1</span>'
    words = re.sub("([●◆○■△·]+|–.–|——)", coloured, words)
    for kind in kinds:
        sign = f'<span style="color:{COLOURS[kind]}">▬</span>{SPACE}{kind}'
        words = words.replace(f"▬{SPACE}{kind}", sign)
    return words


def _layout(frame: Frame, words: str) -> dict[str, Any]:
    left, bottom, right, top = frame.window()
    bare = {"visible": False, "fixedrange": True}
    head = round((1 + words.count("<br>")) * KEY_SIZE * 1.3) + 2 * KEY_GAP
    return {
        "template": theme.TEMPLATE,
        "height": round(frame.height) + head,
        "margin": {"l": 0, "r": 0, "t": head, "b": 0, "autoexpand": False},
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
