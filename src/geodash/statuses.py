"""The status of pipelines on a day, in Global Energy Monitor's words."""

from __future__ import annotations

from datetime import date

import pandas as pd

from geodash.case import Case

COLUMNS = ["infrastructure", "date", "date_precision", "status", "note", "source", "ref"]


def days(case: Case) -> list[date]:
    """Give the days for which a status is known, the earliest first.

    The first is the last day of the infrastructure table: on it, every line has a status.
    """
    first = case.infrastructure["status_as_of"].max()
    later = case.statuses["date"][case.statuses["date"] > first]
    return sorted({day.date() for day in [first, *later] if not pd.isna(day)})


def status_on(case: Case, day: date | None = None) -> pd.DataFrame:
    """Give the status of each pipeline on a day: the last that is known until then.

    Parameters
    ----------
    day
        The day; the first of `days` if None.

    Returns
    -------
    pandas.DataFrame
        Indexed by ids of the infrastructure table, in its order: `date` (for which it is
        reported), `date_precision`, `status`, `note` (empty where there is none), `source`, and
        `ref` of the row that says so.
    """
    lines = case.infrastructure
    # The note of a line is not about its status alone.
    own = lines.rename(columns={"id": "infrastructure", "status_as_of": "date"})
    own = own.assign(note="", date_precision="day", ref="infrastructure/" + lines["id"])
    later = case.statuses.sort_values("date", kind="stable")
    later["ref"] = "statuses/" + later["id"]
    later = later[later["date"] <= pd.Timestamp(day)] if day else later[:0]
    known = pd.concat([own[COLUMNS], later[COLUMNS]]).drop_duplicates("infrastructure", keep="last")
    known = known.assign(note=known["note"].fillna(""))
    return known.set_index("infrastructure").loc[lines["id"]]
