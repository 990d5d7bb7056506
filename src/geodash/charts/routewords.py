"""The map in words and as a table: lines, places on them, and areas that are marked."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date

import pandas as pd

from geodash import units
from geodash.case import Case
from geodash.charts.countries import schematic_km
from geodash.charts.facts import LOOKS, Facts, facts_of
from geodash.charts.places import KNOWN, marked
from geodash.charts.plan import Plan, plan_of
from geodash.geo.basemap import BORDERS_SENTENCE, basemap, country_names
from geodash.statuses import days
from geodash.wording import counted, listed, plain, written_date

HEADING = "Where would the pipeline run?"
LEAD = (
    "Lines are schematic: they join places by the shortest way over the Earth, and at sea by a "
    "plain curve. A pipeline that is built is longer."
)
NO_LINE = "There is no line to draw: the case names no places on a pipeline."
#: Columns of the table that some of its rows leave empty.
COLUMNS = [
    *("What it is", "Name", "Country or course", "Status", "Operator", "Capacity", "Length"),
    *("Start", "How it is known", "Longitude (degrees east)", "Latitude (degrees north)", "Note"),
    "Source",
]


def describe(case: Case, *, on: date | None = None) -> str:
    """Say where the line that the case is about would run, and how the others stand on a day."""
    plan = plan_of(case)
    if plan is None:
        return NO_LINE
    found = facts_of(case, plan, on)
    sentences = [_describe_line(plan, found[0])]
    if len(found) > 1:
        looks = [facts.look for facts in found]
        counts = {
            look: looks.count(look) for look in dict.fromkeys(LOOKS.values()) if look in looks
        }
        groups = [f"{n} {'was' if n == 1 else 'were'} {look}" for look, n in counts.items()]
        day = written_date(on or days(case)[0])
        sentences.append(f"Of the {len(found)} lines, {listed(groups)} on {day}.")
    return " ".join(sentences)


def note(case: Case) -> str:
    """Say by which policy borders are drawn, and by what capacities were converted."""
    return " ".join(filter(None, [BORDERS_SENTENCE, units.sentence(case)]))


def table(case: Case, *, on: date | None = None) -> pd.DataFrame:
    """List the lines, the places on them, and the areas of disputed or special status.

    Parameters
    ----------
    on
        The day of the statuses; the first of `geodash.statuses.days` if None.

    Returns
    -------
    pandas.DataFrame
        One row per line, place and area, indexed by ref (empty for areas: they belong to the
        basemap); empty text where a column says nothing of a row.
    """
    plan = plan_of(case)
    if plan is None:
        return pd.DataFrame(columns=COLUMNS, index=pd.Index([], name="ref"))
    rows = [
        *(_line_row(plan, facts) for facts in facts_of(case, plan, on)),
        *(_place_row(plan, place) for place in plan.places.to_dict("records")),
        *(_area_row(area) for area in basemap().areas.to_dict("records")),
    ]
    frame = pd.DataFrame([row for _, row in rows], columns=COLUMNS, dtype=object)
    frame = frame.where(frame.notna(), "")
    return frame.set_index(pd.Index([ref for ref, _ in rows], name="ref"))


def _line_row(plan: Plan, facts: Facts) -> tuple[str, dict[str, object]]:
    line = facts.line
    course = [line[end] for end in ("from", "via", "to") if not pd.isna(line[end])]
    notes = [line["note"], facts.note]
    return facts.refs, {
        "What it is": f"{line['commodity']} pipeline",
        "Name": line["name"],
        "Country or course": " – ".join(course),
        "Status": facts.status,
        "Operator": line["operator"],
        "Capacity": "; ".join(facts.capacities),
        "Length": "; ".join([*facts.lengths, f"as drawn here: {_by_country(plan, line['id'])}"]),
        "Start": "" if pd.isna(line["start_year"]) else line["start_year"],
        "Note": " ".join(words for words in notes if words and not pd.isna(words)),
        "Source": facts.source,
    }


def _place_row(plan: Plan, place: Mapping[Hashable, object]) -> tuple[str, dict[str, object]]:
    names = {line["id"]: line["name"] for line in plan.lines}
    country = (
        "" if place["kind"] == "sea" else country_names().get(str(place["iso3"]), place["iso3"])
    )
    return f"routes/{place['id']}", {
        "What it is": f"{plain(str(place['kind']))} on {names[place['infrastructure']]}",
        "Name": place["place"],
        "Country or course": country,
        "How it is known": KNOWN[str(place["basis"])][1],
        "Longitude (degrees east)": place["lon"],
        "Latitude (degrees north)": place["lat"],
        "Note": place["note"],
        "Source": plan.citations[str(place["source"])],
    }


def _area_row(area: Mapping[Hashable, object]) -> tuple[str, dict[str, object]]:
    return "", {
        "What it is": "area of disputed or special status",
        "Name": area["name"],
        "Country or course": f"drawn in {country_names().get(str(area['iso3']), area['iso3'])}",
        "Status": area["status"],
        "Note": area["note"],
        "Source": "Natural Earth 1:50m and data/geo/marked_areas.csv",
    }


def _by_country(plan: Plan, line: str) -> str:
    km = plan.lengths(line)
    parts = zip(km["computed_km"], km["country"], strict=True)
    shares = [
        f"{schematic_km(length)} {country if country == 'at sea' else f'in {country}'}"
        for length, country in parts
    ]
    return f"{plan.length(line)}, {listed(shares)}"


def _describe_line(plan: Plan, facts: Facts) -> str:
    line = facts.line
    places = marked(plan, others=False)
    counts = places["basis"].value_counts()
    known = [f"{counts[basis]} {words}" for basis, (_, words) in KNOWN.items() if basis in counts]
    crossings = places["place"][places["kind"] == "border_crossing"]
    crosses = f" It crosses borders at {listed(list(crossings))}." if len(crossings) else ""
    return (
        f"{line['name']} was {facts.status}: {_by_country(plan, line['id'])}, as drawn here. "
        f"Of its {counted(len(places), 'place')}, {listed(known)}.{crosses}"
    )
