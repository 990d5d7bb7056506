"""The drawing of the matrix: squares with symbols in a grid, wide or for a phone."""

from __future__ import annotations

import textwrap
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import groupby, product
from typing import Any, NamedTuple

import plotly.graph_objects as go

from geodash import theme

#: What the square of a cell tells, a rounded mean or why there is none: symbol, colour, words.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "-2": (theme.STANCE_SYMBOLS[-2], theme.STANCE_COLOURS[-2], "−2"),
    "-1": (theme.STANCE_SYMBOLS[-1], theme.STANCE_COLOURS[-1], "−1"),
    "0": (theme.STANCE_SYMBOLS[0], theme.STANCE_COLOURS[0], "0"),
    "1": (theme.STANCE_SYMBOLS[1], theme.STANCE_COLOURS[1], "+1"),
    "2": (theme.STANCE_SYMBOLS[2], theme.STANCE_COLOURS[2], "+2"),
    "mixed": ("▼▲", theme.STANCE_COLOURS[0], "mixed"),
    "none": ("", theme.PAPER, "no stance"),
}

#: Fewer columns than this do not spread over the whole width.
LEAST_COLUMNS = 8
#: Parties side by side on a phone; more of them go into further blocks below.
SIDE_BY_SIDE = 8
#: Columns of the squares of the key on a phone: the stances, then what needs words.
KEY_PLACES = (0, 1, 2, 3, 4, 5.4, 6.8)
#: Sizes in pixels: a square, a row of squares, a letter, and the key and names above the rows.
SQUARE, ROW, LETTER, ABOVE = 28, 36, 7.5, 90
#: Space between parties, in rows.
GAP = 0.3

#: Where the key stands: above the chart, in as many rows as it needs.
KEY = {
    "orientation": "h",
    "xref": "container",
    "x": 0,
    "xanchor": "left",
    "yref": "container",
    "y": 1,
    "yanchor": "top",
    "itemclick": False,
    "itemdoubleclick": False,
}

#: A row of `stances.cells`, with what the drawing adds to it.
Cell = dict[Hashable, Any]


class Line(NamedTuple):
    """A row or column of the matrix: an actor, its party, and whether it is the party itself."""

    actor: str
    name: str
    party: str
    colour: str
    is_party: bool


def by_holder(
    found: list[Cell], lines: list[Line], issues: Mapping[str, str], *, gap: float
) -> go.Figure:
    """Draw holders as rows and issues as columns.

    Parameters
    ----------
    found
        The cells, with `hover`, the tooltip.
    lines
        The holders in their order.
    issues
        Names of the issues by id, in their order.
    gap
        Space between parties, in rows.
    """
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line.party)]
    rows: dict[str, float] = {}
    labels, place = [], -1 - gap
    for run in runs:
        place += gap
        for line in run:
            place += 1
            rows[line.actor] = place
            # A stretch of rows of one party names it in its first row.
            labels.append(_row_label(line, of_party=line is run[0] and not line.is_party))
    columns = {issue: x for x, issue in enumerate(issues)}
    for cell in found:
        cell["x"], cell["y"] = columns[cell["issue"]], rows[cell["actor"]]
    grid = product(columns.values(), rows.values())
    layout = {
        "height": round(ROW * (place + 1)) + ABOVE,
        "showlegend": True,
        "legend": KEY,
        "xaxis": {
            "side": "top",
            "range": [-0.5, max(len(columns), LEAST_COLUMNS) - 0.5],
            "tickvals": list(columns.values()),
            "ticktext": [_broken(name, 11) for name in issues.values()],
            "tickfont": {"size": 12},
            # Level where there is room for that, else upright: the page may be a tablet.
            "autotickangles": [0, -90],
        },
        "yaxis": {
            "range": [place + 0.5, -0.5],
            "tickvals": list(rows.values()),
            "ticktext": labels,
        },
    }
    stripes = _stripes(runs, rows, found)
    return _figure([_dots(found, grid), *_squares(_by_kind(found)), stripes], layout)


def _stripes(
    runs: Iterable[list[Line]], rows: Mapping[str, float], found: Iterable[Cell]
) -> dict[str, Any]:
    """Join rows of one party by a stripe in its colour, left of the squares."""
    spans = [(run[0], rows[run[0].actor], rows[run[-1].actor]) for run in runs]
    return {
        "type": "bar",
        "orientation": "h",
        "base": -0.5,
        "x": [0.05 for _ in spans],
        "y": [(top + bottom) / 2 for _, top, bottom in spans],
        "width": [bottom - top + 0.8 for _, top, bottom in spans],
        "marker": {"color": [line.colour for line, _, _ in spans], "line": {"width": 0}},
        "customdata": [
            " ".join(cell["refs"] for cell in found if top <= cell["y"] <= bottom)
            for _, top, bottom in spans
        ],
        "hovertext": [f"<b>{theme.text(line.party)}</b>" for line, _, _ in spans],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _row_label(line: Line, *, of_party: bool) -> str:
    name = theme.text(line.name)
    if of_party:
        small = f"font-size:12px;color:{theme.MUTED}"
        return f'{name}<br><span style="{small}">{theme.text(line.party)}</span>'
    return f"<b>{name}</b>" if line.is_party else name


def by_party(found: list[Cell], lines: list[Line], issues: Mapping[str, str]) -> go.Figure:
    """Draw issues as rows and parties as columns, some parties to a block, under a key.

    Parameters
    ----------
    found
        The cells, with `hover`, the tooltip.
    lines
        The parties in their order.
    issues
        Names of the issues by id, in their order.
    """
    kinds = _by_kind(found)
    keys = dict(zip(kinds, KEY_PLACES, strict=False))
    notes = [_caption(KINDS[kind][2], x) for kind, x in keys.items()]
    grid: list[tuple[float, float]] = []
    ticks = {0.0: "Stance"}
    top = 1.0
    for start in range(0, len(lines), SIDE_BY_SIDE):
        block = lines[start : start + SIDE_BY_SIDE]
        columns = {line.actor: x for x, line in enumerate(block)}
        part = [cell for cell in found if cell["actor"] in columns]
        answered = {cell["issue"] for cell in part}
        top += 1 + LETTER * max(len(line.name) for line in block) / ROW
        notes += [_upright(line.name, x, top - 0.5) for x, line in enumerate(block)]
        rows = {issue: top + y for y, issue in enumerate(i for i in issues if i in answered)}
        for cell in part:
            cell["x"], cell["y"] = columns[cell["actor"]], rows[cell["issue"]]
        grid += product(columns.values(), rows.values())
        ticks |= {y: _broken(issues[issue], 13) for issue, y in rows.items()}
        top += len(rows)
    layout = {
        "height": round(ROW * top) + 16,
        "annotations": notes,
        "xaxis": {"range": [-0.5, SIDE_BY_SIDE - 0.5], "showticklabels": False},
        "yaxis": {
            "range": [top - 0.5, -0.5],
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "tickfont": {"size": 12},
        },
    }
    return _figure([_dots(found, grid), *_squares(kinds), *_key(keys)], layout)


def _caption(words: str, x: float) -> dict[str, Any]:
    """Name a square of the key below it."""
    place = {"x": x, "y": 0.45, "yanchor": "top", "font": {"size": 12}}
    return {"text": words.replace(" ", "<br>"), "showarrow": False, **place}


def _upright(name: str, x: int, y: float) -> dict[str, Any]:
    place = {"x": x, "y": y, "yanchor": "bottom", "textangle": -90}
    return {"text": theme.text(name), "showarrow": False, **place}


def _key(places: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    """Show each kind of square once: a phone has no room for Plotly's own key."""
    cell: Cell = {"y": 0, "statements": 1, "refs": "", "hover": ""}
    once = {kind: [cell | {"x": x}] for kind, x in places.items()}
    for square in _squares(once):
        yield square | {"customdata": None, "hovertext": None, "hoverinfo": "skip"}


def _broken(name: str, width: int) -> str:
    return "<br>".join(map(theme.text, textwrap.wrap(name, width, break_long_words=False)))


def _figure(data: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    for axis in ("xaxis", "yaxis"):
        layout[axis] |= {"showgrid": False, "ticklabelstandoff": 6}
    return theme.figure(data, layout | {"template": theme.TEMPLATE})


def _dots(found: Iterable[Cell], grid: Iterable[tuple[float, float]]) -> dict[str, Any]:
    """Draw a faint dot where there is no statement."""
    taken = {(cell["x"], cell["y"]) for cell in found}
    free = [place for place in grid if place not in taken]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in free],
        "y": [y for _, y in free],
        "marker": {"size": 3, "color": theme.RULE},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _by_kind(found: Iterable[Cell]) -> dict[str, list[Cell]]:
    """Sort cells by what their squares tell; a stance that does not occur has its place too."""
    kinds: dict[str, list[Cell]] = {kind: [] for kind in KINDS}
    for cell in found:
        mixed = cell["lowest"] < 0 < cell["highest"]
        kind = "none" if not cell["coded"] else "mixed" if mixed else str(round(cell["mean"]))
        kinds[kind].append(cell)
    return {kind: part for kind, part in kinds.items() if part or kind not in ("mixed", "none")}


def _squares(kinds: Mapping[str, list[Cell]]) -> Iterator[dict[str, Any]]:
    """Draw the squares, a trace for each kind: colour, symbol and number of statements."""
    for kind, part in kinds.items():
        symbol, colour, words = KINDS[kind]
        stacked = f'<span style="font-size:9px">{symbol}</span><br>' if symbol else ""
        yield {
            "type": "scatter",
            "mode": "markers+text",
            "name": f"{symbol} {words}".strip(),
            # Plotly's key leaves out a trace without points.
            "x": [cell["x"] for cell in part] or [None],
            "y": [cell["y"] for cell in part] or [None],
            "text": [
                (symbol or "1") if cell["statements"] == 1 else f"{stacked}{cell['statements']}"
                for cell in part
            ],
            "textfont": {"size": 11, "color": theme.PAPER if kind in ("-2", "2") else theme.INK},
            "marker": {
                "symbol": "square",
                "size": SQUARE,
                "color": colour,
                "opacity": 1,
                "line": {"color": theme.MUTED, "width": 0 if symbol else 1.5},
            },
            "customdata": [cell["refs"] for cell in part],
            "hovertext": [cell["hover"] for cell in part],
            "hoverinfo": "text",
        }
