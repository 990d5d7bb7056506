"""What is known of each line of a map on a day: status, capacity and length by each source."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from geodash.case import Case, Part
from geodash.charts.plan import Plan, Row
from geodash.statuses import status_on
from geodash.wording import number, plain, written_date

#: How a line in a status looks: planned, being built, working or stopped.
LOOKS = {
    "proposed": "planned",
    "construction": "being built",
    "operating": "working",
    "idle": "stopped",
    "mothballed": "stopped",
    "shelved": "stopped",
    "cancelled": "stopped",
    "retired": "stopped",
}


@dataclass(frozen=True)
class Facts:
    """What is known of a line.

    Attributes
    ----------
    line
        Its row of the infrastructure table.
    look
        planned, being built, working or stopped.
    refs
        Refs of its row and of the row that gives its status, with a space between.
    state
        Its status in a word.
    status, note, source
        Its status with the day for which it is reported, what a reader must know of that, and the
        citation of the report.
    capacities, lengths
        Each figure shown of its capacity and length: value with unit, status, scope, and who
        asserts it.
    share
        Its capacity as a share of the widest line of its commodity; 0 where none is shown.
    """

    line: Row
    look: str
    refs: str
    state: str
    status: str
    note: str
    source: str
    capacities: tuple[str, ...]
    lengths: tuple[str, ...]
    share: float


def facts_of(case: Case, plan: Plan, on: date | None = None) -> list[Facts]:
    """Gather what is known of the lines of a plan.

    Parameters
    ----------
    on
        The day; the first day of the case if None.
    """
    tables = ("figures", "infrastructure", "statuses", "actors")
    return list(_facts_of(Part(case, *tables), plan, on))


# The map, its words and its table tell of the same lines.
@lru_cache(maxsize=16)
def _facts_of(part: Part, plan: Plan, on: date | None) -> tuple[Facts, ...]:
    case = part.case
    status = status_on(case, on).to_dict("index")
    names = dict(zip(case.actors["id"], case.actors["name"], strict=True))
    figures = case.figures
    figures = figures[figures["measure"].isin(("capacity", "length"))]
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in figures.to_dict("records"):
        rows.setdefault((row["infrastructure"], row["measure"]), []).append(row)
    # The capacity that is stated first, as in the chart of capacities.
    built = {
        line: next((row["value"] for row in found if row["status"] != "claimed"), 0.0)
        for (line, measure), found in rows.items()
        if measure == "capacity"
    }
    widest: dict[str, float] = {}
    for line, kind in zip(case.infrastructure["id"], case.infrastructure["commodity"], strict=True):
        widest[kind] = max(widest.get(kind, 0.0), built.get(line, 0.0))
    found = []
    for line in plan.lines:
        now, wide = status[line["id"]], built.get(line["id"], 0.0)
        found.append(
            Facts(
                line=line,
                look=LOOKS[now["status"]],
                refs=" ".join(dict.fromkeys([f"infrastructure/{line['id']}", now["ref"]])),
                state=plain(now["status"]),
                status=f"{plain(now['status'])} {_day(now)}",
                note=now["note"],
                source=plan.citations[now["source"]],
                capacities=tuple(_said(rows.get((line["id"], "capacity"), []), names)),
                lengths=tuple(_said(rows.get((line["id"], "length"), []), names)),
                share=float(wide / widest[line["commodity"]]) if wide else 0.0,
            )
        )
    return tuple(found)


def _day(now: Mapping[Hashable, Any]) -> str:
    precision = now["date_precision"]
    return f"{'on' if precision == 'day' else 'in'} {written_date(now['date'], precision)}"


def _said(rows: Iterable[Row], names: Mapping[str, str]) -> Iterator[str]:
    for row in rows:
        who = names.get(row["asserted_by"], "")
        scope: str = "" if pd.isna(row["scope"]) else row["scope"]
        parts = [row["status"], scope, who and f"says {who}"]
        yield f"{number(row['value'])} {row['unit']} ({', '.join(filter(None, parts))})"
