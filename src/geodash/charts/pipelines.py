"""Gas pipelines as the figures table has them: capacity, claims, deliveries, destination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from geodash.case import Case, Part
from geodash.geo.basemap import country_names
from geodash.sources import citations
from geodash.units import unit_of
from geodash.wording import number, written_date

#: The destination of a line that crosses no border.
INSIDE = "Inside one country"

#: Statuses of lines (Global Energy Monitor's words): planned, working or stopped, in plain words.
STATUSES: Mapping[str, tuple[str, str]] = {
    "proposed": ("planned", "planned"),
    "construction": ("planned", "under construction"),
    "operating": ("working", "working"),
    "idle": ("stopped", "stopped (idle)"),
    "mothballed": ("stopped", "stopped (mothballed)"),
    "shelved": ("stopped", "shelved"),
    "cancelled": ("stopped", "cancelled"),
    "retired": ("stopped", "retired"),
}
#: The destination Europe: Europe in the United Nations' M49 geoscheme, without Russia.
EUROPE = (
    "ALB AND AUT BEL BGR BIH BLR CHE CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA LIE "
    "LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU SMR SRB SVK SVN SWE UKR VAT"
)

#: What is read of each table.
FIGURE = [
    *("id", "subject", "infrastructure", "measure", "period", "value", "unit", "status", "scope"),
    *("asserted_by", "note", "source"),
]
ENTRY = ["countries", "status", "status_as_of", "start_year"]

#: A row of the figures table with its `ref`, names and citations in place of ids, and empty text
#: where it has nothing.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One pipeline that has a capacity.

    Attributes
    ----------
    id
        Its id in the infrastructure table.
    order
        Its place among the lines of the figures table.
    destination
        Name of the country where it ends, Europe, or `INSIDE`.
    look
        planned, working or stopped.
    word
        Its status in plain words.
    as_of
        The day of that status, written out.
    start
        The year of its first gas, known or planned; None if unknown.
    capacities, increases, claims
        Its capacities a year; those planned for a line that has an actual one; those that are
        claims.
    deliveries
        The deliveries that tell most, values of one period and scope together: those of the
        last period that had ended on the day of the status, and the largest of all.
    """

    id: str
    order: int
    name: str
    destination: str
    look: str
    word: str
    as_of: str
    start: int | None
    capacities: list[Row]
    increases: list[Row]
    claims: list[Row]
    deliveries: list[list[Row]]

    @property
    def size(self) -> float:
        """The capacity that is stated first."""
        return float((self.capacities or self.claims)[0]["value"])

    @property
    def drawn(self) -> list[Row]:
        """All its rows."""
        delivered = [row for rows in self.deliveries for row in rows]
        return [*self.capacities, *self.increases, *self.claims, *delivered]


def lines(case: Case) -> list[Line]:
    """Give the lines that have a capacity, group by group, the widest first in each.

    The group of the line that the case is about comes first, then the widest in sum.
    """
    return list(_lines(Part(case, "figures", "infrastructure", "actors", "sources")))


def focus(found: list[Line]) -> Line | None:
    """Give the line that the case is about: the first planned one of the figures table."""
    planned = [line for line in found if line.look == "planned" and line.capacities]
    return min(planned, key=lambda line: line.order, default=None)


def peers(found: list[Line]) -> list[Line]:
    """Give the widest line to each destination that is no plan, with deliveries if it can be."""
    built = [line for line in found if line.look != "planned" and line.capacities]
    best: dict[str, Line] = {}
    for line in sorted(built, key=lambda line: (-line.size, not line.deliveries)):
        best.setdefault(line.destination, line)
    places = dict.fromkeys(line.destination for line in found if line.destination != INSIDE)
    return [best[place] for place in places if place in best]


def values(rows: Iterable[Row]) -> list[float]:
    """Give the different values of rows, the smallest first."""
    return sorted({float(row["value"]) for row in rows})


def either(rows: Iterable[Row]) -> str:
    """Say the values of rows, all of them where they differ: 15.4 or 15.5."""
    return " or ".join(map(number, values(rows)))


def during(period: str) -> str:
    """Say when: “ in 2022”, “ on 21 March 2023”, or nothing for a design value."""
    if not period:
        return ""
    return f" {'on' if period.count('-') == 2 else 'in'} {written_date(period)}"


# A slider draws the same tables again and again.
@lru_cache(maxsize=16)
def _lines(part: Part) -> tuple[Line, ...]:
    by_line: dict[str, list[Row]] = {}
    for row in _rows(part.case):
        by_line.setdefault(row["infrastructure"], []).append(row)
    entries = {
        row["id"]: {str(key): value for key, value in row.items()}
        for row in part.case.infrastructure[["id", *ENTRY]].to_dict("records")
    }
    actors = part.case.actors
    states = actors[actors["kind"] == "state"]
    named = dict(zip(states["iso3"], states["short_name"], strict=True))
    # The case's own names come first.
    names = {**country_names(), **named}
    found = [
        _line(order, rows, entries[key], names)
        for order, (key, rows) in enumerate(by_line.items())
        if any(row["measure"] == "capacity" for row in rows)
    ]
    return tuple(_sorted(found))


def _rows(case: Case) -> list[Row]:
    """Read capacities and deliveries of gas of single lines; other units are left aside."""
    rows, unit = case.figures, unit_of(case)
    capacity = (rows["measure"] == "capacity") & (rows["unit"] == unit.rate)
    delivered = (rows["measure"] == "deliveries") & (rows["unit"] == unit.amount)
    return read_figures(case, rows[(capacity | delivered) & rows["infrastructure"].notna()])


def read_figures(case: Case, rows: pd.DataFrame) -> list[Row]:
    """Read rows of the figures table as charts tell of them; see `Row`."""
    names = dict(zip(case.actors["id"], case.actors["name"], strict=True))
    cited = citations(case)
    found: list[Row] = []
    for record in rows[FIGURE].to_dict("records"):
        row = {str(key): "" if pd.isna(value) else value for key, value in record.items()}
        who, source = names.get(row["asserted_by"], ""), cited[row["source"]]
        found.append(row | {"ref": f"figures/{row['id']}", "asserted_by": who, "source": source})
    return found


def _line(order: int, rows: list[Row], entry: Row, names: Mapping[str, str]) -> Line:
    capacities = [row for row in rows if row["measure"] == "capacity"]
    look, word = STATUSES[entry["status"]]
    delivered = [row for row in rows if row["measure"] == "deliveries"]
    unclaimed = [row for row in capacities if row["status"] != "claimed"]
    # What is planned beside an actual capacity is no other view of it.
    grows = any(row["status"] == "actual" for row in unclaimed)
    increases = [row for row in unclaimed if grows and row["status"] == "planned"]
    start = entry["start_year"]
    return Line(
        id=entry["id"],
        order=order,
        name=capacities[0]["subject"],
        destination=_destination(entry, names),
        look=look,
        word=word,
        as_of=written_date(entry["status_as_of"]),
        start=None if pd.isna(start) else int(start),
        capacities=[row for row in unclaimed if row not in increases],
        increases=increases,
        claims=[row for row in capacities if row["status"] == "claimed"],
        deliveries=_telling(delivered, entry["status_as_of"]),
    )


def _destination(entry: Row, names: Mapping[str, str]) -> str:
    countries = entry["countries"].split(" ")
    if len(countries) == 1:
        return INSIDE
    return "Europe" if countries[-1] in EUROPE else names.get(countries[-1], countries[-1])


def _telling(rows: list[Row], day: pd.Timestamp) -> list[list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["period"], row["scope"]), []).append(row)
    ended = [key for key in groups if key[0] and pd.Period(key[0]).end_time.normalize() <= day]
    latest = [key for key in ended if key[0] == max(ended)[0]]
    largest = sorted(groups, key=lambda key: -max(values(groups[key])))[:1]
    return [groups[key] for key in dict.fromkeys(latest + largest)]


def _sorted(found: list[Line]) -> list[Line]:
    ours = focus(found)
    total: dict[str, float] = {}
    for line in found:
        total[line.destination] = total.get(line.destination, 0) + line.size

    def key(line: Line) -> tuple[bool, bool, float, float]:
        at = line.destination
        elsewhere = ours is None or at != ours.destination
        return elsewhere, at == INSIDE, -total[at], -line.size

    return sorted(found, key=key)
