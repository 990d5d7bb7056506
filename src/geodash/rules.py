"""What a sound case must hold beyond its schema: one small function per rule.

A rule gets a case as far as it could be read: ids are there and unlike each other, but other
cells may be empty that must not be; those are the schema's business.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

import pandas as pd

from geodash.case import Case
from geodash.parties import party_of
from geodash.problems import Problem
from geodash.schema import FIRST_ROW
from geodash.wording import written_date

#: A quotation shows how something was said; what was said stands in the summary.
MOST_WORDS = 10

#: Columns in which the holders of one statement may differ.
OWN_COLUMNS = ("id", "holder", "speaker", "addressee", "stance")

#: Where actors are named, by table.
ACTOR_COLUMNS = (
    ("positions", "holder"),
    ("positions", "speaker"),
    ("positions", "addressee"),
    ("positions", "reported_by"),
    ("event_actors", "actor"),
    ("document_issuers", "actor"),
    ("figures", "asserted_by"),
)

#: Tables whose rows have a date and its precision.
DATED = ("positions", "events", "documents", "statuses")


def check_orphan_sources(case: Case) -> Iterator[Problem]:
    """Find sources in which no row was read."""
    tables = [getattr(case, name) for name in case.tables]
    used = pd.concat([frame["source"] for frame in tables if "source" in frame])
    orphans = case.sources[~case.sources["id"].isin(used)]
    rule = "each source must be the source of a row"
    yield from _each("sources", "id", orphans, rule, mend="remove it, or add what was read in it")


def check_orphan_actors(case: Case) -> Iterator[Problem]:
    """Find actors that no row names, and that no actor so named represents.

    A state counts as named where its ISO code stands on a pipeline or a route.
    """
    named = pd.concat([getattr(case, table)[column] for table, column in ACTOR_COLUMNS])
    codes = pd.concat([case.infrastructure["countries"].str.split(" ").explode(), case.routes.iso3])
    actors = case.actors
    used = actors["id"].isin(named) | (actors["kind"].eq("state") & actors["iso3"].isin(codes))
    for _ in range(len(actors)):
        used |= actors["id"].isin(actors["represents"][used])
    rule = "each actor must have a part in a row, or be represented by one that has"
    yield from _each("actors", "id", actors[~used], rule, mend="remove it, or add what it says")


def check_orphan_issues(case: Case) -> Iterator[Problem]:
    """Find issues on which there is no row."""
    tables = [getattr(case, name) for name in case.tables]
    used = pd.concat([frame["issue"] for frame in tables if "issue" in frame])
    orphans = case.issues[~case.issues["id"].isin(used)]
    rule = "each issue must be the issue of a row"
    yield from _each("issues", "id", orphans, rule, mend="remove it, or add a position on it")


def check_colours(case: Case) -> Iterator[Problem]:
    """Find actors for which a chart has no colour: neither their own nor that of their party."""
    actors = case.actors
    own = actors.set_index("id")["colour"]
    party = actors["id"].map(party_of(case)).map(own)
    bare = actors[actors["colour"].isna() & party.isna()]
    rule = "each actor must have a colour, its own or that of the actor that it represents"
    yield from _each("actors", "colour", bare, rule, mend="give a colour such as #1f77b4")


def check_loops(case: Case) -> Iterator[Problem]:
    """Find actors that represent themselves, be it by way of others."""
    actors = case.actors
    above = actors.set_index("id")["represents"]
    start, found = actors["id"], actors["represents"]
    looped = pd.Series(False, index=actors.index)
    for _ in range(len(actors)):
        looped |= found.eq(start).fillna(False)
        found = found.map(above)
    rule = "no actor may represent itself, be it by way of others"
    mend = "leave it empty for the actor in whose name the others act"
    yield from _each("actors", "represents", actors[looped], rule, mend=mend)


def check_country_codes(case: Case) -> Iterator[Problem]:
    """Find states that share an ISO code: a filter by country could not tell them apart."""
    states = case.actors[case.actors["kind"].eq("state") & case.actors["iso3"].notna()]
    twice = states[states["iso3"].duplicated()]
    rule = "two states must not have the same code"
    yield from _each("actors", "iso3", twice, rule, mend="write the code of this state")


def check_stances(case: Case) -> Iterator[Problem]:
    """Find stances on no issue."""
    rows = case.positions[case.positions["stance"].notna() & case.positions["issue"].isna()]
    rule = "a stance must be on an issue"
    mend = "name the issue on whose scale it is, or leave the stance empty"
    yield from _each("positions", "stance", rows, rule, mend=mend)


def check_quotations(case: Case) -> Iterator[Problem]:
    """Find quotations longer than a few words."""
    # A word has a letter or a digit; dashes and ellipses that stand alone are none.
    words = case.positions["quotation"].str.count(r"\S*\w\S*").fillna(0)
    rule = f"a quotation must have at most {MOST_WORDS} words"
    for row, count in words[words > MOST_WORDS].items():
        mend = f"quote the {MOST_WORDS} words that matter most and put the rest into the summary"
        yield _problem("positions", row, "quotation", rule, f"{int(count)} words", mend)


def check_reporters(case: Case) -> Iterator[Problem]:
    """Find positions reported by an actor that is no news outlet."""
    kinds = case.positions["reported_by"].map(case.actors.set_index("id")["kind"])
    rows = case.positions[kinds.notna() & kinds.ne("outlet")]
    rule = "a position must be reported by a news outlet"
    mend = "name the outlet that published it; who said it is the speaker"
    yield from _each("positions", "reported_by", rows, rule, mend=mend)


def check_addressees(case: Case) -> Iterator[Problem]:
    """Find addressees to whom nothing is done, and acts done to no one."""
    rule = "an addressee and what the statement does to it must stand together"
    yield from _together(case, "positions", ("addressee", "act"), rule)


def check_places(case: Case) -> Iterator[Problem]:
    """Find half coordinates."""
    rule = "longitude and latitude must stand together"
    yield from _together(case, "events", ("lon", "lat"), rule)


def check_duplicates(case: Case) -> Iterator[Problem]:
    """Find statements that are there twice."""
    same = ["holder", "source", "paragraph", "issue", "summary"]
    rows = case.positions.dropna(subset=["holder", "summary"])
    rule = "a statement must be there once"
    mend = "remove this row, or say in the summary what is different"
    twice = rows[rows.assign(summary=rows["summary"].str.casefold()).duplicated(same)]
    yield from _each("positions", "summary", twice, rule, mend=mend)


def check_joint_statements(case: Case) -> Iterator[Problem]:
    """Find joint statements with one holder."""
    rows = case.positions[case.positions["statement_type"].eq("joint_statement")]
    holders = rows.groupby("statement")["holder"].transform("nunique")
    rule = "a joint statement must have a row for each of its holders, at least two"
    mend = "add the rows of the other holders with the same word in `statement`"
    yield from _each("positions", "statement", rows[holders < 2], rule, mend=mend)


def check_shared_statements(case: Case) -> Iterator[Problem]:
    """Find rows of one statement that disagree in what all its holders share."""
    rows = case.positions.dropna(subset=["statement"])
    first = rows.drop_duplicates("statement").set_index("statement")
    rule = "the rows of one statement must agree in everything but " + ", ".join(OWN_COLUMNS)
    for column in [name for name in first if name not in OWN_COLUMNS]:
        expected = rows["statement"].map(first[column])
        same = rows[column].eq(expected).fillna(False) | (rows[column].isna() & expected.isna())
        for row, cell, other in zip(
            rows.index[~same], rows[column][~same], expected[~same], strict=True
        ):
            mend = f"make it {_shown(other)} as in the first row, or name another statement"
            yield _problem("positions", row, str(column), rule, _shown(cell), mend)


def check_holders(case: Case) -> Iterator[Problem]:
    """Find statements that name a holder twice."""
    rows = case.positions.dropna(subset=["statement", "holder"])
    twice = rows[rows.duplicated(["statement", "holder"])]
    rule = "each holder of a statement must have one row"
    mend = "remove this row, or name another statement"
    yield from _each("positions", "holder", twice, rule, mend=mend)


def check_events(case: Case) -> Iterator[Problem]:
    """Find events in which no actor has a part."""
    rows = case.events[~case.events["id"].isin(case.event_actors["event"])]
    rule = "an event must have an actor"
    yield from _each("events", "id", rows, rule, mend="add who did it to event_actors.csv")


def check_documents(case: Case) -> Iterator[Problem]:
    """Find documents that no actor issued."""
    rows = case.documents[~case.documents["id"].isin(case.document_issuers["document"])]
    rule = "a document must have an issuer"
    yield from _each(
        "documents", "id", rows, rule, mend="add who issued it to document_issuers.csv"
    )


def check_claims(case: Case) -> Iterator[Problem]:
    """Find claims without the actor who makes them."""
    rows = case.figures[case.figures["status"].eq("claimed") & case.figures["asserted_by"].isna()]
    rule = "a claimed figure must name who claims it"
    yield from _each("figures", "asserted_by", rows, rule, mend="give the actor who asserts it")


def check_calendar(case: Case) -> Iterator[Problem]:
    """Find dates written as text that no calendar has, such as 2023-02-31."""
    rule = "a date must be in the calendar"
    mend = "write YYYY, YYYY-MM or YYYY-MM-DD"
    for table, column in (("sources", "published"), ("sources", "accessed"), ("figures", "period")):
        rows = getattr(case, table)
        dated = rows[column].str.fullmatch(r"\d{4}(-\d{2}){0,2}").fillna(False).astype(bool)
        yield from _each(
            table, column, rows[dated & _last_days(rows[column]).isna()], rule, mend=mend
        )


def check_dates(case: Case) -> Iterator[Problem]:
    """Find what is dated after the source in which it was read.

    A month or a year as date counts from its first day, as a date of publication to its last.
    """
    published = case.sources.set_index("id")["published"]
    for table in DATED:
        rows = getattr(case, table)
        source = rows["source"].map(published)
        late = rows["date"] > _last_days(source)
        for row, date, day in zip(rows.index[late], rows["date"][late], source[late], strict=True):
            rule = "a date must not be later than the source in which it was read"
            found = f"{written_date(date)}, but the source is of {written_date(day)}"
            mend = "correct the date, or name the source that reports it"
            yield _problem(table, row, "date", rule, found, mend)


def check_precision(case: Case) -> Iterator[Problem]:
    """Find months and years that are not written as their first day."""
    for table in DATED:
        rows = getattr(case, table)
        day, month = rows["date"].dt.day, rows["date"].dt.month
        late = (rows["date_precision"].isin(["month", "year"]) & (day > 1)) | (
            rows["date_precision"].eq("year") & (month > 1)
        )
        rule = "a month or a year must be written as its first day"
        mend = "write the first day, or `day` as the precision"
        yield from _each(table, "date", rows[late], rule, mend=mend)


def check_ends(case: Case) -> Iterator[Problem]:
    """Find events that end before they begin."""
    rows = case.events[case.events["end_date"] < case.events["date"]]
    rule = "an event must not end before it begins"
    yield from _each("events", "end_date", rows, rule, mend="correct one of the two dates")


def check_statuses(case: Case) -> Iterator[Problem]:
    """Find statuses that come too early, and lines with two statuses on one day."""
    rows = case.statuses.dropna(subset=["infrastructure", "date"])
    first = rows["infrastructure"].map(case.infrastructure.set_index("id")["status_as_of"])
    rule = "a status must be of a later day than the one in infrastructure"
    mend = "correct the date, or remove the row"
    yield from _each("statuses", "date", rows[rows["date"] <= first], rule, mend=mend)
    twice = rows[rows.duplicated(["infrastructure", "date"])]
    rule = "a line must have one status on one day"
    yield from _each("statuses", "date", twice, rule, mend=mend)


def check_routes(case: Case) -> Iterator[Problem]:
    """Find lines with gaps in the order of their places, and lines of one place."""
    rows = case.routes.dropna(subset=["infrastructure", "order"])
    for line, places in rows.groupby("infrastructure", sort=False):
        ordered = places.sort_values("order", kind="stable")["order"]
        if len(ordered) < 2:
            rule, mend = "a line must have at least two places", "add the place where it ends"
            yield _problem("routes", ordered.index[0], "order", rule, f"one place of {line}", mend)
        for expected, (row, order) in enumerate(ordered.items(), start=1):
            if order != expected:
                rule = "the places of a line must be counted 1, 2, 3 without gaps"
                mend = f"number the places of {line} again"
                yield _problem(
                    "routes", row, "order", rule, f"{order} in place of {expected}", mend
                )
                break


CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    check_orphan_sources,
    check_orphan_actors,
    check_orphan_issues,
    check_colours,
    check_loops,
    check_country_codes,
    check_stances,
    check_quotations,
    check_reporters,
    check_addressees,
    check_places,
    check_duplicates,
    check_joint_statements,
    check_shared_statements,
    check_holders,
    check_events,
    check_documents,
    check_claims,
    check_calendar,
    check_dates,
    check_precision,
    check_ends,
    check_statuses,
    check_routes,
)


def _each(
    table: str, column: str, rows: pd.DataFrame, rule: str, *, mend: str
) -> Iterator[Problem]:
    for row, cell in rows[column].items():
        yield _problem(table, row, column, rule, _shown(cell), mend)


def _problem(table: str, row: Hashable, column: str, rule: str, found: str, mend: str) -> Problem:
    return Problem(table, int(str(row)) + FIRST_ROW, column, rule, found, mend)


def _shown(cell: str | float | pd.Timestamp | None) -> str:
    if pd.isna(cell):
        return "an empty cell"
    return f"“{cell.date() if isinstance(cell, pd.Timestamp) else cell}”"


def _together(case: Case, table: str, pair: tuple[str, str], rule: str) -> Iterator[Problem]:
    rows = getattr(case, table)
    for column, other in (pair, pair[::-1]):
        lonely = rows[rows[column].isna() & rows[other].notna()]
        mend = f"fill in {column}, or leave {other} empty"
        yield from _each(table, column, lonely, rule, mend=mend)


def _last_days(dates: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Give the last day that a date of the form YYYY, YYYY-MM or YYYY-MM-DD can mean."""
    day = pd.to_datetime(dates, format="%Y-%m-%d", errors="coerce")
    month = pd.to_datetime(dates, format="%Y-%m", errors="coerce") + pd.offsets.MonthEnd(0)
    year = pd.to_datetime(dates, format="%Y", errors="coerce") + pd.offsets.YearEnd(0)
    return day.fillna(month).fillna(year)
