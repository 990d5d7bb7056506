"""At what price gas is sold: to China against Europe and Türkiye, and a plan’s worth at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import series
from geodash.charts.marks import Look, Marks
from geodash.charts.pipelines import Row, values
from geodash.charts.pricewords import (
    CHINA,
    EUROPE,
    NAMES,
    by_subject,
    by_year,
    describe,
    plan_at,
    read_prices,
    size_of,
    worth_at,
)
from geodash.charts.series import LEAST, TEXT
from geodash.geo.labels import text_size
from geodash.wording import number

COLOURS: Mapping[str, str] = {CHINA: theme.ACCENT, EUROPE: theme.MUTED}


#: Pixels: a bar, what keeps words from their neighbours and years apart, the axis at the foot.
BAR, GAP, APART, FOOT = 16, 6, 14, 44
#: What keeps words from the bar beside which they stand.
SPACE = "\N{EN SPACE}"
#: What stands under the capacity above its worth.
UNDER = "at this price"
#: How the status of a price looks: whether the bar is filled, its pattern, and its symbol.
STATUSES: Mapping[str, tuple[bool, str, str]] = {
    "actual": (True, "", "■"),
    "estimate": (False, "", "□"),
    "forecast": (True, "/", "▨"),
    "planned": (True, "\\", "▧"),
    "claimed": (True, ".", "▩"),
}

SCATTER = {"type": "scatter", "cliponaxis": False}
#: Looks of marks, from the back to the front.
LAYERS: Mapping[str, Look] = {
    "bars": {
        "type": "bar",
        "orientation": "h",
        "width": BAR,
        "marker": {"line": {"width": 1.5}, "pattern": {"size": 6, "solidity": 0.3}},
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
        "marker": {
            "symbol": "line-ns",
            "size": BAR,
            "line": {"color": theme.INK, "width": 3},
        },
    },
    "worth": {**SCATTER, "mode": "text", "textfont": {"size": 12, "color": theme.MUTED}},
    "words": {**SCATTER, "mode": "text", "hoverinfo": "skip"},
}


@dataclass
class Drawing:
    """Marks and words gathered on the way down the chart; y counts pixels from its top.

    Attributes
    ----------
    room
        Pixels from the left edge of the page to the column at the right, at least.
    plan
        The capacity whose worth is told, None if there is none to go with the prices.
    """

    room: float
    plan: Row | None
    y: float = 0
    marks: Marks = field(default_factory=Marks)
    before: float = 0  # pixels that names take before the bars
    # Ends of bars, and pixels of words after each.
    needed: list[tuple[float, float]] = field(default_factory=list)

    def write(
        self, words: str, y: float, *, x: float = 0, side: str = "right", **look: object
    ) -> None:
        """Write words on a side of a place; they are markup already."""
        style = {"textfont_size": 12, "textfont_color": theme.INK} | look
        self.marks.add("words", x=x, y=y, text=words, textposition=f"middle {side}", **style)

    @property
    def most(self) -> float:
        """Where the axis ends: bars and words have room before it."""
        room = self.room - self.before
        return max((x * room / max(room - pixels, 1) for x, pixels in self.needed), default=1)


def gas_prices(case: Case, *, narrow: bool = False) -> go.Figure:
    """Draw the price of Russian gas by year: to China, and to Europe and Türkiye.

    An actual price is a solid bar, an estimate a hollow one, a forecast a hatched one; where
    sources differ, a thin bar joins their values. Beside each stands what the planned capacity
    would be worth at that price.

    Parameters
    ----------
    narrow
        Draw it for a phone: names above the bars instead of beside them.
    """
    rows = read_prices(case)
    if not rows:
        return theme.empty_figure(describe(case))
    plan = plan_at(case, rows)
    column = _column(rows, plan)
    page = LEAST[narrow] - 2 * GAP
    drawing = Drawing(room=page - column, plan=plan)
    if not narrow:
        names = {NAMES[row["subject"]] for row in rows}
        drawing.before = max(text_size(name + SPACE, size=12)[0] for name in names)
    # The column of what the plan would be worth has a heading.
    drawing.y += (2 * TEXT + GAP) * bool(plan)
    scopes = {row["scope"] for row in rows}
    for order, ((year, scope), here) in enumerate(by_year(rows).items()):
        drawing.y += APART * bool(order)
        # One scope for all is told once.
        _write_head(drawing, year, scope if len(scopes) > 1 or not order else "", room=page)
        for found in by_subject(here):
            _draw(drawing, found, narrow=narrow)
    return _figure(drawing, rows, column, narrow=narrow)


def _symbols(rows: list[Row]) -> list[str]:
    found = {str(row["status"]) for row in rows}
    return [f"{symbol} {status}" for status, (*_, symbol) in STATUSES.items() if status in found]


def _worth_words(rows: list[Row], plan: Row) -> str:
    """Write what the plan would be worth at each of the prices."""
    return f"{' or '.join(dict.fromkeys(worth_at(value, plan) for value in values(rows)))} bn USD"


def _worth_heading(plan: Row) -> str:
    return f"{SPACE}<b>{theme.text(size_of(plan))}</b><br>{SPACE}{UNDER}"


def _column(rows: list[Row], plan: Row | None) -> float:
    """Give the pixels that the worth of the plan takes beside the bars."""
    if not plan:
        return 0
    found = [here for group in by_year(rows).values() for here in by_subject(group)]
    words = [size_of(plan), UNDER, *(SPACE + _worth_words(here, plan) for here in found)]
    return max(text_size(text, size=12, bold=True)[0] for text in words) + GAP


def _write_head(drawing: Drawing, year: int, scope: str, *, room: float) -> None:
    """Write a year and whose prices it has."""
    words = f"<b>{year}</b>"
    broken = series.fitting(f"{year} {scope}", room - drawing.before).replace(str(year), words, 1)
    height = series.height_of(broken)
    drawing.write(broken, drawing.y + height / 2)
    drawing.y += height + 2


def _draw(drawing: Drawing, rows: list[Row], *, narrow: bool) -> None:
    """Draw the prices of one subject, year and scope, and what the plan would be worth at them."""
    name, price = NAMES[rows[0]["subject"]], float(rows[0]["value"])
    told = theme.text(f"{series.either(rows)}, {series.statuses(rows)}")
    if narrow:
        words = series.fitting(f"{name}: {told}", LEAST[narrow] - 2 * GAP)
        height = series.height_of(words)
        drawing.write(words, drawing.y + height / 2)
        drawing.y += height
    middle = drawing.y + BAR / 2
    if not narrow:
        drawing.write(name + SPACE, middle, side="left")
        drawing.write(SPACE + told, middle, x=values(rows)[-1])
    pixels = 0 if narrow else text_size(SPACE + told, size=12)[0] + GAP
    drawing.needed.append((values(rows)[-1], pixels))
    _draw_bar(drawing, rows, price, middle)
    drawing.y += BAR + GAP


def _draw_bar(drawing: Drawing, rows: list[Row], price: float, y: float) -> None:
    colour, marks = COLOURS[rows[0]["subject"]], drawing.marks
    first = series.valued(rows, price)
    # What is known best of a value tells how it looks.
    status = next(word for word in STATUSES if word in {row["status"] for row in first})
    filled, pattern, _ = STATUSES[status]
    shared = {"customdata": series.refs(rows), "hovertext": series.hover(rows)}
    look = {
        "marker_color": colour if filled else theme.PAPER,
        "marker_line_color": colour,
        "marker_pattern_shape": pattern,
    }
    marks.add("bars", x=price, y=y, **shared, **look)
    found = values(rows)
    if len(found) > 1:
        for value in found:
            marks.add("ends", x=value, y=y, **shared)
        for x in (found[0], found[-1], None):
            marks.add("ranges", x=x, y=y)
    if drawing.plan:
        plan = drawing.plan
        refs = f"{series.refs(rows)} figures/{plan['id']}"
        words = SPACE + _worth_words(rows, plan)
        sums = [
            f"{size_of(plan)} × {number(value)} {rows[0]['unit']} = about {worth_at(value, plan)} "
            "bn USD a year"
            for value in found
        ]
        more = ("Arithmetic, not a forecast.", *sums)
        place = {"y": y, "text": words, "textposition": "middle right"}
        marks.add("worth", customdata=refs, hovertext=series.hover(rows, *more), **place)


def _figure(drawing: Drawing, rows: list[Row], column: float, *, narrow: bool) -> go.Figure:
    ticks = series.ticks(max(values(rows)), count=3 if narrow else 5)
    most, plan, unit = max(drawing.most, ticks[-1]), drawing.plan, rows[0]["unit"]
    if plan:
        drawing.write(_worth_heading(plan), TEXT, x=most, textfont_color=theme.MUTED)
        worth = drawing.marks.layers["worth"]
        worth["x"] = [most] * len(worth["y"])
    words = " \N{EN SPACE}".join(_symbols(rows))
    if plan:
        size = f"{series.brief(plan['value'])} {series.spelt(plan['unit'])}"
        told = f"Right: {size} times the price: arithmetic, not a forecast"
        words += f"<br>{series.fitting(told, LEAST[narrow] - 2 * GAP)}"
    left = GAP + round(drawing.before)
    foot = FOOT + series.height_of(words) + GAP
    layout = {
        "template": theme.TEMPLATE,
        "height": round(drawing.y) + GAP + foot,
        "margin": {"l": left, "r": GAP + round(column), "t": GAP, "b": foot, "autoexpand": False},
        "barmode": "overlay",
        "xaxis": {
            "range": [0, most],
            "title": {"text": theme.text(unit), "standoff": 4},
            "tickfont": {"size": 12, "color": theme.MUTED},
            "tickvals": ticks,
            "tickformat": ",",
            "showgrid": False,
            "showline": True,
            "linecolor": theme.RULE,
        },
        "yaxis": {"range": [drawing.y, 0], "visible": False},
        "annotations": [series.key_note(words, below=FOOT, left=left - GAP)],
    }
    return theme.figure(drawing.marks.traces(LAYERS), layout)
