"""Yearly figures as the figures table has them: each scope by itself, year by year."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodash import theme
from geodash.case import Case
from geodash.charts import capacitywords
from geodash.charts.pipelines import Row, during, read_figures, values
from geodash.geo.labels import text_size
from geodash.units import UNITS
from geodash.wording import listed, number, plain

#: Pixels of the page, and of the phone, on which a chart must find room; wider ones have more.
LEAST: Mapping[bool, int] = {False: 600, True: 340}
#: Pixels: a line of text of 12 pixels.
TEXT = 16


@dataclass(frozen=True)
class Series:
    """Values of one subject in one scope, unit and measure.

    Attributes
    ----------
    subject, scope, unit
        What the rows have in common.
    years
        Rows by year, the earliest first; several where sources differ, in the order of the table.
    """

    subject: str
    scope: str
    unit: str
    years: Mapping[int, list[Row]]

    @property
    def first(self) -> int:
        """Its first year."""
        return next(iter(self.years))

    @property
    def last(self) -> int:
        """Its last year."""
        return max(self.years)

    def at(self, year: int) -> float:
        """Give the value of a year that the table states first."""
        return float(self.years[year][0]["value"])


@dataclass(frozen=True)
class YearAxis:
    """An axis of years on which each year begins at its number, with room for words beside it.

    Attributes
    ----------
    first, end
        Where it begins and ends.
    after
        Places on it, and pixels that words need from each of them to the right.
    page
        Pixels from its begin to the edge of the page, at least.
    """

    first: int
    end: int
    after: list[tuple[float, float]]
    page: float

    @property
    def width(self) -> float:
        """Pixels of the axis that leave all words their room."""
        whole = self.end - self.first
        room = [
            (self.page - pixels) * whole / (x - self.first)
            for x, pixels in self.after
            if x > self.first
        ]
        return min([self.page, *room])

    @property
    def years(self) -> range:
        """Its years."""
        return range(self.first, self.end)

    @property
    def words(self) -> list[str]:
        """Its years in full, or by their last digits where they have little room."""
        short = text_size("2025", size=12)[0] + 2 > self.width / len(self.years)
        return [f"’{year % 100:02}" if short else str(year) for year in self.years]

    def at(self, x: float) -> float:
        """Give pixels from its begin."""
        return (x - self.first) / (self.end - self.first) * self.width


def read(case: Case, measure: str, *subjects: str) -> list[Row]:
    """Give the rows of subjects that hold for a year.

    Those whose unit is not the one that most of them have are left aside, never converted.
    """
    frame = case.figures
    chosen = (frame["measure"] == measure) & frame["subject"].isin(subjects)
    chosen &= frame["period"].str.fullmatch(r"\d{4}").fillna(False).astype(bool)
    found = read_figures(case, frame[chosen])
    units = Counter(row["unit"] for row in found)
    return [row for row in found if row["unit"] == units.most_common(1)[0][0]]


def by_scope(rows: Iterable[Row]) -> list[Series]:
    """Sort rows of one subject by scope, the scope with most years first."""
    scopes: dict[str, list[Row]] = {}
    for row in rows:
        scopes.setdefault(row["scope"], []).append(row)
    found = [
        Series(here[0]["subject"], scope, here[0]["unit"], _by_year(here))
        for scope, here in scopes.items()
    ]
    return sorted(found, key=lambda series: -len(series.years))


def rows_of(*groups: Iterable[Series]) -> list[Row]:
    """Give the rows of series."""
    return [row for group in groups for one in group for rows in one.years.values() for row in rows]


def table(case: Case, measure: str, *subjects: str, also: Iterable[str] = ()) -> pd.DataFrame:
    """List the figures of subjects, those also that are not drawn.

    Parameters
    ----------
    also
        Ids of more figures.

    Returns
    -------
    pandas.DataFrame
        One row per figure, indexed by ref.
    """
    frame = case.figures
    chosen = (frame["measure"] == measure) & frame["subject"].isin(subjects)
    return capacitywords.table(case.replace(figures=frame[chosen | frame["id"].isin(list(also))]))


def refs(rows: Iterable[Row]) -> str:
    """Give the refs of rows with spaces between."""
    return " ".join(row["ref"] for row in rows)


def hover(rows: Iterable[Row], *more: str) -> str:
    """Write a tooltip: what is counted, each value with its evidence, and more lines."""
    rows = list(rows)
    lines: list[str] = []
    for row in rows:
        who = f", says {row['asserted_by']}" if row["asserted_by"] else ""
        value = f"{number(row['value'])} {row['unit']}{during(row['period'])}"
        value = f"{value}, {plain(row['status'])}{who}"
        lines += [": ".join(filter(None, (value, row["scope"]))), row["note"], row["source"]]
    return theme.hover(f"{rows[0]['subject']}: {rows[0]['measure']}", *lines, *more)


def solid(rows: Iterable[Row]) -> bool:
    """Whether one of the rows is no plan, claim, estimate or forecast."""
    return any(row["status"] == "actual" for row in rows)


def valued(rows: Iterable[Row], value: float) -> list[Row]:
    """Give the rows that have this value."""
    return [row for row in rows if float(row["value"]) == value]


def others(rows: list[Row], value: float) -> str:
    """Say which other values rows have: “Other values: 31 and 33 bcm”; empty if there are none."""
    differing = [brief(other) for other in values(rows) if other != value]
    return f"Other values: {listed(differing)} {rows[0]['unit']}" if differing else ""


def statuses(rows: Iterable[Row]) -> str:
    """Name the statuses of rows: “estimate or forecast”."""
    return " or ".join(dict.fromkeys(plain(row["status"]) for row in rows))


def spelt(unit: str) -> str:
    """Write a unit of gas with its words: bcm (billion cubic metres)."""
    for known in UNITS.values():
        if unit in (known.amount, known.rate):
            words = known.words + " a year" * (unit == known.rate)
            return f"{unit} ({words})"
    return unit


def brief(value: float) -> str:
    """Write a number as a label has room for it: four digits, or more if it is as large."""
    return number(round(value)) if abs(value) >= 1000 else number(float(f"{value:.4g}"))


def either(rows: Iterable[Row]) -> str:
    """Say the values of rows as labels do, all of them where they differ: 228.1 or 234."""
    return " or ".join(dict.fromkeys(map(brief, values(rows))))


def stated(rows: list[Row], unit: str) -> str:
    """Say the value that stands first and what it is: 179 bcm, or an estimated 18 bcm."""
    value = f"{brief(float(rows[0]['value']))} {unit}"
    words = {"actual": "", "estimate": "an estimated ", "claimed": "a claimed "}
    status = rows[0]["status"]
    return f"{words.get(status, f'a {status} of ')}{value}"


def changed(one: Series) -> str:
    """Say from what to what a subject went, and by how much."""
    first, last, unit = one.first, one.last, one.unit
    scope = f" ({one.scope})" if one.scope else ""
    start = stated(one.years[first], unit)
    change = one.at(last) - one.at(first)
    if not change:
        return f"{one.subject}{scope}: {start} in {first}{f' and {last}' * (first != last)}."
    return (
        f"{one.subject}{scope} {'rose' if change > 0 else 'fell'} from {start} in {first} to "
        f"{stated(one.years[last], unit)} in {last}, by {brief(abs(change))} {unit}."
    )


def disagreements(series: Series) -> str:
    """Name the years of which sources differ, with all values; empty if they agree."""
    differing = [
        f"{year} ({either(rows)} {series.unit})"
        for year, rows in series.years.items()
        if len(values(rows)) > 1
    ]
    return ", ".join(differing)


def fitting(words: str, room: float, *, size: int = 12) -> str:
    """Break text from the tables into as few lines as fit into so many pixels, safe for a chart."""
    for width in range(90, 9, -1):
        broken = theme.wrapped(words, width=width)
        if text_size(broken, size=size)[0] <= room:
            break
    return broken


def height_of(words: str, *, size: int = 12) -> int:
    """Give the pixels that lines of text take."""
    return math.ceil(text_size(words, size=size)[1])


def staggered(spans: Iterable[tuple[float, float, float]]) -> list[float]:
    """Give the tops of words, each as high as can be without crossing what stands before it.

    A line leads down from the left end of each, so what comes later must stand below.

    Parameters
    ----------
    spans
        Left end, right end and height of each in pixels, from the left to the right.
    """
    taken: list[tuple[float, float]] = []  # right end and bottom
    tops = []
    for left, right, height in spans:
        tops.append(max((bottom for end, bottom in taken if end > left), default=0.0))
        taken.append((right, tops[-1] + height))
    return tops


def ticks(most: float, *, count: int = 4) -> list[float]:
    """Give round numbers from zero to the first that is not below the largest value."""
    rough = max(most, 1e-9) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough)
    return [step * i for i in range(math.ceil(most / step - 1e-9) + 1)]


def key_note(words: str, *, below: float, left: float = 0) -> dict[str, Any]:
    """Write a key at the foot of a chart.

    Parameters
    ----------
    below
        Pixels from the lowest axis to it.
    left
        Pixels that the chart's left margin is wider than the key's.
    """
    return {
        "text": words,
        "showarrow": False,
        "align": "left",
        "font": {"size": 12, "color": theme.MUTED},
        **{"xref": "paper", "x": 0, "xanchor": "left", "xshift": -left},
        **{"yref": "paper", "y": 0, "yanchor": "top", "yshift": -below},
    }


def _by_year(rows: list[Row]) -> dict[int, list[Row]]:
    years = sorted({int(row["period"]) for row in rows})
    return {year: [row for row in rows if int(row["period"]) == year] for year in years}
