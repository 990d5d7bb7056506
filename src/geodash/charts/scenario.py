"""What could a planned line replace? Deliveries so far, and arithmetic on capacities.

Solid is what was delivered, hatched what follows from the capacities under what the reader
assumes; a band shows what Europe no longer gets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import series
from geodash.charts.marks import Look, Marks
from geodash.charts.pipelines import Row, values
from geodash.charts.scenariowords import describe, lost
from geodash.charts.series import LEAST
from geodash.charts.volumes import BEFORE, RAMP, START, UTILISATION, Scenario, Share, work_out
from geodash.geo.labels import text_size
from geodash.wording import number

#: Pixels: the plot, on a page and on a phone; what keeps words from their neighbours; the years
#: at the foot; from one year that is named to the next at least.
HEIGHT = {False: 330, True: 360}
GAP, FOOT, APART = 6, 32, 40
#: Characters in a line of the words beside the plot, on a page and on a phone, where longer words
#: get a little more.
BESIDE, LONGEST = {False: 28, True: 15}, 18
#: What keeps words from the bar beside which they stand.
SPACE = "\N{EN SPACE}"
#: Width of a bar in years.
BAR = 0.8

COLUMN = {"type": "bar", "width": BAR, "marker": {"line": {"width": 1}}}
SCATTER = {"type": "scatter", "cliponaxis": False}
#: Looks of marks, from the back to the front.
LAYERS: dict[str, Look] = {
    "lost": {
        **SCATTER,
        "mode": "lines",
        "fill": "toself",
        "fillcolor": theme.RULE,
        "line": {"color": theme.MUTED, "width": 1.5},
        "hoverinfo": "skip",
    },
    "delivered": COLUMN,
    # The arithmetic of each line follows here.
    "between": {
        **COLUMN,
        "marker": {
            "color": theme.INK,
            "line": {"width": 1, "color": theme.INK},
            "pattern": {"shape": ".", "size": 4, "solidity": 0.3},
        },
        "hovertemplate": "<b>Together in %{x}</b><br>%{hovertext}, as sources differ<br>"
        "Arithmetic, not a forecast<extra></extra>",
    },
    "ranges": {"type": "bar", "width": 0.25, "marker": {"color": theme.INK}},
    "labels": {**SCATTER, "mode": "text", "textposition": "middle right"},
    "words": {**SCATTER, "mode": "text", "textposition": "top right", "hoverinfo": "skip"},
}
#: How the arithmetic of a line looks, but for its colour.
HATCHED: Look = {"line": {"width": 1}, "pattern": {"shape": "/", "size": 5, "solidity": 0.3}}


@dataclass(frozen=True)
class Label:
    """Words beside the plot, at the height of what they name."""

    words: str
    at: float
    refs: str
    hover: str
    colour: str = theme.INK
    bold: bool = False

    @property
    def lines(self) -> str:
        """Its lines, each apart from the plot."""
        return "<br>".join(SPACE + line for line in self.words.split("<br>"))

    @property
    def width(self) -> float:
        """Pixels of its longest line."""
        return text_size(self.lines, size=12, bold=self.bold)[0]

    @property
    def markup(self) -> str:
        """Its lines as the chart writes them."""
        return f"<b>{self.lines}</b>" if self.bold else self.lines

    @property
    def height(self) -> int:
        """Pixels of its lines."""
        return series.height_of(self.words)


def scenario(
    case: Case,
    *,
    start: int = START,
    ramp: int = RAMP,
    utilisation: float = UTILISATION,
    lines: Sequence[str] | None = None,
    narrow: bool = False,
) -> go.Figure:
    """Draw what lines from Russia to China carried and would carry, against what Europe lost.

    Parameters
    ----------
    start, ramp, utilisation, lines
        What is assumed; see `geodash.charts.volumes.work_out`.
    narrow
        Draw it for a phone.

    Raises
    ------
    ValueError
        If anything is outside of what can be assumed.
    """
    found = work_out(case, start=start, ramp=ramp, utilisation=utilisation, lines=lines)
    if not found.shares:
        return theme.empty_figure(describe(case, lines=lines))
    marks = Marks()
    _draw_loss(marks, found)
    _draw_known(marks, found)
    _draw_arithmetic(marks, found)
    return _figure(marks, found, narrow=narrow)


def _colour(found: Scenario, share: Share) -> str:
    if share.start is None:
        return theme.NEUTRAL
    return theme.ACCENT if share is found.focus else theme.MUTED


def _draw_loss(marks: Marks, found: Scenario) -> None:
    if found.loss:
        left, right = found.first - 0.5, found.end + 0.5
        low, high = found.loss.low, found.loss.high
        corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
        for x, y in corners:
            marks.add("lost", x=x, y=round(y, 3))


def _draw_known(marks: Marks, found: Scenario) -> None:
    """Draw what was delivered, year by year; where sources differ, a thin bar joins them."""
    for year in range(found.first, found.now + 1):
        base = 0.0
        for share in found.shares:
            rows = share.known.get(year)
            if rows:
                low, *others = values(rows)
                shared = {
                    "x": year,
                    "customdata": series.refs(rows),
                    "hovertext": series.hover(rows),
                }
                colour = _colour(found, share)
                look = {"marker_color": colour, "marker_line_color": colour}
                marks.add("delivered", y=low, base=base, **shared, **look)
                if others:
                    marks.add("ranges", y=round(others[-1] - low, 3), base=base + low, **shared)
                base += low


def _draw_arithmetic(marks: Marks, found: Scenario) -> None:
    """Draw what the lines would carry: the least of each, and above all the span of the sum."""
    differing = [row for share in found.shares for row in _differing(share)]
    for year in range(found.now + 1, found.end + 1):
        base = 0.0
        for share in found.shares:
            low = found.carried(share, year)[0]
            if low:
                marks.add(
                    _layer(share),
                    x=year,
                    y=round(low, 3),
                    base=round(base, 3),
                    customdata=series.refs(share.capacities),
                    hovertext=_worked_out(found, share, year),
                )
                base += low
        sums = found.sums(year)
        if len(sums) > 1:
            marks.add(
                "between",
                x=year,
                y=round(sums[-1] - sums[0], 3),
                base=round(sums[0], 3),
                customdata=series.refs(differing),
                hovertext=f"{found.either(sums)} {found.unit.rate}",
            )


def _layer(share: Share) -> str:
    return f"line {share.line.id}"


def _differing(share: Share) -> list[Row]:
    return share.capacities if len(values(share.capacities)) > 1 else []


def _worked_out(found: Scenario, share: Share, year: int) -> str:
    told = f"{found.either(found.carried(share, year))} {found.unit.rate}"
    return f"{told}, {found.part(share, year):.0%} of {found.either(values(share.capacities))}"


def _looks(found: Scenario) -> dict[str, Look]:
    """Give the looks of all layers, from the back to the front."""
    looks: dict[str, Look] = {}
    for name, look in LAYERS.items():
        if name == "between":
            looks |= {_layer(share): _look(found, share) for share in found.shares}
        looks[name] = look
    return looks


def _look(found: Scenario, share: Share) -> Look:
    """Give the look of a line's arithmetic; its words travel once, not with each year."""
    colour = _colour(found, share)
    heading = f"<b>{theme.wrapped(share.line.name)}, %{{x}}</b>"
    words = f"{heading}<br>%{{hovertext}}<br>Arithmetic, not a forecast<extra></extra>"
    line = {**HATCHED["line"], "color": colour}
    return {
        **COLUMN,
        "marker": {**HATCHED, "color": colour, "line": line},
        "hovertemplate": words,
    }


def _labels(found: Scenario, *, narrow: bool) -> list[Label]:
    """Name the lines, their sum and the loss, from the foot of the plot to its top."""
    names = " ".join(share.line.name for share in found.shares).split()
    width = max(BESIDE[narrow], min(max(map(len, names)), LONGEST))
    labels, base = [], 0.0
    for share in found.shares:
        carried = found.carried(share, found.end)
        colour = _colour(found, share)
        labels.append(
            Label(
                theme.wrapped(f"{share.line.name}: {found.either(carried)}", width=width),
                base + carried[0] / 2,
                series.refs(share.capacities),
                series.hover(share.capacities),
                theme.INK if colour == theme.NEUTRAL else colour,
            )
        )
        base += carried[0]
    sums = found.sums(found.end)
    rows = [row for share in found.shares for row in share.capacities]
    words = f"{found.either(sums)} {found.unit.rate} from {found.full}"
    hover = theme.hover(
        f"Together from {found.full}: {found.either(sums)} {found.unit.rate}",
        *(f"{share.line.name}: {found.either(values(share.capacities))}" for share in found.shares),
        "Arithmetic, not a forecast.",
    )
    wrapped = theme.wrapped(words, width=width)
    labels.append(Label(wrapped, sums[-1], series.refs(rows), hover, bold=True))
    if found.loss:
        rows = [*found.loss.before, *found.loss.after]
        words = f"lost in Europe, {BEFORE} to {found.loss.year}: {lost(found)} {found.unit.amount}"
        at = (found.loss.low + found.loss.high) / 2
        wrapped = theme.wrapped(words, width=width)
        labels.append(Label(wrapped, at, series.refs(rows), series.hover(rows)))
    return labels


def _apart(labels: Sequence[Label], pixels: float, room: float) -> list[tuple[Label, float]]:
    """Give each label its height in pixels, as near to what it names as the others let it.

    Parameters
    ----------
    pixels
        Pixels of one of the unit.
    room
        Pixels from the foot of the plot that labels have.
    """
    ordered = sorted(labels, key=lambda label: label.at)
    middles: list[float] = []
    below = 0.0
    for label in ordered:
        middles.append(max(label.at * pixels, below + label.height / 2))
        below = middles[-1] + label.height / 2
    above = room
    for place in range(len(ordered) - 1, -1, -1):
        half = ordered[place].height / 2
        middles[place] = min(middles[place], above - half)
        above = middles[place] - half
    return list(zip(ordered, middles, strict=True))


def _figure(marks: Marks, found: Scenario, *, narrow: bool) -> go.Figure:
    labels, height = _labels(found, narrow=narrow), HEIGHT[narrow]
    known = [values(rows)[-1] for share in found.shares for rows in share.known.values()]
    ticks = series.ticks(max(*(label.at for label in labels), *known))
    most = max(*(label.at for label in labels), *known) * 1.06
    for label, middle in _apart(labels, height / most, height - GAP):
        marks.add(
            "labels",
            x=found.end + 0.5,
            y=round(middle / height * most, 3),
            text=label.markup,
            customdata=label.refs,
            hovertext=label.hover,
            textfont_color=label.colour,
            textfont_size=12,
        )
    left = 2 * GAP + max(text_size(number(tick), size=12)[0] for tick in ticks)
    beside = GAP + max(label.width for label in labels)
    page = LEAST[narrow] - left
    unit = series.fitting(found.unit.rate_name, page - GAP)
    look = {"textfont_size": 12, "textfont_color": theme.MUTED}
    marks.add("words", x=found.first - 0.6, y=most, text=unit, **look)
    pixels = (page - beside) / (found.end - found.first + 1)
    if pixels * (found.now - found.first + 1) > text_size("delivered", size=12)[0]:
        marks.add("words", x=found.first - 0.6, y=max(known), text="delivered", **look)
    top = series.height_of(unit) + 2 * GAP
    layout = {
        "template": theme.TEMPLATE,
        "height": height + top + FOOT,
        "margin": {"l": round(left), "r": round(beside), "t": top, "b": FOOT},
        "barmode": "overlay",
        "xaxis": {
            "range": [found.first - 0.6, found.end + 0.5],
            "tickvals": _years(found, pixels),
            "tickfont": {"size": 12, "color": theme.MUTED},
            # Away from the zero of the other axis.
            "ticklabelstandoff": 6,
            "showgrid": False,
        },
        "yaxis": {
            "range": [0, most],
            "tickvals": [tick for tick in ticks if tick <= most],
            "ticktext": [number(tick) for tick in ticks if tick <= most],
            "tickfont": {"size": 12, "color": theme.MUTED},
        },
    }
    return theme.figure(marks.traces(_looks(found)), layout)


def _years(found: Scenario, pixels: float) -> list[int]:
    """Give the years that are named: each fifth or tenth, by the pixels of a year."""
    step = 5 if 5 * pixels >= APART else 10
    return [year for year in range(found.first, found.end + 1) if year % step == 0]
