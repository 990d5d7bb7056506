"""Events and positions as moments: when, who, what, and which week is the busiest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodash import theme
from geodash.case import Case
from geodash.parties import party_of
from geodash.sources import citations
from geodash.wording import counted, listed, plain, short_date, written_date

#: A day, and days in a week.
DAY, WEEK = pd.Timedelta(days=1), 7
#: What is read of each table.
WHEN = ["id", "date", "date_precision", "source", "summary"]
EVENT = [*WHEN, "end_date", "kind", "title"]
POSITION = [*WHEN, "holder", "speaker", "statement_type"]
#: A stretch of time: its first day, and the first day after it.
Stretch = tuple[pd.Timestamp, pd.Timestamp]
#: The kind of a moment that stands for the busiest week.
BUSIEST = "busiest week"
#: More events than this in one panel are counted by month or, failing that, by year.
MOST_EVENTS = 30
#: Events that the tooltip of their number names.
MOST_NAMED = 10

#: PLOVER's kinds of event that are said; the others are done (its verbal and material classes,
#: Halterman et al. 2023, Creating Custom Event Data Without Dictionaries).
SAID = frozenset(
    ("agree", "consult", "support", "concede", "request", "accuse", "reject", "threaten")
)


@dataclass(frozen=True)
class Moment:
    """An event or a position with its place in time.

    Attributes
    ----------
    start, end
        The days or, where the date is not known to the day, the month or year; `end` is the first
        day after.
    exact
        Whether the day is known.
    refs
        Its refs, with spaces between.
    kind
        The kind of event or the type of statement, in the words of the tables.
    parties
        Ids of the parties that take part or hold it.
    date, written
        Its date in short and in full.
    title
        What happened or was said.
    who
        Names of those who took part, or of the holder.
    details
        More lines about it.
    source
        Citation of its source.
    """

    start: pd.Timestamp
    end: pd.Timestamp
    exact: bool
    refs: str
    kind: str
    parties: tuple[str, ...]
    date: str
    written: str
    title: str
    who: str
    details: tuple[str, ...]
    source: str

    @property
    def hover(self) -> str:
        """Its tooltip."""
        return theme.hover(self.title, *self.details, self.source)


def read(case: Case) -> tuple[list[Moment], list[Moment]]:
    """Give the events and the positions of a case, each in the order of their dates."""
    names = dict(zip(case.actors["id"], case.actors["name"], strict=True))
    party = party_of(case).to_dict()
    cited = citations(case).to_dict()
    actors: dict[str, list[str]] = {}
    for one, actor in zip(case.event_actors["event"], case.event_actors["actor"], strict=True):
        actors.setdefault(one, []).append(actor)

    def event(row: Mapping[str, Any]) -> Moment:
        ids, kind = actors.get(row["id"], []), row["kind"]
        who = [names[one] for one in ids]
        about = "; ".join(filter(None, (_when(row), plain(kind), listed(who))))
        return Moment(
            **_time(row),
            refs=f"events/{row['id']}",
            kind=kind,
            parties=tuple(dict.fromkeys(party[one] for one in ids)),
            title=row["title"],
            who="; ".join(who),
            details=(about, row["summary"]),
            source=cited[row["source"]],
        )

    def position(row: Mapping[str, Any]) -> Moment:
        holder, speaker, how = names[row["holder"]], names[row["speaker"]], row["statement_type"]
        who = holder if holder == speaker else f"{holder}, said by {speaker}"
        return Moment(
            **_time(row),
            refs=f"positions/{row['id']}",
            kind=how,
            parties=(party[row["holder"]],),
            title=row["summary"],
            who=holder,
            details=(f"{who}; {_when(row)}; {plain(how)}",),
            source=cited[row["source"]],
        )

    happened = [event(row) for row in _records(case.events, EVENT)]
    said = [position(row) for row in _records(case.positions, POSITION)]
    return _in_order(happened), _in_order(said)


def period(moments: list[Moment]) -> Stretch:
    """Give the stretch of time that holds all moments."""
    return min(moment.start for moment in moments), max(moment.end for moment in moments)


def within(moments: list[Moment], stretch: Stretch) -> list[Moment]:
    """Give the moments known to begin in a stretch of time."""
    first, end = stretch
    return [moment for moment in moments if moment.exact and first <= moment.start < end]


def busiest_week(moments: list[Moment]) -> Stretch | None:
    """Find the seven days with most moments, of those that begin with one.

    Days at its end on which nothing happens are left off. None if no moment is known to the day.
    """
    known = [moment for moment in moments if moment.exact]
    if not known:
        return None
    by_day = Counter(moment.start for moment in known)

    def moments_from(first: pd.Timestamp) -> int:
        return sum(count for day, count in by_day.items() if first <= day < first + WEEK * DAY)

    first = max(sorted(by_day), key=moments_from)
    limit = first + WEEK * DAY
    return first, min(limit, period(within(known, (first, limit)))[1])


def busiest_day(moments: list[Moment]) -> pd.Timestamp | None:
    """Give the day with most moments, the first of several; None if none is known to the day."""
    by_day = Counter(moment.start for moment in moments if moment.exact)
    return max(sorted(by_day), key=lambda day: by_day[day], default=None)


def grouped(moments: list[Moment], *, most: int = MOST_EVENTS) -> list[Moment]:
    """Count events by month, or by year, where there are more than can be named."""
    if len(moments) <= most:
        return moments
    by_month = _counted(moments, "M", "month")
    return by_month if len(by_month) <= most else _counted(moments, "Y", "year")


def _counted(moments: list[Moment], frequency: str, precision: str) -> list[Moment]:
    together: dict[pd.Period, list[Moment]] = {}
    for moment in moments:
        together.setdefault(moment.start.to_period(frequency), []).append(moment)
    return [
        found[0] if len(found) == 1 else _as_one(span, found, precision)
        for span, found in together.items()
    ]


def _as_one(span: pd.Period, found: list[Moment], precision: str) -> Moment:
    date = written_date(span.start_time, precision)
    return Moment(
        start=span.start_time,
        end=(span + 1).start_time,
        exact=False,
        refs=" ".join(moment.refs for moment in found),
        kind="",
        parties=tuple(dict.fromkeys(party for moment in found for party in moment.parties)),
        date=date,
        written=date,
        title=counted(len(found), "event"),
        who="",
        details=tuple(f"{moment.date}: {moment.title}" for moment in found[:MOST_NAMED]),
        source="",
    )


def _in_order(moments: list[Moment]) -> list[Moment]:
    return sorted(moments, key=lambda moment: moment.start)


def _records(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    records = frame[columns].to_dict("records")
    return [{str(key): value for key, value in record.items()} for record in records]


def _when(row: Mapping[str, Any]) -> str:
    date, last = written_date(row["date"], row["date_precision"]), row.get("end_date")
    return date if pd.isna(last) else f"{date} to {written_date(last)}"


def _time(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a moment says of its place in time."""
    start, precision, last = row["date"], row["date_precision"], row.get("end_date")
    exact = precision == "day"
    if not pd.isna(last):
        end = last + DAY
    elif exact:
        end = start + DAY
    else:
        end = start + (pd.DateOffset(months=1) if precision == "month" else pd.DateOffset(years=1))
    written = written_date(start, precision)
    date = short_date(start) if exact else written
    return {"start": start, "end": end, "exact": exact, "date": date, "written": written}
