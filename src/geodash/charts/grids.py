"""The two drawings of the matrix: holders and issues, or issues and parties for a phone."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from itertools import groupby, product
from typing import Any, NamedTuple

import plotly.graph_objects as go

from geodash import theme
from geodash.charts.marks import Marks
from geodash.charts.squares import (
    KINDS,
    LOOKS,
    ROW,
    SMALL,
    Cell,
    add_key,
    add_squares,
    add_words,
    dots,
    kinds_in_key,
)
from geodash.geo.labels import text_size

#: Fewer columns than this do not spread over the whole width.
LEAST_COLUMNS = 8
#: Parties side by side on a phone; more of them go into further blocks below.
SIDE_BY_SIDE = 8
KEY_TITLE = "Stance"
#: Places of the squares of the key: the stances, then what needs words.
KEY_PLACES = (0, 1, 2, 3, 4, 5.4, 6.8)
#: Shares of the width of a wide chart: from one of these places to the next, to the middle of a
#: square from the left edge of its place, and to its words from there.
KEY_STEP, KEY_SQUARE, KEY_WORDS = 0.085, 0.03, 0.023
#: Sizes in pixels: an upright letter, a line of small words, a square of the key of a wide
#: chart, that key with the space below it, and the margin around everything.
LETTER, LINE, SMALL_SQUARE, KEY, MARGIN = 7.5, 15, 20, 34, 8
#: Pixels of a wide chart at least: on a tablet. The names of its columns have room there.
WIDE = 700
#: Space between parties, in rows, and between squares and words at their left, in columns.
GAP, BESIDE = 0.3, 0.11


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
    marks = Marks()
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line.party)]
    rows: dict[str, float] = {}
    left, right = -0.5 - BESIDE, max(len(issues), LEAST_COLUMNS) - 0.5
    margin, place = text_size(KEY_TITLE, size=SMALL)[0], -1 - gap
    for run in runs:
        place += gap
        for line in run:
            place += 1
            rows[line.actor] = place
            # A stretch of rows of one party names it in its first row.
            of_party = line is run[0] and not line.is_party
            margin = max(margin, _name_row(marks, line, left, place, of_party=of_party))
    columns = {issue: x for x, issue in enumerate(issues)}
    names = [_broken(name, 11) for name in issues.values()]
    step = (WIDE - margin - 2 * MARGIN) / (right - left)
    top, end = _name_columns(marks, names, step)
    top -= KEY / ROW
    _key_above(marks, kinds_in_key(found), left, right, top)
    for cell in found:
        cell["x"], cell["y"] = columns[cell["issue"]], rows[cell["actor"]]
    add_squares(marks, found)
    traces = [*marks.traces(LOOKS), _stripes(runs, rows, found)]
    shapes = [dots(found, product(columns.values(), rows.values()))]
    height = (top - KEY / 2 / ROW, place + 0.5)
    beside = (margin, max(0, end - right * step))
    return _figure(traces, (left, right), height, beside, shapes=shapes)


def _name_row(marks: Marks, line: Line, x: float, y: float, *, of_party: bool) -> float:
    """Name a row, with its party below the name if asked, and return the pixels it takes."""
    if not of_party:
        return add_words(marks, line.name, x, y, bold=line.is_party)
    half = LINE / 2 / ROW
    party = add_words(marks, line.party, x, y + half, size=SMALL, colour=theme.MUTED)
    return max(party, add_words(marks, line.name, x, y - half))


def _name_columns(marks: Marks, names: list[list[str]], step: float) -> tuple[float, float]:
    """Name the columns, each name as low as there is room beside those before it.

    Parameters
    ----------
    names
        Names of the columns in lines.
    step
        Pixels from one column to the next at least.

    Returns
    -------
    top, end
        The upper edge of the names, in rows, and the right one, in pixels from the first column.
    """
    tier = max(map(len, names)) * LINE / ROW + 0.1
    taken: list[float] = []  # right edge of each tier, in pixels
    for x, lines in enumerate(names):
        half = max(text_size(line, size=SMALL)[0] for line in lines) / 2
        free = (at for at, edge in enumerate(taken) if edge <= x * step - half)
        at = next(free, len(taken))
        taken[at : at + 1] = [x * step + half]
        for up, line in enumerate(reversed(lines)):
            y = -0.5 - at * tier - (up + 0.5) * LINE / ROW
            add_words(marks, line, x, y, side="middle center", size=SMALL)
    return -0.5 - len(taken) * tier, max(taken)


def _key_above(marks: Marks, kinds: Iterable[str], left: float, right: float, y: float) -> None:
    """Show each kind of square, with its words at its right."""
    width = right - left
    add_words(marks, KEY_TITLE, left, y, size=SMALL)
    for kind, place in zip(kinds, KEY_PLACES, strict=False):
        x = left + width * (KEY_STEP * place + KEY_SQUARE)
        add_key(marks, kind, x, y, size=SMALL_SQUARE)
        words = KINDS[kind][2]
        add_words(marks, words, x + width * KEY_WORDS, y, side="middle right", size=SMALL)


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
    }


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
    marks = Marks()
    left, margin = -0.5 - BESIDE, _key_on_phone(marks, kinds_in_key(found))
    names: list[dict[str, Any]] = []
    grid: list[tuple[float, float]] = []
    top = 1.0
    for start in range(0, len(lines), SIDE_BY_SIDE):
        block = lines[start : start + SIDE_BY_SIDE]
        columns = {line.actor: x for x, line in enumerate(block)}
        part = [cell for cell in found if cell["actor"] in columns]
        answered = {cell["issue"] for cell in part}
        top += round(1 + LETTER * max(len(line.name) for line in block) / ROW, 2)
        names += [_upright(line.name, x, top - 0.5) for x, line in enumerate(block)]
        rows = {issue: top + y for y, issue in enumerate(i for i in issues if i in answered)}
        for cell in part:
            cell["x"], cell["y"] = columns[cell["actor"]], rows[cell["issue"]]
        grid += product(columns.values(), rows.values())
        for issue, y in rows.items():
            margin = max(margin, _name_issue(marks, _broken(issues[issue], 13), left, y))
        top += len(rows)
    add_squares(marks, found)
    place = (left, SIDE_BY_SIDE - 0.5), (-0.5, top - 0.5)
    more = [dots(found, grid)]
    return _figure(marks.traces(LOOKS), *place, (margin, 0), shapes=more, annotations=names)


def _key_on_phone(marks: Marks, kinds: Iterable[str]) -> float:
    """Show each kind of square over its words, and return the pixels of the words at the left."""
    for kind, x in zip(kinds, KEY_PLACES, strict=False):
        add_key(marks, kind, x, 0)
        for down, word in enumerate(KINDS[kind][2].split(" ")):
            y = 0.45 + (down + 0.5) * LINE / ROW
            add_words(marks, word, x, y, side="middle center", size=SMALL)
    return add_words(marks, KEY_TITLE, -0.5 - BESIDE, 0, size=SMALL)


def _name_issue(marks: Marks, lines: list[str], x: float, y: float) -> float:
    """Name a row in lines, and return the pixels they take."""
    tops = (y + (at - (len(lines) - 1) / 2) * LINE / ROW for at in range(len(lines)))
    places = zip(lines, tops, strict=True)
    return max(add_words(marks, line, x, place, size=SMALL) for line, place in places)


def _upright(name: str, x: int, y: float) -> dict[str, Any]:
    # Words of a trace cannot be turned.
    place = {"x": x, "y": y, "yanchor": "bottom", "textangle": -90}
    return {"text": theme.text(name), "showarrow": False, **place}


def _broken(name: str, width: int) -> list[str]:
    return textwrap.wrap(name, width, break_long_words=False)


def _figure(
    data: list[dict[str, Any]],
    columns: tuple[float, float],
    rows: tuple[float, float],
    beside: tuple[float, float],
    **more: object,
) -> go.Figure:
    """Make the figure of the first to the last column and row, with pixels for words beside it."""
    top, bottom = rows
    at_left, at_right = (MARGIN + math.ceil(pixels) for pixels in beside)
    layout = {
        "template": theme.TEMPLATE,
        "height": round(ROW * (bottom - top)) + 2 * MARGIN,
        "margin": {"l": at_left, "r": at_right, "t": MARGIN, "b": MARGIN},
        "xaxis": {"visible": False, "range": list(columns)},
        "yaxis": {"visible": False, "range": [bottom, top]},
    }
    return theme.figure(data, layout | more)
