"""Whether gas turned from Europe to China: deliveries by pipeline to both, year by year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import series
from geodash.charts.marks import Look, Marks
from geodash.charts.moments import Moment
from geodash.charts.pipelines import values
from geodash.charts.pivotwords import CHINA, EUROPE, NAMES, describe, events_of, read_deliveries
from geodash.charts.series import LEAST, TEXT, Series, YearAxis
from geodash.geo.labels import text_size
from geodash.wording import number

COLOURS: Mapping[str, str] = {EUROPE: theme.INK, CHINA: theme.ACCENT}

#: Pixels: the plot on a page and on a phone, the years below it, what keeps words from their
#: neighbours, a numbered mark, and the least room for the words of an event.
PLOT, FOOT, GAP, CIRCLE, EVENT = {False: 300, True: 240}, 28, 6, 19, 150
#: Characters in a line of a name at the end of its line.
NAME = {False: 19, True: 10}
#: Pixels from the middle of an event's mark to its words, at most.
NEAR = 12
#: What keeps words from the mark beside which they stand.
SPACE = "\N{EN SPACE}"
#: How marks of other scopes look, hollow ones too, and how far they stand from the middle of their
#: year, in years.
SHAPES = (
    ("square", "■", "□", -0.24),
    ("diamond", "◆", "◇", 0.24),
    ("triangle-up", "▲", "△", -0.42),
    ("triangle-down", "▼", "▽", 0.42),
)

SCATTER = {"type": "scatter", "cliponaxis": False}
LINES = {**SCATTER, "mode": "lines", "hoverinfo": "skip"}
THIN = {**LINES, "line": {"color": theme.RULE, "width": 1}}
MARKS = {**SCATTER, "mode": "markers"}
EVENTS = {**SCATTER, "mode": "markers+text", "yaxis": "y2"}


def _line(subject: str, **style: object) -> Look:
    return {**LINES, "line": {"color": COLOURS[subject], **style}}


#: Looks of marks, from the back to the front.
LAYERS: Mapping[str, Look] = {
    "guides": THIN,
    "drops": {**THIN, "yaxis": "y2"},
    **{f"{name} solid": _line(subject, width=2.5) for subject, name in NAMES.items()},
    **{f"{name} dashed": _line(subject, width=2, dash="dash") for subject, name in NAMES.items()},
    **{f"{name} ranges": _line(subject, width=4) for subject, name in NAMES.items()},
    "others ranges": {**LINES, "line": {"color": theme.MUTED, "width": 3}},
    # Plotly makes marks translucent in some traces unless told not to.
    "others": {**MARKS, "marker": {"size": 7, "opacity": 1, "line": {"width": 1.5}}},
    "values": {**MARKS, "marker": {"size": 8, "opacity": 1, "line": {"width": 2}}},
    "words": {**SCATTER, "mode": "text", "hoverinfo": "skip", "textfont": {"size": 12}},
    "events": {
        **EVENTS,
        "marker": {"symbol": "diamond", "size": 8, "color": theme.MUTED},
        "textposition": "middle right",
        "textfont": {"size": 12, "color": theme.INK},
    },
    "numbers": {
        **EVENTS,
        "marker": {
            "size": CIRCLE - 2,
            "color": theme.PAPER,
            "line": {"color": theme.MUTED, "width": 1},
        },
        "textposition": "middle center",
        "textfont": {"size": 11, "color": theme.INK},
    },
}


@dataclass
class Drawing:
    """Marks gathered on an axis of years.

    Attributes
    ----------
    axis
        The axis of years.
    most
        Where the axis of values ends.
    height
        Pixels of the plot.
    strip
        Pixels of the events above it.
    """

    axis: YearAxis
    most: float
    height: int
    strip: float = 0
    marks: Marks = field(default_factory=Marks)


def gas_pivot(case: Case, *, narrow: bool = False) -> go.Figure:
    """Draw Russian gas to Europe and to China by year, and events that bear on the pipelines.

    One scope of each makes a line, the one with most years; other scopes are marks of their own,
    not joined. What is not actual is hollow and its line dashed; values of one year that differ
    are joined by a bar.

    Parameters
    ----------
    narrow
        Draw it for a phone: events are numbered, and named below.
    """
    found = read_deliveries(case)
    if not found:
        return theme.empty_figure(describe(case))
    rows = series.rows_of(*found.values())
    ticks = series.ticks(max(values(rows)))
    left = round(max(text_size(number(tick), size=12)[0] for tick in ticks)) + GAP + 2
    happened = events_of(case, found)
    ends = {main.subject: _end(main, narrow=narrow) for main, *_ in found.values()}
    after = [(_after(found[subject]), _width(words)) for subject, words in ends.items()]
    after += [(x, CIRCLE if narrow else EVENT) for x, _ in happened]
    years = [int(row["period"]) for row in rows]
    axis = YearAxis(
        first=min(years),
        end=max([max(years) + 1, *(int(x) + 1 for x, _ in happened)]),
        after=after,
        page=LEAST[narrow] - left - GAP,
    )
    drawing = Drawing(axis, most=ticks[-1] * 1.04, height=PLOT[narrow])
    for scopes in found.values():
        _draw(drawing, scopes)
    _write_ends(drawing, found, ends)
    _draw_events(drawing, happened, last=max(years) + 0.5, narrow=narrow)
    key = _key(drawing, found, room=LEAST[narrow] - 2 * GAP)
    key = "<br>".join([key, *_numbered(happened if narrow else [], LEAST[narrow] - 6 * GAP)])
    return _figure(drawing, ticks, key, left)


def _draw(drawing: Drawing, scopes: list[Series]) -> None:
    """Draw a line through the values of the first scope, and marks of the others."""
    main, *others = scopes
    name = NAMES[main.subject]
    for year, after in pairwise(main.years):
        sure = series.solid(main.years[year][:1]) and series.solid(main.years[after][:1])
        dash = "solid" if sure and after == year + 1 else "dashed"
        for x, y in ((year + 0.5, main.at(year)), (after + 0.5, main.at(after)), (None, None)):
            drawing.marks.add(f"{name} {dash}", x=x, y=y)
    for order, one in enumerate(others):
        symbol, _, _, aside = _shape(order)
        _draw_values(drawing, one, "others", aside=aside, marker_symbol=symbol)
    _draw_values(drawing, main, "values", aside=0)


def _shape(order: int) -> tuple[str, str, str, float]:
    """Give the look of one of the other scopes; the last look serves all that are left."""
    return SHAPES[min(order, len(SHAPES) - 1)]


def _draw_values(
    drawing: Drawing, one: Series, layer: str, *, aside: float, **look: object
) -> None:
    """Mark every value of a scope; those of one year are joined."""
    name = NAMES[one.subject] if layer == "values" else "others"
    # Other scopes step back.
    colour = COLOURS[one.subject] if layer == "values" else theme.MUTED
    for year, rows in one.years.items():
        x, found = year + 0.5 + aside, values(rows)
        for value in found:
            filled = series.solid(series.valued(rows, value))
            colours = {
                "marker_color": colour if filled else theme.PAPER,
                "marker_line_color": colour,
            }
            told = series.hover(series.valued(rows, value), series.others(rows, value))
            # Each of several values opens all of them.
            shared = {"customdata": series.refs(rows), "hovertext": told}
            drawing.marks.add(layer, x=x, y=value, **shared, **colours, **look)
        if len(found) > 1:
            for y in (found[0], found[-1], None):
                drawing.marks.add(f"{name} ranges", x=x, y=y)


def _end(main: Series, *, narrow: bool) -> str:
    """Name a line at its end, with its last values."""
    name = main.scope.partition(":")[0] or NAMES[main.subject]
    if main.subject == CHINA:
        name = "China by Power of Siberia 1"
    value = f"<b>{theme.text(f'{series.either(main.years[main.last])} {main.unit}')}</b>"
    return f"{theme.wrapped(name, width=NAME[narrow])}<br>{value}"


def _width(words: str) -> float:
    """Give the pixels of what is written after a line, the bold value last."""
    lines = words.replace("<b>", "").replace("</b>", "").split("<br>")
    return max(text_size(SPACE + line, size=12, bold=True)[0] for line in lines) + GAP


def _write_ends(
    drawing: Drawing, found: Mapping[str, list[Series]], ends: Mapping[str, str]
) -> None:
    """Write names and last values after the lines, one clear of the other, and first values."""
    per = drawing.height / drawing.most
    mains = sorted((scopes[0] for scopes in found.values()), key=lambda one: one.at(one.last))
    heights = [series.height_of(ends[main.subject]) + GAP for main in mains]
    free = 0.0  # pixels from below that are taken
    for order, main in enumerate(mains):
        height, above = heights[order], sum(heights[order + 1 :])
        middle = min(main.at(main.last) * per, drawing.height - above - height / 2)
        middle = max(middle, free + height / 2)
        free = middle + height / 2
        words = "<br>".join(SPACE + line for line in ends[main.subject].split("<br>"))
        place = {"x": _after(found[main.subject]), "y": round(middle / per, 3), "text": words}
        colour = COLOURS[main.subject]
        drawing.marks.add("words", textposition="middle right", textfont_color=colour, **place)
    _write_starts(drawing, mains, per)


def _after(scopes: list[Series]) -> float:
    """Give the place where the marks of a line's last year end."""
    last = scopes[0].last
    beside = [_shape(order)[-1] for order, one in enumerate(scopes[1:]) if last in one.years]
    return last + 0.5 + max([0.0, *beside])


def _write_starts(drawing: Drawing, mains: Iterable[Series], per: float) -> None:
    """Write the first values of lines above them, where that keeps clear of another one."""
    taken: list[float] = []
    for main in mains:
        rows = main.years[main.first]
        middle = values(rows)[-1] * per + 8 + TEXT / 2
        if main.first != main.last and all(abs(middle - other) >= TEXT for other in taken):
            taken.append(middle)
            place = {
                "x": main.first + 0.5,
                "y": round(middle / per, 3),
                "text": series.either(rows),
            }
            look = {"textposition": "middle center", "textfont_color": COLOURS[main.subject]}
            drawing.marks.add("words", **place, **look)


def _draw_events(
    drawing: Drawing, happened: list[tuple[float, Moment]], *, last: float, narrow: bool
) -> None:
    """Draw events above the plot, each in the highest row in which it crosses no other.

    Words stand to the right of their marks and lines lead down from these: what comes later
    stands below.
    """
    written, spans = [], []
    for order, (x, moment) in enumerate(happened):
        at = drawing.axis.at(x)
        if narrow:
            written.append(str(order + 1))
            spans.append((at - CIRCLE / 2, at + CIRCLE / 2 + GAP, CIRCLE))
        else:
            words = series.fitting(moment.title, drawing.axis.page - at - NEAR)
            width, height = text_size(words, size=12)
            written.append(words)
            spans.append((at, at + NEAR + width + GAP, math.ceil(height) + 1))
    tops = series.staggered(spans)
    bottoms = [top + height for top, (*_, height) in zip(tops, spans, strict=True)]
    drawing.strip = max(bottoms, default=0) + GAP * bool(bottoms)
    for (x, moment), words, top, bottom in zip(happened, written, tops, bottoms, strict=True):
        y, shared = (top + bottom) / 2, {"customdata": moment.refs, "hovertext": moment.hover}
        drawing.marks.add("numbers" if narrow else "events", x=x, y=y, text=words, **shared)
        for end in (y, drawing.strip, None):
            drawing.marks.add("drops", x=x, y=end)
        # What is written at the ends of the lines stays free.
        if x <= last:
            for value in (0, drawing.most, None):
                drawing.marks.add("guides", x=x, y=value)


def _figure(drawing: Drawing, ticks: list[float], key: str, left: int) -> go.Figure:
    inside = drawing.height + drawing.strip
    share = drawing.height / inside
    axis = drawing.axis
    right = round(axis.page - axis.width) + GAP
    foot = FOOT + series.height_of(key) + GAP
    small = {"size": 12, "color": theme.MUTED}
    layout: dict[str, Any] = {
        "template": theme.TEMPLATE,
        "height": round(inside) + GAP + foot,
        "margin": {"l": left, "r": right, "t": GAP, "b": foot, "autoexpand": False},
        "xaxis": {
            "range": [axis.first, axis.end],
            "tickvals": [year + 0.5 for year in axis.years],
            "ticktext": axis.words,
            "tickangle": 0,
            "tickfont": small,
            "showgrid": False,
        },
        "yaxis": {
            # The lowest marks keep clear of the years.
            "range": [-GAP * drawing.most / drawing.height, drawing.most],
            "domain": [0, share],
            "tickvals": ticks,
            "ticktext": [number(tick) for tick in ticks],
            "tickfont": small,
        },
        "annotations": [series.key_note(key, below=FOOT, left=left - GAP)],
    }
    if drawing.strip:
        layout["yaxis2"] = {
            "range": [drawing.strip, 0],
            "domain": [share, 1],
            "anchor": "x",
            "visible": False,
        }
    return theme.figure(drawing.marks.traces(LAYERS), layout)


def _key(drawing: Drawing, found: Mapping[str, list[Series]], *, room: float) -> str:
    """Say what the marks mean, and name other scopes."""
    rows = series.rows_of(*found.values())
    unsure = dict.fromkeys(row["status"] for row in rows if row["status"] != "actual")
    symbols = ["● actual"] * series.solid(rows) + [f"○ {' or '.join(unsure)}"] * bool(unsure)
    # A symbol and its words stay together.
    symbols = [symbol.replace(" ", "\N{NO-BREAK SPACE}") for symbol in symbols]
    lines = [f"{series.spelt(rows[0]['unit'])} a year: {', '.join(symbols)}"]
    if any(f"{name} dashed" in drawing.marks.layers for name in NAMES.values()):
        lines.append("Dashed: to or from a value that is not actual, or across years without one")
    for subject, (_, *others) in found.items():
        for order, one in enumerate(others):
            _, filled, hollow, _ = _shape(order)
            symbol = filled if series.solid(series.rows_of([one])) else hollow
            scope = one.scope or "scope not stated"
            name = "" if scope.startswith(NAMES[subject]) else f"{NAMES[subject]}: "
            lines.append(f"{symbol} {name}{scope}")
    return "<br>".join(series.fitting(line, room) for line in lines)


def _numbered(happened: list[tuple[float, Moment]], room: float) -> list[str]:
    """Name events by their numbers."""
    lines = []
    for order, (_, moment) in enumerate(happened):
        words = series.fitting(f"{order + 1} {moment.date}: {moment.title}", room)
        first, _, rest = words.partition(" ")
        lines.append(f"<b>{first}</b> {SPACE}{rest}")
    return lines
