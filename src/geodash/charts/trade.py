"""How oil and trade grew: crude oil to China and trade in goods, year by year."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import series
from geodash.charts.marks import Look, Marks
from geodash.charts.pipelines import Row, values
from geodash.charts.series import LEAST, Series
from geodash.charts.tradewords import describe, part_of, read_panels, whole_years
from geodash.geo.labels import BOLD, text_size
from geodash.wording import listed

#: Pixels: the columns, what keeps panels apart and words from their neighbours, the years at the
#: foot, the edges of the page.
COLUMNS, APART, GAP, FOOT, SIDE = 180, 32, 6, 40, 8
#: The share of its place that a column fills.
WIDTH = 0.66


#: Left, bottom, right, top in pixels from the left end of the axis.
Box = tuple[float, float, float, float]

SCATTER = {"type": "scatter", "cliponaxis": False}
#: Looks of marks, from the back to the front.
LAYERS: Mapping[str, Look] = {
    "columns": {
        "type": "bar",
        "width": WIDTH,
        "marker": {
            "line": {"color": theme.ACCENT, "width": 1.5},
            "pattern": {"size": 7, "solidity": 0.3},
        },
    },
    "ranges": {
        **SCATTER,
        "mode": "lines",
        "line": {"color": theme.INK, "width": 3},
        "hoverinfo": "skip",
    },
    "ends": {
        **SCATTER,
        "mode": "markers",
        "marker": {"size": 9, "line": {"color": theme.INK, "width": 2}},
    },
    "words": {**SCATTER, "mode": "text", "hoverinfo": "skip"},
}


@dataclass
class Panel:
    """Columns of one subject; y is in its unit, and pixels are turned into it.

    Attributes
    ----------
    scopes
        Its values, the scope with most years first: that one makes the columns.
    width
        Pixels that it has at least.
    marks
        What is drawn.
    head
        Pixels that words take above the highest column.
    """

    scopes: list[Series]
    width: float
    marks: Marks = field(default_factory=Marks)
    head: int = 0

    def __post_init__(self) -> None:
        """Work out what follows from its values."""
        self.most = max(values(series.rows_of(self.scopes))[-1], 1e-9)
        years = [year for one in self.scopes for year in one.years]
        self.years = range(min(years), max(years) + 1)
        self.slot, self.pad = self.width / len(self.years), 0.0
        words = [_stacked(rows) for one in self.scopes for rows in one.years.values()]
        words += [_stacked(rows) for rows in whole_years(self.scopes).values()]
        words += [self._year(year) for year in self.years]
        widest = max(text_size(text, size=12)[0] for text in words)
        if widest > self.slot + 2 * SIDE and len(self.years) > 1:
            # The first and the last words keep on the page.
            self.slot = (self.width + 2 * SIDE - widest) / (len(self.years) - 1)
            self.pad = ((widest - self.slot) / 2 - SIDE) / self.slot
        self.small = text_size("2025", size=12)[0] + GAP > self.slot
        self.title, self.unit = _titles(self.scopes[0], self.width)

    def draw(self) -> None:
        """Draw columns, what stands beside them, and the values."""
        main, *others = self.scopes
        columns = dict.fromkeys(main.years, main)
        for one in others:
            if part_of(one):
                columns |= {year: one for year in one.years if year not in main.years}
        shown: dict[int, list[Row]] = {}
        for year, one in sorted(columns.items()):
            shown[year] = self._column(year, one)
        for one in others:
            for year, rows in one.years.items():
                if columns.get(year) is not one:
                    # A part of a year contradicts no whole one.
                    self._beside(year, rows, [] if part_of(one) else shown.get(year, []))
                    shown[year] = [*shown.get(year, []), *rows]
        self._write(shown)

    def head_with_title(self) -> int:
        """Give the pixels above the highest column for values, unit and title."""
        return self.head + GAP + series.height_of(self.unit) + series.height_of(self.title, size=13)

    def name(self, head: float) -> None:
        """Write subject, unit and scope from so many pixels above the highest column downwards."""
        for words, size, colour in ((self.title, 13, theme.INK), (self.unit, 12, theme.MUTED)):
            height = series.height_of(words, size=size)
            look = {"textfont_size": size, "textfont_color": colour}
            place = {"x": self._left, "y": self._above(head - height / 2)}
            self.marks.add("words", text=words, textposition="middle right", **place, **look)
            head -= height

    def axes(
        self, suffix: str, x: tuple[float, float], y: tuple[float, float], head: float
    ) -> dict[str, Any]:
        """Give its axes: what ends their names, and where they reach, in shares of the whole."""
        step = math.ceil(text_size("2025", size=10 if self.small else 12)[0] / self.slot)
        shown = [year for year in self.years if (self.years[-1] - year) % step == 0]
        return {
            f"xaxis{suffix}": {
                "domain": list(x),
                "anchor": f"y{suffix}",
                "range": [self._left, self.years[-1] + 0.5 + self.pad],
                "tickvals": shown,
                "ticktext": [self._year(year) for year in shown],
                "tickangle": 0,
                "showgrid": False,
                "showline": True,
                "linecolor": theme.MUTED,
                "tickfont": {"size": 10 if self.small else 12, "color": theme.MUTED},
            },
            f"yaxis{suffix}": {
                "domain": list(y),
                "anchor": f"x{suffix}",
                "range": [0, self._above(head)],
                "visible": False,
            },
        }

    @property
    def _left(self) -> float:
        """Where the axis begins."""
        return self.years[0] - 0.5 - self.pad

    def _above(self, pixels: float) -> float:
        """Give y of a place so many pixels above the highest column."""
        return self.most * (1 + pixels / COLUMNS)

    def _year(self, year: int) -> str:
        """Write a year, and below it which part of it a column covers."""
        main, *others = self.scopes
        parts = [part_of(one) for one in others if year in one.years and year not in main.years]
        return "<br>".join([str(year), *filter(None, parts[:1])])

    def _column(self, year: int, one: Series) -> list[Row]:
        """Draw a column as high as the value stated first, and where sources differ the others."""
        rows, value = one.years[year], one.at(year)
        part = bool(part_of(one))
        filled = part or series.solid(series.valued(rows, value))
        look = {
            "marker_color": theme.ACCENT if filled else theme.PAPER,
            "marker_pattern_shape": "/" if part else "",
        }
        place = {"x": year, "y": value, "hovertext": series.hover(rows)}
        self.marks.add("columns", customdata=series.refs(rows), **place, **look)
        different = [row for row in rows if float(row["value"]) != value]
        if different:
            self._beside(year, different, rows)
        return rows

    def _beside(self, year: int, rows: list[Row], others: list[Row]) -> None:
        """Mark more values of a year, and join them with what others say of it."""
        together = [*others, *(row for row in rows if row not in others)]
        for value in values(rows):
            filled = series.solid(series.valued(rows, value))
            place = {"x": year, "y": value, "hovertext": series.hover(together)}
            look = {"marker_color": theme.INK if filled else theme.PAPER}
            self.marks.add("ends", customdata=series.refs(together), **place, **look)
        if others:
            found = values(together)
            for y in (found[0], found[-1], None):
                self.marks.add("ranges", x=year, y=y)

    def _write(self, shown: Mapping[int, list[Row]]) -> None:
        """Write the values above their columns where they have room, the last ones first."""
        per = COLUMNS / self.most
        taken = [
            self._box(year, WIDTH * self.slot, value * per, 0)
            for year, value in zip(
                *(self.marks.layers["columns"][axis] for axis in "xy"), strict=True
            )
        ]
        for year, rows in sorted(shown.items(), reverse=True):
            text, found = _stacked(rows), values(rows)
            width, height = text_size(text, size=12)
            bottom = found[-1] * per + (8 if len(found) > 1 else 2)
            box = self._box(year, width, bottom + height, bottom)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                look = {"textposition": "middle center", "textfont_color": theme.INK}
                y = (bottom + height / 2) / per
                self.marks.add("words", x=year, y=y, text=text, textfont_size=12, **look)
                self.head = max(self.head, math.ceil(bottom + height - COLUMNS))

    def _box(self, year: int, width: float, top: float, bottom: float) -> Box:
        middle = (year - self.years[0] + 0.5) * self.slot
        return middle - width / 2, bottom, middle + width / 2, top


def oil_and_trade(case: Case, *, narrow: bool = False) -> go.Figure:
    """Draw crude oil to China and trade in goods as columns, one panel each.

    A part of a year is hatched, an estimate hollow; where sources differ on a year, the column is
    as high as the value stated first, and a bar joins it with the others.

    Parameters
    ----------
    narrow
        Draw it for a phone: one panel below the other instead of side by side.
    """
    found = read_panels(case)
    if not found:
        return theme.empty_figure(describe(case))
    room = LEAST[narrow] - 2 * SIDE
    width = room if narrow or len(found) == 1 else (room - APART) / 2
    panels = [Panel(scopes, width) for scopes in found]
    for panel in panels:
        panel.draw()
    # Side by side, the highest columns of all panels are equally high.
    heads = [panel.head_with_title() for panel in panels]
    heads = heads if narrow else [max(heads)] * len(heads)
    inside = sum(heads) + COLUMNS * len(heads) + (FOOT + APART // 2) * (len(heads) - 1)
    inside = inside if narrow else heads[0] + COLUMNS
    axes: dict[str, Any] = {}
    traces, top = [], inside
    for order, (panel, head) in enumerate(zip(panels, heads, strict=True)):
        panel.name(head)
        suffix = str(order + 1) if order else ""
        x, y = (0.0, 1.0), (0.0, 1.0)
        if narrow:
            y = (max(0, top - head - COLUMNS) / inside, top / inside)
            top -= head + COLUMNS + FOOT + APART // 2
        elif len(panels) > 1:
            share = width / room
            x = (order * (1 - share), order * (1 - share) + share)
        axes |= panel.axes(suffix, x, y, head)
        traces += panel.marks.traces(LAYERS, xaxis=f"x{suffix}", yaxis=f"y{suffix}")
    key = _key(found, width=room)
    foot = FOOT + series.height_of(key) + GAP
    layout = {
        "template": theme.TEMPLATE,
        "height": round(inside) + GAP + foot,
        "margin": {"l": SIDE, "r": SIDE, "t": GAP, "b": foot, "autoexpand": False},
        "barmode": "overlay",
        "annotations": [series.key_note(key, below=FOOT)],
    }
    return theme.figure(traces, layout | axes)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _titles(main: Series, width: float) -> tuple[str, str]:
    """Write the subject in bold, and its unit and scope, in lines that have room."""
    subject = series.fitting(main.subject, width / BOLD - GAP, size=13)
    title = "<br>".join(f"<b>{line}</b>" for line in subject.split("<br>"))
    unit = f"{main.unit} a year"
    return title, series.fitting(f"{unit}; {main.scope}" if main.scope else unit, width - GAP)


def _stacked(rows: list[Row]) -> str:
    """Write the values of a year one above the other."""
    return "<br>or ".join(dict.fromkeys(map(series.brief, values(rows))))


def _key(found: list[list[Series]], *, width: float) -> str:
    """Say what hollow and hatched marks mean, of those that occur."""
    hollow: dict[str, None] = {}
    lines: list[str] = []
    for main, *others in found:
        statuses = [row["status"] for row in series.rows_of([main])]
        hollow |= dict.fromkeys(status for status in statuses if status != "actual")
        for one in others:
            shown = series.rows_of([one])
            years = listed([str(year) for year in one.years])
            drawn = "▨" if part_of(one) and set(one.years) - set(main.years) else "○"
            drawn = "●" if drawn == "○" and series.solid(shown) else drawn
            scope = one.scope or "scope not stated"
            lines.append(f"{drawn} {years}: {scope} ({series.statuses(shown)})")
    if hollow:
        lines.insert(0, f"□ ○ hollow: {' or '.join(hollow)}")
    return "<br>".join(series.fitting(line, width) for line in lines)
