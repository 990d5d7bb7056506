"""A stretch of time drawn to scale: events by name, positions counted or one by one."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geodash import theme
from geodash.charts.marks import Look, Marks
from geodash.charts.moments import BUSIEST, DAY, SAID, WEEK, Moment, Stretch
from geodash.geo.labels import text_size
from geodash.wording import MONTHS, counted, short_date, written_date

#: How a source gives a position: symbol of Plotly, and the character that stands for it in the key.
TYPES: Mapping[str, tuple[str, str]] = {
    "direct_quote": ("circle", "●"),
    "indirect_speech": ("circle-open", "○"),
    "joint_statement": ("square", "■"),
    "third_outlet": ("square-open", "□"),
    "analyst_comment": ("triangle-up", "▲"),
    "outlet_wording": ("triangle-up-open", "△"),
}
#: Events that are deeds, and events that are words.
DEED, WORD = ("diamond", "◆"), ("diamond-open", "◇")

#: Pixels: a line of text, what keeps rows apart, an event, a dot with its surroundings, the strip
#: of counts and the least height in it.
TEXT, GAP, MARK, DOT, STRIP, THIN = 16, 6, 11, 14, 48, 4
#: The least width of a panel on which words must find room, and the width for which dots are
#: spaced, on a page and on a phone.
ROOM, SPACING = {False: 420, True: 336}, {False: 700, True: 336}
#: A character of a label, in pixels; the share of the width that is too little for words.
CHARACTER, LITTLE_ROOM = 7, 0.35
#: Rows of dots before they are counted instead.
MOST_ROWS = 6
#: What keeps words from the place beside which they stand, from the mark to which they belong,
#: from which Plotly itself keeps them a little away, and names of rows from the rows.
SPACE, NEAR, BESIDE = "\N{EM SPACE}", "\N{FOUR-PER-EM SPACE}", "\N{EN SPACE}"
#: A time axis of fewer days names Mondays; a longer one names months in one of these steps.
FEW_DAYS, STEPS = 60, (1, 3, 12, 24, 60, 120, 600)

SCATTER = {"type": "scatter", "cliponaxis": False}
#: Plotly makes marks of several sizes translucent unless told not to.
MARKER = {"line": {"width": 1.5}, "opacity": 1}
#: Looks of marks, from the back to the front.
LAYERS: Mapping[str, Look] = {
    "counts": {
        "type": "bar",
        "marker": {"color": theme.NEUTRAL, "line": {"color": theme.NEUTRAL, "width": 1.5}},
    },
    "tops": {**SCATTER, "mode": "markers", "marker": MARKER},
    "spans": {"type": "bar", "orientation": "h", "width": 3},
    "events": {**SCATTER, "mode": "markers+text", "marker": MARKER, "textfont": {"size": 12}},
    "positions": {**SCATTER, "mode": "markers", "marker": MARKER},
    "words": {**SCATTER, "mode": "text", "textfont": {"size": 12}},
    "names": {
        **SCATTER,
        "mode": "text",
        "textfont": {"size": 12},
        "textposition": "middle left",
        "hoverinfo": "skip",
    },
}


@dataclass
class Panel:
    """A stretch of time drawn to scale; x counts days from its start, y pixels from its top.

    Attributes
    ----------
    stretch
        What it shows.
    colours
        Colours of parties.
    narrow
        Whether it is for a phone.
    y
        How far down it is drawn.
    before
        Pixels that names of rows take before it.
    marks
        What is drawn.
    """

    stretch: Stretch
    colours: Mapping[str, str]
    narrow: bool
    y: float = GAP
    before: float = 0
    marks: Marks = field(default_factory=Marks)

    @property
    def days(self) -> float:
        """Its length."""
        return self._at(self.stretch[1])

    @property
    def head(self) -> int:
        """Pixels above it for its dates."""
        return GAP + TEXT * (2 if self.narrow and self.days <= WEEK else 1)

    def draw_event(self, moment: Moment, *, dated: bool) -> None:
        """Draw an event on a line of its own: a mark on its day, its words where there is room."""
        colour = theme.ACCENT if moment.kind == BUSIEST else self._colour(moment)
        start, end = self._at(moment.start), min(self._at(moment.end), self.days)
        day, lasts = start + 0.5, not moment.exact or end - start > 1
        first, last = (start, end) if lasts else (day, day)
        after, room = self.days - last >= first, max(self.days - last, first)
        # A bar that leaves no room on either side has its words above.
        above = room < LITTLE_ROOM * self.days
        if above:
            last, after, room = first, True, self.days - first
        room = ROOM[self.narrow] * room / self.days
        space = SPACE if lasts else NEAR
        words = _words(moment, room=room, after=after, dated=dated, space=space)
        height = TEXT * (1 + words.count("<br>"))
        ink = colour if moment.kind == BUSIEST else theme.INK
        middle = self.y + height / 2
        here = {"y": self.y + height + MARK / 2 if above else middle, "hovertext": moment.hover}
        if lasts:
            at = {"x": last if after else first, "y": middle, "textfont_color": ink}
            self._write([moment], words, after=after, hovertext=moment.hover, **at)
            self._add("spans", [moment], base=start, x=end - start, marker_color=colour, **here)
        if moment.exact:
            symbol, _ = WORD if moment.kind in SAID else DEED
            label = {"text": "" if lasts else words, "textposition": _side(after)}
            here |= {"x": day, "textfont_color": ink}
            self._mark("events", [moment], symbol, colour, MARK, **label, **here)
        self.y += height + MARK * above + GAP

    def draw_counts(self, said: list[Moment]) -> None:
        """Draw how many positions fall on each day, and name the most.

        Where the day is not known, a thin bar covers the month or year.
        """
        together: dict[Stretch, list[Moment]] = {}
        for moment in said:
            together.setdefault((moment.start, moment.end), []).append(moment)
        # A day that is known goes before a month, however many it has.
        most = max(together.values(), key=lambda found: (found[0].exact, len(found)))
        self.y += STRIP + TEXT
        if not self.narrow:
            self._name("Positions", self.y - STRIP / 2)
        for (start, end), found in together.items():
            days, exact = (end - start) / DAY, found[0].exact
            height = max(THIN, STRIP * len(found) / len(most)) if exact else THIN
            words = f"{counted(len(found), 'position')}, {found[0].written}"
            place = {"x": self._at(start) + days / 2, "hovertext": theme.hover(words)}
            self._add("counts", found, width=days, y=-height, base=self.y, **place)
            if exact:
                # The bar of a day may be too thin to point at.
                self._mark("tops", found, "circle", theme.NEUTRAL, 5, y=self.y - height, **place)
            if found is most:
                above = self.y - height + (TEXT / 2 if exact else -TEXT)
                self._beside(found, words, self._at(start), above)
        self.y += GAP

    def draw_lane(self, name: str, lane: list[Moment]) -> None:
        """Draw the positions of a party: day by day, in rows from the left."""
        in_a_row = max(1, int(SPACING[self.narrow] / self.days / DOT))
        by_day: dict[float, list[Moment]] = {}
        order = list(TYPES)
        for moment in sorted(lane, key=lambda moment: order.index(moment.kind)):
            by_day.setdefault(self._at(moment.start), []).append(moment)
        rows = {day: math.ceil(len(found) / in_a_row) for day, found in by_day.items()}
        height = DOT * max(1 if many > MOST_ROWS else many for many in rows.values())
        top = self._named(name, lane, height)
        for day, found in by_day.items():
            if rows[day] > MOST_ROWS:
                self._draw_many(found, day + 0.5, top + height / 2)
                continue
            for place, moment in enumerate(found):
                row, column = divmod(place, in_a_row)
                # The rows keep a little away from the lines between days.
                x = day + 0.04 + 0.92 * (column + 0.5) / in_a_row
                at = {"x": x, "y": top + (row + 0.5) * DOT, "hovertext": moment.hover}
                symbol, _ = TYPES[moment.kind]
                self._mark("positions", [moment], symbol, self._colour(moment), 9, **at)
        self.y = top + height + GAP

    def axes(self, suffix: str, domain: tuple[float, float]) -> dict[str, Any]:
        """Give its axes.

        Parameters
        ----------
        suffix
            What ends their names: nothing for the first panel, 2 for the second.
        domain
            From where to where it reaches, in shares of the height from the bottom.
        """
        small = {"tickfont": {"size": 12, "color": theme.MUTED}, "side": "top"}
        x = {"range": [0, self.days], "anchor": f"y{suffix}"} | small | self._ticks()
        y = {
            "range": [self.y, 0],
            "domain": list(domain),
            "anchor": f"x{suffix}",
            "visible": False,
        }
        return {f"xaxis{suffix}": x, f"yaxis{suffix}": y}

    def traces(self, suffix: str) -> list[dict[str, Any]]:
        """Give its traces, one per layer that has marks."""
        return self.marks.traces(LAYERS, xaxis=f"x{suffix}", yaxis=f"y{suffix}")

    def _at(self, time: pd.Timestamp) -> float:
        return (time - self.stretch[0]) / DAY

    def _colour(self, moment: Moment) -> str:
        """Give the colour of the only party, or that of text where there are several or none."""
        return self.colours[moment.parties[0]] if len(moment.parties) == 1 else theme.INK

    def _add(self, layer: str, shown: list[Moment], **values: object) -> None:
        refs = " ".join(dict.fromkeys(moment.refs for moment in shown))
        self.marks.add(layer, customdata=refs, **values)

    def _mark(
        self, layer: str, shown: list[Moment], symbol: str, colour: str, size: int, **at: object
    ) -> None:
        # Open symbols hide what lies behind them.
        inside = theme.PAPER if symbol.endswith("-open") else colour
        look = {"marker_color": inside, "marker_line_color": colour, "marker_size": size}
        self._add(layer, shown, marker_symbol=symbol.removesuffix("-open"), **look, **at)

    def _write(self, shown: list[Moment], words: str, *, after: bool, **at: object) -> None:
        self._add("words", shown, text=words, textposition=_side(after), **at)

    def _beside(self, shown: list[Moment], words: str, x: float, y: float) -> None:
        """Write words beside a place, on the side where there is more room."""
        after = x <= self.days / 2
        spaced = f"{SPACE}{words}" if after else f"{words}{SPACE}"
        at = {"x": x, "y": y, "hovertext": words, "textfont_color": theme.INK}
        self._write(shown, spaced, after=after, **at)

    def _name(self, words: str, y: float) -> None:
        """Name a row beside it."""
        self.marks.add("names", x=0, y=y, text=words + BESIDE)
        self.before = max(self.before, text_size(words, size=12)[0] + GAP)

    def _named(self, name: str, lane: list[Moment], height: float) -> float:
        """Name a row of that height, beside it or, on a phone, above it, and give its top."""
        top, words = self.y + GAP, theme.text(name)
        if not self.narrow:
            self._name(words, top + height / 2)
            return top
        at = {"x": 0, "y": top + TEXT / 2, "hovertext": words, "textfont_color": theme.INK}
        self._write(lane, f"<b>{words}</b>", after=True, **at)
        return top + TEXT

    def _draw_many(self, found: list[Moment], x: float, y: float) -> None:
        """Draw more positions than a day has room for as one mark with their number."""
        words = counted(len(found), "position")
        self._mark(
            "positions", found, "circle", self._colour(found[0]), 14, x=x, y=y, hovertext=words
        )
        self._beside(found, words, x, y)

    def _ticks(self) -> dict[str, Any]:
        """Name the days of a week in their middle; else the weeks, months or years that begin."""
        first, last = self.stretch
        if self.days <= WEEK:
            return self._days()
        if self.days < FEW_DAYS:
            times = list(pd.date_range(first.ceil("D"), last, freq="W-MON"))
            times = times[:: math.ceil(len(times) / (4 if self.narrow else 8)) or 1]
            # The year is given once.
            words = [short_date(time).removesuffix(f" {first.year}") for time in times]
            words[:1] = map(short_date, times[:1])
        else:
            times = _months(first, last, most=5 if self.narrow else 8)
            yearly = all(time.month == 1 for time in times)
            words = [
                written_date(time, "year") if yearly else short_date(time)[2:] for time in times
            ]
        values = [self._at(time) for time in times]
        return {"tickvals": values, "ticktext": words, "showgrid": True, "tickangle": 0}

    def _days(self) -> dict[str, Any]:
        days = [self.stretch[0] + day * DAY for day in range(round(self.days))]
        lines = {"tickvals": list(range(len(days) + 1)), "showgrid": True, "gridcolor": theme.RULE}
        if self.narrow:
            words = [f"{day.day}<br>{MONTHS[day.month - 1][:3]}" for day in days]
        else:
            words = [f"{day.day} {MONTHS[day.month - 1]}" for day in days]
        middles = [place + 0.5 for place in range(len(days))]
        return {"tickvals": middles, "ticktext": words, "showgrid": False, "minor": lines}


def _side(after: bool) -> str:
    return "middle right" if after else "middle left"


def _words(moment: Moment, *, room: float, after: bool, dated: bool, space: str) -> str:
    """Write the words of an event in lines, with a space between them and its mark."""
    date = moment.date.replace(" ", "\N{NO-BREAK SPACE}")
    width = max(16, int((room - 20) / CHARACTER))
    lines = textwrap.wrap(f"{date} {moment.title}" if dated else moment.title, width)
    lines = [space + theme.text(line) if after else theme.text(line) + space for line in lines]
    # The date begins the first line.
    lines[0] = lines[0].replace(date, f"<b>{date}</b>", 1) if dated else lines[0]
    return "<br>".join(lines)


def _months(first: pd.Timestamp, last: pd.Timestamp, *, most: int) -> list[pd.Timestamp]:
    """Give months that begin in a stretch of time, in the finest step that leaves few enough."""
    begin, end = (time.year * 12 + time.month - 1 for time in (first, last))
    step = next((step for step in STEPS if (end - begin) / step <= most), STEPS[-1])
    # The first multiple of the step after the month in which the stretch begins.
    months = range((begin // step + 1) * step, end + 1, step)
    return [pd.Timestamp(month // 12, month % 12 + 1, 1) for month in months]
