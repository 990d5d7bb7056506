"""The marks of the matrix: squares with symbols, the squares of their key, and words.

All squares are points of one trace and all words points of another: Plotly draws them several
times faster than labels of axes, a key of its own and a trace for each colour.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from geodash import theme
from geodash.charts.marks import Look, Marks
from geodash.geo.labels import text_size

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

#: Sizes in pixels: a row of squares, a square, a dot, and the letters of symbols, of words and
#: of small words.
ROW, SQUARE, DOT, SYMBOL, WORD, SMALL = 36, 28, 3, 11, 13, 12

_SQUARES: Look = {
    "type": "scatter",
    "mode": "markers+text",
    "textfont": {"size": SYMBOL},
    "marker": {"symbol": "square", "size": SQUARE, "opacity": 1, "line": {"color": theme.MUTED}},
}

#: How the layers look, from the back to the front.
LOOKS: Mapping[str, Look] = {
    "squares": _SQUARES,
    "key": {**_SQUARES, "hoverinfo": "skip"},
    "words": {"type": "scatter", "mode": "text", "cliponaxis": False, "hoverinfo": "skip"},
}

#: A row of `stances.cells`, with what the drawing adds to it.
Cell = dict[Hashable, Any]


def add_squares(marks: Marks, found: Iterable[Cell]) -> None:
    """Draw a square for each cell.

    Parameters
    ----------
    found
        The cells, with `x`, `y` and `hover`, the tooltip.
    """
    for cell in found:
        kind = kind_of(cell)
        symbol = KINDS[kind][0]
        stacked = f'<span style="font-size:9px">{symbol}</span><br>' if symbol else ""
        single = cell["statements"] == 1
        words = (symbol or "1") if single else f"{stacked}{cell['statements']}"
        carried = {"customdata": cell["refs"], "hovertext": cell["hover"]}
        marks.add("squares", x=cell["x"], y=cell["y"], text=words, **_look(kind), **carried)


def dots(found: Iterable[Cell], grid: Iterable[tuple[float, float]]) -> dict[str, Any]:
    """Draw a faint dot where there is no statement, all as one shape: a mark each costs more.

    Parameters
    ----------
    found
        The cells, with `x` and `y`.
    grid
        All places, as columns and rows.
    """
    taken = {(cell["x"], cell["y"]) for cell in found}
    half = DOT / 2 / ROW
    ends = [(x, y - half, y + half) for x, y in grid if (x, y) not in taken]
    return {
        "type": "path",
        "path": "".join(f"M{x},{top:.2f}V{bottom:.2f}" for x, top, bottom in ends),
        "line": {"width": DOT, "color": theme.RULE},
        "layer": "below",
    }


def add_key(marks: Marks, kind: str, x: float, y: float, *, size: int = SQUARE) -> None:
    """Show a kind of square, `size` pixels wide, once."""
    sizes = {"marker_size": size, "textfont_size": SYMBOL if size == SQUARE else SYMBOL - 2}
    marks.add("key", x=round(x, 3), y=round(y, 3), text=KINDS[kind][0], **_look(kind), **sizes)


def _look(kind: str) -> dict[str, object]:
    return {
        "textfont_color": theme.PAPER if kind in ("-2", "2") else theme.INK,
        "marker_color": KINDS[kind][1],
        "marker_line_width": 1.5 if kind == "none" else 0,
    }


def kinds_in_key(found: Iterable[Cell]) -> list[str]:
    """List what the squares tell; a stance that does not occur has its place in the key too."""
    kinds = {kind_of(cell) for cell in found}
    return [kind for kind in KINDS if kind in kinds or kind not in ("mixed", "none")]


def kind_of(cell: Cell) -> str:
    """Say what the square of a cell tells, as a key of `KINDS`."""
    if not cell["coded"]:
        return "none"
    return "mixed" if cell["lowest"] < 0 < cell["highest"] else str(theme.stance_step(cell["mean"]))


def add_words(
    marks: Marks,
    words: str,
    x: float,
    y: float,
    *,
    side: str = "middle left",
    size: int = WORD,
    colour: str = theme.INK,
    bold: bool = False,
) -> float:
    """Write a line of words.

    Parameters
    ----------
    side
        Where it stands from its place, in Plotly's words.

    Returns
    -------
    float
        Its width in pixels, rather too much than too little.
    """
    font = {"textfont_size": size, "textfont_color": colour}
    font["textfont_weight"] = "bold" if bold else "normal"
    marks.add(
        "words", x=round(x, 3), y=round(y, 3), text=theme.text(words), textposition=side, **font
    )
    return text_size(words, size=size, bold=bold)[0]
