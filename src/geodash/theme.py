"""How charts look: colours with a meaning, one Plotly template, text that stays text.

Colours were chosen for readers with any kind of colour vision: the stance scale is ColorBrewer's
PuOr (https://colorbrewer2.org), whose ends stay apart under protanopia, deuteranopia and
tritanopia. No meaning hangs on colour alone: stances carry a symbol, plans a dash or a hatch.
"""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from geodash.case import Case
from geodash.parties import party_of
from geodash.wording import printable

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

# The roles of colours. The page swaps them for `DARK` by their exact values.
INK = "#1b1f24"  # text
MUTED = "#59636e"  # secondary text
RULE = "#d9dee3"  # gridlines and frames
PAPER = "#ffffff"  # the page, and the inside of hollow marks
ACCENT = "#0b6e8a"  # what a chart is about
LAND = "#f0ede6"  # countries of the map
LAND_QUIET = "#f7f6f2"  # their neighbours
WATER = "#cfe0ea"
BORDER = "#a9a294"
NEUTRAL = "#8b949e"  # marks without a country or a stance
OIL = "#8a5a2b"  # lines that carry oil

#: Stances from −2 to +2; grey in the middle.
STANCE_COLOURS: Mapping[int, str] = {
    -2: "#b35806",
    -1: "#f0a95c",
    0: "#c9c9c9",
    1: "#a79dd0",
    2: "#542788",
}
STANCE_SYMBOLS: Mapping[int, str] = {-2: "▼▼", -1: "▼", 0: "●", 1: "▲", 2: "▲▲"}

#: What each colour becomes on a dark page; text keeps a contrast of at least 4.5 (WCAG 2.2, AA).
DARK: Mapping[str, str] = {
    INK: "#e8eaed",
    MUTED: "#a3adb8",
    RULE: "#353c44",
    PAPER: "#15191d",
    ACCENT: "#5cc3e0",
    LAND: "#2b3138",
    LAND_QUIET: "#1f242a",
    WATER: "#16303f",
    BORDER: "#6f6a5f",
    OIL: "#d3a06a",
    STANCE_COLOURS[-2]: "#e08214",
    STANCE_COLOURS[-1]: "#8f5a1c",
    STANCE_COLOURS[0]: "#6b7178",
    STANCE_COLOURS[1]: "#665a99",
    STANCE_COLOURS[2]: "#b3a2f0",
}

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": RULE,
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": INK},
        },
        "xaxis": {
            "gridcolor": RULE,
            "zeroline": False,
            "fixedrange": True,
            "title": {"font": {"size": 12, "color": MUTED}},
        },
        "yaxis": {
            "gridcolor": RULE,
            "zeroline": False,
            "fixedrange": True,
            "title": {"font": {"size": 12, "color": MUTED}},
        },
    }
)


def colours_of(case: Case) -> pd.Series[str]:
    """Give the colour of each actor: its own, or that of its party.

    Returns
    -------
    pandas.Series
        Colours as #rrggbb, indexed by ids of actors; grey where the tables name none.
    """
    own = case.actors.set_index("id")["colour"]
    return own.fillna(party_of(case).map(own)).fillna(NEUTRAL)


def stance_step(stance: float) -> int:
    """Give the step of the scale nearest to a mean of stances; a half goes to the outer step.

    Only what stands nearer to neutral than to a side may look neutral.
    """
    return int(math.copysign(math.floor(abs(stance) + 0.5), stance))


def stance_colour(stance: float) -> str:
    """Give the colour of a stance, or of a mean of stances, from −2 to +2."""
    return STANCE_COLOURS[stance_step(stance)]


def stance_symbol(stance: float) -> str:
    """Give the symbol of a stance, or of a mean of stances, from −2 to +2."""
    return STANCE_SYMBOLS[stance_step(stance)]


def text(words: object) -> str:
    """Make text from the tables safe for a chart: markup in it shows as characters.

    Plotly reads `<b>`, `<a>` and the like in labels and tooltips as markup, and a drawing cannot
    hold control characters.
    """
    return html.escape(printable(str(words)), quote=False)


# The same summaries stand in many tooltips, and again after each filter.
@lru_cache(maxsize=20_000)
def wrapped(words: str, *, width: int = 60) -> str:
    """Break text from the tables into lines of at most `width` characters, safe for a chart."""
    return "<br>".join(text(line) for line in textwrap.wrap(words, width)) or ""


def hover(heading: str, *lines: str, width: int = 60) -> str:
    """Write a tooltip: a bold heading and lines of text, safe and broken into short lines."""
    parts = [f"<b>{wrapped(heading, width=width)}</b>"]
    return "<br>".join(parts + [wrapped(line, width=width) for line in lines if line])


def figure(data: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Make a figure of plain dictionaries.

    Plotly's check of each property takes longer than drawing the chart, on every filter, so
    it is left out here; the tests have Plotly check the figures of all charts.
    """
    return go.Figure(data=data, layout=layout, _validate=False)


def empty_figure(sentence: str, *, height: int = 160) -> go.Figure:
    """Draw no chart but a sentence that says why there is none."""
    figure = go.Figure(layout={"template": TEMPLATE, "height": height})
    figure.update_xaxes(visible=False).update_yaxes(visible=False)
    return figure.add_annotation(
        text=wrapped(sentence, width=44), showarrow=False, font={"size": 15, "color": MUTED}
    )
