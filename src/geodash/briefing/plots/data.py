"""What a chart is as plain data: a plot with one axis of values, or a grid of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

#: How a series looks besides its colour. Bars: filled, hatched, dotted, or hollow. Lines: joined
#: marks, or marks alone, each series with a mark of another shape.
Look = Literal["solid", "hatched", "dotted", "hollow", "joined", "apart"]


@dataclass(frozen=True)
class Series:
    """Values of one name.

    Attributes
    ----------
    name
        What a legend calls it.
    values
        One for each category; None where there is none.
    colour, look
        How it is told from others.
    unsure
        Places of values that are not actual: of a line, they are hollow.
    named
        Whether a legend names it; other values of what it names already have small dashes.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    look: Look
    unsure: frozenset[int] = frozenset()
    named: bool = True


@dataclass(frozen=True)
class Plot:
    """A chart with one axis of values.

    Attributes
    ----------
    kind
        Bars lie, columns stand; stacked columns add up; a line joins years.
    title
        What sets it apart from other plots of the same chart, or how to read it; may be empty.
    unit
        Title of the axis of values: what is counted, and in which unit.
    categories, series
        The names along the other axis, and the values there.
    """

    kind: Literal["bar", "column", "stacked", "line"]
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Cell:
    """Words in a grid, with the colour behind them (empty if none)."""

    words: str
    colour: str = ""


@dataclass(frozen=True)
class Grid:
    """A chart that is a table.

    Attributes
    ----------
    title
        How to read it.
    columns
        Headings; the first column names the rows.
    widths
        Widths of the columns, as shares of each other.
    rows
        Cells, one for each column.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value, and the series that it belongs to."""

    label: str
    value: float
    series: str


#: Bars of each name: colour and look.
Looks = Mapping[str, tuple[str, Look]]


def plot_of_bars(
    kind: Literal["bar", "column"], title: str, unit: str, bars: Sequence[Bar], looks: Looks
) -> Plot:
    """Make a plot of single bars: each has a category of its own, and one value in one series.

    Parameters
    ----------
    looks
        Colour and look of each series.
    """
    names = [name for name in looks if name in {bar.series for bar in bars}]
    series = (
        Series(name, tuple(bar.value if bar.series == name else None for bar in bars), *looks[name])
        for name in names
    )
    return Plot(kind, title, unit, tuple(bar.label for bar in bars), tuple(series))
