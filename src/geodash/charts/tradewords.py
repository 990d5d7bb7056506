"""How oil and trade grew, in words and as a table."""

from __future__ import annotations

import re

import pandas as pd

from geodash.case import Case
from geodash.charts import series
from geodash.charts.pipelines import Row
from geodash.charts.series import Series
from geodash.wording import MONTHS

HEADING = "How did oil and trade grow?"

LEAD = (
    "Russian crude oil to China, and trade in goods between Russia and China, by year; "
    "Mt: million tonnes, bn: billion (thousand million)"
)

#: What is drawn: subject and measure of each panel.
OIL, GOODS = (
    ("Russian crude oil to China", "deliveries"),
    ("Trade between Russia and China", "value"),
)

#: A scope that covers a part of its year: the first and the last month.
PART = re.compile(rf"\b({'|'.join(MONTHS)}) to ({'|'.join(MONTHS)}) only\b")


def describe(case: Case) -> str:
    """Say how much each grew from its first to its last whole year, from the rows shown."""
    found = read_panels(case)
    if not found:
        return "No yearly figure of oil or trade between Russia and China is shown."
    return " ".join(" ".join(_told(scopes)) for scopes in found)


def note(case: Case) -> str:
    """Say what the columns include and how values that differ are drawn."""
    found = read_panels(case)
    scopes = [f"{main.subject}: {main.scope}" for main, *_ in found if main.scope]
    sentences = [f"What the columns include: {'; '.join(scopes)}."] if scopes else []
    if any(len(rows) > 1 for scopes in found for rows in whole_years(scopes).values()):
        sentences.append(
            "Where several values stand for one year, the column is as high as the one that the "
            "table states first, and a bar joins all of them; no average is taken."
        )
    return " ".join(sentences)


def table(case: Case) -> pd.DataFrame:
    """List the figures of oil and trade, those also that are not drawn.

    Returns
    -------
    pandas.DataFrame
        One row per figure, indexed by ref.
    """
    tables = [series.table(case, measure, subject) for subject, measure in (OIL, GOODS)]
    return pd.concat(tables)


def read_panels(case: Case) -> list[list[Series]]:
    """Give the scopes of each panel that has any, the one with most years first."""
    found = [
        series.by_scope(series.read(case, measure, subject)) for subject, measure in (OIL, GOODS)
    ]
    return [scopes for scopes in found if scopes]


def part_of(one: Series) -> str:
    """Name the months that a scope is confined to: Jan–Sep; empty for whole years."""
    months = PART.search(one.scope)
    return f"{months[1][:3]}–{months[2][:3]}" if months else ""


def whole_years(scopes: list[Series]) -> dict[int, list[Row]]:
    """Give the rows of whole years, whatever their scope."""
    years: dict[int, list[Row]] = {}
    for one in scopes:
        for year, rows in one.years.items():
            if not part_of(one):
                years.setdefault(year, []).extend(rows)
    return years


def _told(scopes: list[Series]) -> list[str]:
    """Say from what to what a subject grew, on what sources differ, and what covers but a part."""
    main, *others = scopes
    years, unit = whole_years(scopes), main.unit
    first, last = main.first, main.last
    start = f"{main.subject}: {series.stated(main.years[first], unit)} in {first}"
    if first == last:
        sentences = [f"{start}."]
    else:
        change = main.at(last) / main.at(first) - 1 if main.at(first) else 0
        grown = f", {abs(change):.0%} {'more' if change > 0 else 'less'}" if change else ""
        sentences = [f"{start}, {series.stated(main.years[last], unit)} in {last}{grown}."]
    differing = series.disagreements(Series(main.subject, "", unit, dict(sorted(years.items()))))
    sentences += [f"Values differ for {differing}."] if differing else []
    parts = [
        f"{part_of(one)} {year}: {series.stated(rows, unit)}"
        for one in others
        if part_of(one)
        for year, rows in one.years.items()
    ]
    return sentences + ([f"Of a part of a year: {'; '.join(parts)}."] if parts else [])
