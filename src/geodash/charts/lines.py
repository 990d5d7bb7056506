"""The lines of a map: their courses, and tooltips along them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import shapely

from geodash import theme
from geodash.charts.facts import Facts
from geodash.charts.plan import Plan
from geodash.geo.basemap import outlines

#: Dash of a line by its look, and the sign that stands for it in the key.
DASHES = {
    "working": ("solid", "——"),
    "being built": ("12px,3px,3px,3px", "–·–"),
    "planned": ("9px,5px", "– –"),
    "stopped": ("2px,4px", "····"),
}
COLOURS = {"gas": theme.ACCENT, "oil": theme.OIL}
#: Widths in pixels, and the shares of the widest line of a commodity from which on they are used.
WIDTHS = {0.0: 1.5, 1 / 3: 2.75, 2 / 3: 4.0}
#: Kilometres between the points of a line that show its tooltip.
TOOLTIP_KM = 150
#: Where in each of these steps the points of neighbouring lines lie, so that those in one trench
#: do not cover each other.
PHASES = (0.5, 0.2, 0.8)


def width_of(share: float) -> float:
    """Give the width of a line in pixels by its share of the widest capacity."""
    return max(width for least, width in WIDTHS.items() if share >= least)


def courses(plan: Plan, found: Sequence[Facts]) -> Iterator[dict[str, Any]]:
    """Draw the lines: colour tells the commodity, dash the status, width the capacity."""
    # A pale edge keeps the lines apart from coloured countries.
    yield path(plan.drawn.geometry) | {"line": {"color": theme.PAPER, "width": 6}, "opacity": 0.5}
    looks: dict[tuple[str, str, float], list[str]] = {}
    # What works lies above what does not.
    for facts in sorted(found, key=lambda facts: -list(DASHES).index(facts.look)):
        look = (COLOURS[facts.line["commodity"]], DASHES[facts.look][0], width_of(facts.share))
        looks.setdefault(look, []).append(facts.line["id"])
    for (colour, dash, width), ids in looks.items():
        own = plan.drawn[plan.drawn["infrastructure"].isin(ids)]
        yield path(own.geometry) | {"line": {"color": colour, "width": width, "dash": dash}}


def path(lines: Iterable[Any]) -> dict[str, Any]:
    """Draw lines without a tooltip."""
    x, y = outlines(shapely.MultiLineString(list(lines)))
    look = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    return look | {"x": x.astype("float32"), "y": y.astype("float32")}


def tooltips(plan: Plan, found: Sequence[Facts]) -> dict[str, Any]:
    """Put the tooltip of each line between its places, so that it does not cover theirs."""
    points = _along(plan)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for _, x, _ in points],
        "y": [y for _, _, y in points],
        # Of marks under the pointer Plotly takes the smallest: larger than places, for their sake.
        "marker": {"size": 16, "opacity": 0, "color": theme.ACCENT},
        # Each text travels once, not with each point.
        "meta": [_tooltip(plan, facts) for facts in found],
        "hovertemplate": [f"%{{meta[{line}]}}<extra></extra>" for line, _, _ in points],
        "customdata": [found[line].refs for line, _, _ in points],
    }


@lru_cache(maxsize=16)
def _along(plan: Plan) -> tuple[tuple[int, float, float], ...]:
    """Give points along the lines: the number of the line in the plan, and kilometres."""
    points = []
    for line, row in enumerate(plan.lines):
        own, phase = plan.course(row["id"]), PHASES[line % len(PHASES)]
        for section, km in zip(own.geometry, own["km"], strict=True):
            steps = int(km / TOOLTIP_KM) + 1
            for step in range(steps):
                point = section.interpolate((step + phase) / steps, normalized=True)
                points.append((line, round(point.x, 1), round(point.y, 1)))
    return tuple(points)


def _tooltip(plan: Plan, facts: Facts) -> str:
    line = facts.line
    course = [line[end] for end in ("from", "via", "to") if not pd.isna(line[end])]
    drawn = f"{plan.length(line['id'])} as drawn here"
    return theme.hover(
        line["name"],
        f"{line['commodity'].capitalize()}; {facts.status}",
        facts.note,
        " – ".join(course),
        f"Operator: {line['operator']}",
        "" if pd.isna(line["start_year"]) else f"Start: {line['start_year']}",
        f"Capacity: {'; '.join(facts.capacities)}" if facts.capacities else "",
        f"Length: {'; '.join((*facts.lengths, drawn))}",
        facts.source,
    )
