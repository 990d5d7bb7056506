"""How big the pipelines are: capacity by destination, planned apart from working, and deliveries.

Only what is in the unit of the case's gas is drawn, each line with its own; the table has every
figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import pipelines, series
from geodash.charts.capacitywords import describe
from geodash.charts.marks import Look, Marks
from geodash.charts.pipelines import INSIDE, Line, Row, during, either
from geodash.geo.labels import text_size
from geodash.units import Unit, unit_of
from geodash.wording import number

#: Pixels: a bar, a line of text, a heading; what keeps lines, and labels from marks, apart; the
#: axis at the foot.
BAR, TEXT, GROUP, GAP, ASIDE, FOOT = 18, 17, 32, 12, 6, 44
#: What keeps words from the mark beside which they stand: as wide as ASIDE in letters of 12 pixels.
SPACE = "\N{EN SPACE}"
#: The least width that the bars get, on which labels must find room, on a page and on a phone.
WIDE, NARROW = 300, 336
#: Characters in a line of a name beside its bar, of a heading above it, and of what is written
#: beside a dot on a page and on a phone.
BESIDE, ABOVE, DOT = 26, 44, {False: 32, True: 24}

#: Pixels: a piece of a dashed line that is shorter shows no dashes.
DASHES = 20

HORIZONTAL = {"type": "bar", "orientation": "h"}
SCATTER = {"type": "scatter", "cliponaxis": False}
#: Looks of marks, from the back to the front.
LAYERS: Mapping[str, Look] = {
    "bars": {
        **HORIZONTAL,
        "width": BAR,
        "marker": {"line": {"width": 1}, "pattern": {"size": 7, "solidity": 0.3}},
    },
    "claims": {
        **HORIZONTAL,
        "width": 8,
        "marker": {
            "color": theme.INK,
            "line": {"color": theme.INK, "width": 1},
            "pattern": {"shape": "\\", "size": 5, "solidity": 0.3},
        },
    },
    "ranges": {**HORIZONTAL, "width": 4},
    "ends": {
        **SCATTER,
        "mode": "markers",
        "marker": {"symbol": "line-ns", "size": BAR, "line": {"width": 3}},
    },
    "leaders": {
        **SCATTER,
        "mode": "lines",
        "line": {"color": theme.INK, "width": 1},
        "hoverinfo": "skip",
    },
    "deliveries": {
        **SCATTER,
        "mode": "markers",
        "marker": {"size": 9, "color": theme.INK, "line": {"color": theme.PAPER, "width": 1.5}},
    },
    "across": {
        **SCATTER,
        "mode": "lines",
        "line": {"color": theme.ACCENT, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    },
    "words": {**SCATTER, "mode": "text", "hoverinfo": "skip"},
}


@dataclass
class Drawing:
    """Marks and words gathered on the way down the chart; y counts pixels from its top."""

    pixels: float  # for one of the unit
    width: float
    unit: Unit
    y: float = 0
    marks: Marks = field(default_factory=Marks)
    over: float = 0  # pixels by which words reach beyond the widest bar
    before: float = 0  # pixels that words take before the bars
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)  # of the words

    def mark(self, layer: str, rows: list[Row], **values: object) -> None:
        """Add a mark with the refs of its rows and a tooltip made of them."""
        refs = " ".join(row["ref"] for row in rows)
        self.marks.add(layer, customdata=refs, hovertext=series.hover(rows), **values)

    def write(
        self,
        words: str,
        x: float,
        y: float,
        *,
        side: str = "right",
        colour: str = theme.INK,
        size: int = 12,
    ) -> None:
        """Write words on a side of a place; they are markup already."""
        look = {"textposition": f"middle {side}", "textfont_size": size, "textfont_color": colour}
        self.marks.add("words", x=x, y=y, text=words, **look)
        width, height = text_size(words, size=size)
        left = x * self.pixels - {"right": 0, "center": width / 2, "left": width}[side]
        self.boxes.append((left, y - height / 2, left + width, y + height / 2))

    def label(
        self, words: str, x: float, y: float, *, before: bool = False, colour: str = theme.INK
    ) -> None:
        """Write markup after a mark, or before it where it may stand and has no room after."""
        lines = words.split("<br>")
        needed = text_size(words, size=12)[0] + ASIDE
        beyond = x * self.pixels + needed - self.width
        if before and beyond > self.over and x * self.pixels > needed:
            words = "<br>".join(line + SPACE for line in lines)
            self.write(words, x, y, side="left", colour=colour)
        else:
            self.over = max(self.over, beyond)
            self.write("<br>".join(SPACE + line for line in lines), x, y, colour=colour)

    def name(self, words: str, y: float) -> None:
        """Write markup before the bars."""
        self.before = max(self.before, text_size(words, size=12)[0] + ASIDE)
        words = "<br>".join(line + SPACE for line in words.split("<br>"))
        self.write(words, 0, y, side="left")

    def carry(self, x: float) -> None:
        """Carry a value down the chart, but not through words."""
        at = x * self.pixels
        crossed = sorted(
            (top, bottom) for left, top, right, bottom in self.boxes if left < at < right
        )
        upper = [TEXT, *(bottom for _, bottom in crossed)]
        lower = [*(top for top, _ in crossed), self.y]
        for top, bottom in zip(upper, lower, strict=True):
            if bottom - top >= DASHES:
                for y in (top, bottom, None):
                    self.marks.add("across", x=x, y=y)


def capacity_bars(case: Case, *, narrow: bool = False) -> go.Figure:
    """Draw the capacity of each gas pipeline as a bar, grouped by destination.

    Planned lines are hatched, working ones solid, stopped ones hollow; what is planned beyond an
    actual capacity is hatched too; a claim is a thin hatched bar with the name of who makes it;
    where sources disagree, a thin bar joins their values. The dashed line carries the first
    planned capacity of the figures table across.

    Parameters
    ----------
    narrow
        Draw it for a phone: names above the bars instead of beside them.
    """
    lines = pipelines.lines(case)
    if not lines:
        return theme.empty_figure(describe(case))
    focus = pipelines.focus(lines)
    most = max(row["value"] for line in lines for row in line.drawn)
    width = NARROW if narrow else WIDE
    unit = unit_of(case)
    drawing = Drawing(pixels=width / most, width=width, unit=unit, y=TEXT if focus else 0)
    for destination in dict.fromkeys(line.destination for line in lines):
        heading = destination if destination == INSIDE else f"To {destination}"
        words = f"<b>{theme.text(heading)}</b>"
        drawing.write(words, 0, drawing.y + GROUP * 0.6, size=13)
        drawing.y += GROUP
        for line in lines:
            if line.destination == destination:
                _draw(drawing, line, accent=line is focus, narrow=narrow)
    if focus:
        drawing.carry(focus.size)
        at = focus.size / most
        side = "right" if at < 0.4 else "left" if at > 0.7 else "center"
        words = theme.text(f"{focus.name}: {number(focus.size)} {unit.rate}")
        drawing.write(words, focus.size, TEXT / 2, side=side, colour=theme.ACCENT)
    return _figure(drawing, most, narrow=narrow)


def _draw(drawing: Drawing, line: Line, *, accent: bool, narrow: bool) -> None:
    colour = theme.ACCENT if accent else theme.INK
    sizes = f"{either(line.capacities or line.claims)}, {line.word}"
    sizes += f"; {either(line.increases)} planned" if line.increases else ""
    if narrow:
        words = theme.wrapped(f"{line.name}: {sizes}", width=ABOVE)
        height = TEXT * (1 + words.count("<br>"))
        drawing.write(words, 0, drawing.y + height / 2, colour=colour)
        drawing.y += height + 2
    else:
        drawing.name(theme.wrapped(line.name, width=BESIDE), drawing.y + BAR / 2)
    middle = drawing.y + BAR / 2
    if line.capacities:
        _draw_capacity(drawing, line, middle, accent=accent)
        if not narrow:
            # Beside a dot, a bare number would pass for the dot's.
            words = f"capacity {sizes}" if line.deliveries else sizes
            end = max(row["value"] for row in line.drawn if row not in line.claims)
            drawing.label(theme.text(words), end, middle, colour=colour)
        drawing.y += BAR + 2
    for claim in line.claims:
        _draw_claim(drawing, claim, narrow=narrow)
    # The larger value has its words above, so that no leader line runs through them.
    for rows in sorted(line.deliveries, key=lambda rows: -pipelines.values(rows)[-1]):
        _draw_deliveries(drawing, line, rows, middle, narrow=narrow)
    drawing.y += GAP


def _draw_capacity(drawing: Drawing, line: Line, y: float, *, accent: bool) -> None:
    strong = theme.ACCENT if accent else theme.MUTED
    planned = (strong, strong, "/")
    looks = {"planned": planned, "working": (theme.NEUTRAL, theme.NEUTRAL, "")}
    look = looks.get(line.look, (theme.PAPER, theme.NEUTRAL, ""))
    _draw_values(drawing, line.capacities, 0, y, look, strong)
    end = pipelines.values(line.capacities)[-1]
    more = [row for row in line.increases if row["value"] > end]
    if more:
        _draw_values(drawing, more, end, y, planned, strong)


def _draw_values(
    drawing: Drawing,
    rows: list[Row],
    base: float,
    y: float,
    look: tuple[str, str, str],
    strong: str,
) -> None:
    """Draw a bar from a base to the smallest of some values, and joined to it the others."""
    fill, edge, pattern = look
    low, *others = pipelines.values(rows)
    colours = {"marker_color": fill, "marker_line_color": edge, "marker_pattern_shape": pattern}
    drawing.mark("bars", rows, x=low - base, base=base, y=y, **colours)
    for value in others:
        drawing.mark(
            "ends",
            [row for row in rows if row["value"] == value],
            x=value,
            y=y,
            marker_line_color=strong,
        )
    if others:
        span = {"x": others[-1] - low, "base": low, "marker_color": strong}
        drawing.mark("ranges", rows, y=y, **span)


def _draw_claim(drawing: Drawing, claim: Row, *, narrow: bool) -> None:
    words = f"{number(claim['value'])} claimed by {claim['asserted_by'] or 'someone not named'}"
    if narrow:
        drawing.write(theme.text(words), 0, drawing.y + TEXT / 2)
        drawing.y += TEXT
    y = drawing.y + (TEXT - 2) / 2
    drawing.mark("claims", [claim], x=claim["value"], y=y)
    if not narrow:
        drawing.label(theme.text(words), claim["value"], y)
    drawing.y += TEXT


def _draw_deliveries(
    drawing: Drawing, line: Line, rows: list[Row], bar: float, *, narrow: bool
) -> None:
    found = pipelines.values(rows)
    for value in found:
        # Each of several values opens all of them.
        drawing.mark("deliveries", rows, x=value, y=bar)
    if len(found) > 1:
        span = {"x": found[-1] - found[0], "base": found[0], "marker_color": theme.INK}
        drawing.mark("ranges", rows, y=bar, **span)
    words = f"{either(rows)} {drawing.unit.amount}{during(rows[0]['period'])}"
    # More than a line can carry asks for what is counted.
    if found[-1] > max(pipelines.values(line.capacities), default=0) and rows[0]["scope"]:
        words += f" ({rows[0]['scope']})"
    words = theme.wrapped(words, width=DOT[narrow])
    height = TEXT * (1 + words.count("<br>"))
    y = drawing.y + height / 2
    for end in (bar, y, None):
        drawing.marks.add("leaders", x=found[-1], y=end)
    drawing.label(words, found[-1], y, before=True)
    drawing.y += height


def _figure(drawing: Drawing, most: float, *, narrow: bool) -> go.Figure:
    right, left = 8 + round(drawing.over), 1 + round(drawing.before)
    unit = drawing.unit
    axis = (f"{unit.rate_name};", f"● {unit.amount} delivered in a year")
    title = "<br>".join(theme.wrapped(words, width=ABOVE) for words in axis)
    foot = FOOT + TEXT * title.count("<br>")
    layout = {
        "template": theme.TEMPLATE,
        "height": round(drawing.y) + foot + 8,
        "margin": {"l": left, "r": right, "t": 8, "b": foot},
        "barmode": "overlay",
        "xaxis": {
            "range": [0, most * 1.01],
            "title": {"text": title, "standoff": 4},
            "tickfont": {"size": 12, "color": theme.MUTED},
            "nticks": 6 if narrow else 10,
        },
        "yaxis": {"range": [drawing.y, 0], "visible": False},
    }
    return theme.figure(drawing.marks.traces(LAYERS), layout)
