"""Deliveries to Europe and to China, in words and as a table, and the events beside them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from geodash import units
from geodash.case import Case
from geodash.charts import moments, series
from geodash.charts.moments import Moment
from geodash.charts.pipelines import values
from geodash.charts.series import Series

HEADING = "Did the pivot to China happen?"

LEAD = (
    "Russian gas delivered by pipeline to Europe and to China, by year, and what happened to the "
    "pipelines"
)

#: What is drawn: subjects of deliveries, and how they are named in short.
EUROPE, CHINA = "Russian pipeline gas to Europe", "Deliveries by Power of Siberia 1"

NAMES: Mapping[str, str] = {EUROPE: "Europe", CHINA: "China"}

#: Events on this question are marked, but not those of this kind.
ISSUE, TALKS = "pipeline", "consult"


def describe(case: Case) -> str:
    """Say by how much deliveries fell and rose, and how much of one the other makes up."""
    found = read_deliveries(case)
    if not found:
        return "No yearly delivery of Russian gas to Europe or to China is shown."
    sentences = [series.changed(main) for main, *_ in found.values()]
    mains = [scopes[0] for scopes in found.values()]
    if len(mains) == len(NAMES):
        sentences += _made_up(*mains)
    differing = [
        f"{NAMES[main.subject]} in {told}" for main in mains if (told := series.disagreements(main))
    ]
    sentences += [f"Sources differ on {' and on '.join(differing)}."] if differing else []
    return " ".join(sentences)


def note(case: Case) -> str:
    """Say what the lines include and how values that differ are drawn."""
    found = read_deliveries(case)
    scopes = [f"{main.subject}: {main.scope}" for main, *_ in found.values() if main.scope]
    sentences = [f"What the lines include: {'; '.join(scopes)}."] if scopes else []
    if any(len(values(rows)) > 1 for main, *_ in found.values() for rows in main.years.values()):
        sentences.append(
            "Where sources differ on a year, a bar joins their values, and the line goes through "
            "the one that the table states first; no average is taken."
        )
    if any(others for _, *others in found.values()):
        sentences.append("Values of other scopes are not comparable and stand by themselves.")
    return " ".join(filter(None, [*sentences, units.sentence(case)]))


def table(case: Case) -> pd.DataFrame:
    """List the deliveries, those also that are not drawn, and the events that are marked.

    Returns
    -------
    pandas.DataFrame
        One row per figure or event, indexed by ref.
    """
    figures = series.table(case, "deliveries", *NAMES)
    marked = [moment for _, moment in events_of(case, read_deliveries(case))]
    columns = {
        "Subject": [moment.title for moment in marked],
        "Measure": ["event"] * len(marked),
        "Period": [moment.written for moment in marked],
        "Source": [moment.source for moment in marked],
    }
    index = pd.Index([moment.refs for moment in marked], name="ref", dtype="str")
    events = pd.DataFrame(columns, index=index, dtype="str")
    return pd.concat([figures, events.reindex(columns=figures.columns, fill_value="")])


def read_deliveries(case: Case) -> dict[str, list[Series]]:
    """Give the scopes of each subject that has any, the one with most years first."""
    rows = series.read(case, "deliveries", *NAMES)
    found = {
        subject: series.by_scope(row for row in rows if row["subject"] == subject)
        for subject in NAMES
    }
    return {subject: scopes for subject, scopes in found.items() if scopes}


def events_of(case: Case, found: Mapping[str, list[Series]]) -> list[tuple[float, Moment]]:
    """Give the events that are marked, with their places on the axis of years."""
    if not found:
        return []
    frame = case.events
    frame = frame[(frame["issue"] == ISSUE) & (frame["kind"] != TALKS)]
    happened, _ = moments.read(case.replace(events=frame, positions=case.positions.head(0)))
    first = min(one.first for scopes in found.values() for one in scopes)
    return [(_at(moment), moment) for moment in happened if moment.start.year >= first]


def _at(moment: Moment) -> float:
    """Give the place of a day on an axis of years, or of the middle of a month or year."""
    middle = moment.start if moment.exact else moment.start + (moment.end - moment.start) / 2
    return round(middle.year + (middle.day_of_year - 1) / (366 if middle.is_leap_year else 365), 3)


def _made_up(europe: Series, china: Series) -> list[str]:
    """Set what China took more against what Europe took less, over the same years."""
    less = europe.at(europe.first) - europe.at(europe.last)
    more = china.at(china.last) - china.at(china.first)
    same = (europe.first, europe.last) == (china.first, china.last)
    if not same or less <= 0 or more <= 0:
        return []
    unit, share = europe.unit, f"{10 * more / less:.1f}"
    return [f"For each 10 {unit} less to Europe, {share} {unit} more went to China."]
