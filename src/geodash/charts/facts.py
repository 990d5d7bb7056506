"""What is known of each line of a map on a day: status, capacity and length by each source."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from geodash.case import Case
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
    status = status_on(case, on).to_dict("index")
    figures = case.figures
    capacity = figures[figures["measure"] == "capacity"]
    # The capacity that is stated first, as in the chart of capacities.
    built = capacity[capacity["status"] != "claimed"].groupby("infrastructure")["value"].first()
    commodity = case.infrastructure.set_index("id")["commodity"]
    widest = built.groupby(commodity).max()
    names = case.actors.set_index("id")["name"]
    found = []
    for line in plan.lines:
        own = figures[figures["infrastructure"] == line["id"]]
        now = status[line["id"]]
        wide = built.get(line["id"], 0.0)
        found.append(
            Facts(
                line=line,
                look=LOOKS[now["status"]],
                refs=" ".join(dict.fromkeys([f"infrastructure/{line['id']}", now["ref"]])),
                state=plain(now["status"]),
                status=f"{plain(now['status'])} {_day(now)}",
                note=now["note"],
                source=plan.citations[now["source"]],
                capacities=tuple(_said(own[own["measure"] == "capacity"], names)),
                lengths=tuple(_said(own[own["measure"] == "length"], names)),
                share=float(wide / widest[line["commodity"]]) if wide else 0.0,
            )
        )
    return found


def _day(now: Mapping[Hashable, Any]) -> str:
    precision = now["date_precision"]
    return f"{'on' if precision == 'day' else 'in'} {written_date(now['date'], precision)}"


def _said(rows: pd.DataFrame, names: pd.Series[str]) -> Iterable[str]:
    for row in rows.to_dict("records"):
        who = names.get(row["asserted_by"], "")
        parts = [
            row["status"],
            "" if pd.isna(row["scope"]) else row["scope"],
            who and f"says {who}",
        ]
        yield f"{number(row['value'])} {row['unit']} ({', '.join(filter(None, parts))})"
