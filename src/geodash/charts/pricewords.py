"""At what price gas is sold, in words and as a table, and what a plan would be worth at it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from geodash import units
from geodash.case import Case
from geodash.charts import series
from geodash.charts.pipelines import FIGURE, Row, values
from geodash.units import UNITS
from geodash.wording import listed

HEADING = "At what price?"

LEAD = (
    "Price of Russian pipeline gas to China, and to Europe and Türkiye, by year; bn: billion "
    "(thousand million)"
)

#: What is drawn, and how it is named beside its bar.
CHINA, EUROPE = (
    "Price of Russian pipeline gas to China",
    "Price of Russian pipeline gas to Europe and Türkiye",
)

NAMES: Mapping[str, str] = {CHINA: "China", EUROPE: "Europe and Türkiye"}

#: Units of capacity and price whose product is millions of dollars a year: 10⁹ m³ at dollars for
#: 1000 m³, 10⁶ MWh at dollars for one, and so on.
MILLIONS = frozenset((unit.rate, unit.price) for unit in UNITS.values())


def describe(case: Case) -> str:
    """Compare the prices of the last year, and say what a plan would be worth, from the rows."""
    rows = read_prices(case)
    if not rows:
        return "No yearly price of Russian pipeline gas is shown."
    sentences = [_told(rows)]
    differing = [
        f"{NAMES[found[0]['subject']]} in {year} ({series.either(found)})"
        for (year, _), here in by_year(rows).items()
        for found in by_subject(here)
        if len(values(found)) > 1
    ]
    sentences += [f"Sources differ on {listed(differing)}."] if differing else []
    plan = plan_at(case, rows)
    if plan:
        last = by_subject(next(reversed(by_year(rows).values())))
        worth = " and ".join(_worth_told(found, plan) for found in last)
        sentences.append(f"By arithmetic alone, {worth}; this is not a forecast.")
    return " ".join(sentences)


def note(case: Case) -> str:
    """Say whose prices they are and how the worth of the plan is worked out."""
    rows = read_prices(case)
    scopes = list(dict.fromkeys(row["scope"] for row in rows if row["scope"]))
    sentences = [f"Prices as in: {'; '.join(scopes)}."] if scopes else []
    plan = plan_at(case, rows)
    if plan:
        sentences.append(
            f"Worth of {size_of(plan)}: the planned capacity of {plan['subject']} times the price, "
            "as if it were full and that were its price; arithmetic, not a forecast."
        )
    return " ".join(filter(None, [*sentences, units.sentence(case)]))


def table(case: Case) -> pd.DataFrame:
    """List the prices, those also that are not drawn, and the capacity that is multiplied.

    Returns
    -------
    pandas.DataFrame
        One row per figure, indexed by ref.
    """
    rows = read_prices(case)
    plan = plan_at(case, rows)
    also = [plan["id"]] if plan else []
    listing = series.table(case, "price", *NAMES, also=also)
    if plan:
        worth = {row["ref"]: f"{worth_at(row['value'], plan)} bn USD a year" for row in rows}
        told = [worth.get(ref, "") for ref in listing.index]
        listing.insert(3, f"Worth of {size_of(plan)} at this price (arithmetic)", told)
    return listing


def read_prices(case: Case) -> list[Row]:
    """Give the prices that are drawn."""
    return series.read(case, "price", *NAMES)


def by_year(rows: list[Row]) -> dict[tuple[int, str], list[Row]]:
    """Sort rows by year and scope, the earliest year first."""
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in sorted(rows, key=lambda row: int(row["period"])):
        groups.setdefault((int(row["period"]), row["scope"]), []).append(row)
    # The scopes of one year stand together.
    return dict(sorted(groups.items(), key=lambda group: group[0][0]))


def by_subject(rows: list[Row]) -> list[list[Row]]:
    """Part rows by what they are the price of, in the order of `NAMES`."""
    found = ([row for row in rows if row["subject"] == subject] for subject in NAMES)
    return [here for here in found if here]


def plan_at(case: Case, rows: list[Row]) -> Row | None:
    """Give the first planned capacity, if its unit goes with that of the prices."""
    frame = case.figures
    planned = frame[(frame["measure"] == "capacity") & (frame["status"] == "planned")]
    for record in planned[FIGURE].head(1).to_dict("records"):
        row: Row = {str(name): value for name, value in record.items()}
        if rows and (row["unit"], rows[0]["unit"]) in MILLIONS:
            return row
    return None


def size_of(plan: Row) -> str:
    """Write the capacity of the plan with its unit."""
    return f"{series.brief(plan['value'])} {plan['unit']}"


def worth_at(price: float, plan: Row) -> str:
    """Give what the plan would be worth at a price, in bn USD a year."""
    return series.brief(float(f"{plan['value'] * price / 1000:.3g}"))


def _per(unit: str) -> str:
    """Write the unit of a price in words: USD per 1,000 m³."""
    return unit.replace("/", " per ").replace("1000", "1,000")


def _told(rows: list[Row]) -> str:
    """Set the price to China against that to Europe and Türkiye, in the first and last year."""
    groups = by_year(rows)
    both = [key for key, here in groups.items() if len(by_subject(here)) == len(NAMES)]
    unit = _per(rows[0]["unit"])
    if not both:
        told = [
            f"{NAMES[found[0]['subject']]} {series.either(found)} {unit} in {year}"
            f" ({series.statuses(found)})"
            for (year, _), here in groups.items()
            for found in by_subject(here)
        ]
        return f"The price of Russian pipeline gas: {'; '.join(told)}."
    sentences = []
    for year, scope in dict.fromkeys((both[0], both[-1])):
        china, europe = by_subject(groups[year, scope])
        share = float(china[0]["value"]) / float(europe[0]["value"])
        sentences.append(
            f"In {year} the price to China was {series.either(china)} {unit} "
            f"({series.statuses(china)}), {share:.0%} of the {series.either(europe)} "
            f"({series.statuses(europe)}) to Europe and Türkiye."
        )
    return " ".join(sentences)


def _worth_told(found: list[Row], plan: Row) -> str:
    """Say what the plan would be worth at the price that stands first."""
    price = float(found[0]["value"])
    return (
        f"{size_of(plan)} at {series.brief(price)} {_per(found[0]['unit'])} (the price of "
        f"{found[0]['period']} to {NAMES[found[0]['subject']]}) would be worth about "
        f"{worth_at(price, plan)} bn USD a year"
    )
