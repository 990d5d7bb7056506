"""How big the pipelines are, in words and as a table."""

from __future__ import annotations

import pandas as pd

from geodash import units
from geodash.case import Case
from geodash.charts import pipelines
from geodash.charts.pipelines import Line, during, either
from geodash.sources import citations
from geodash.units import Unit
from geodash.wording import counted, listed, number, plain, written_date

HEADING = "How big are the pipelines?"
LEAD = "Design capacity by destination; dots: gas delivered in one year"


def describe(case: Case) -> str:
    """Compare the planned line with others, in sentences made from the rows shown."""
    lines = pipelines.lines(case)
    if not lines:
        others = counted(len(case.figures), "other figure")
        return (
            f"No capacity of a gas pipeline is shown{f', but {others}' * bool(len(case.figures))}."
        )
    focus, unit = pipelines.focus(lines), units.unit_of(case)
    if focus:
        compared = "; ".join(_compared(focus, other, unit) for other in pipelines.peers(lines))
        size = f"The {number(focus.size)} {unit.rate} of {focus.name}, {focus.word},"
        first = f"{size} are {compared or 'shown without a line to compare with'}."
    else:
        sizes = " to ".join(dict.fromkeys(number(line.size) for line in _extremes(lines)))
        first = f"{counted(len(lines), 'gas pipeline')} of {sizes} {unit.rate}."
    return " ".join([first, *_increases(lines, unit), *_disagreements(lines, unit)])


def note(case: Case) -> str:
    """Say of which day the statuses are, what the deliveries include and by what they convert."""
    lines = pipelines.lines(case)
    days = dict.fromkeys(line.as_of for line in lines)
    scopes = dict.fromkeys(
        f"{line.name}: {rows[0]['scope']}"
        for line in lines
        for rows in line.deliveries
        if rows[0]["scope"]
    )
    sentences = [f"Status of the lines on {listed(list(days))}."] if days else []
    sentences += [f"What the deliveries include: {'; '.join(scopes)}."] if scopes else []
    return " ".join(filter(None, [*sentences, units.sentence(case)]))


def table(case: Case) -> pd.DataFrame:
    """List every figure of the case, those also that are not drawn.

    Returns
    -------
    pandas.DataFrame
        One row per figure, indexed by ref; empty text where nothing is stated.
    """
    rows = case.figures
    values = zip(rows["value"], rows["unit"], strict=True)
    columns = {
        "Subject": rows["subject"],
        "Measure": rows["measure"],
        "Value": [f"{number(value)} {unit}" for value, unit in values],
        "Period": rows["period"].fillna("").map(written_date),
        "Status": rows["status"].map(plain),
        "Scope": rows["scope"].fillna(""),
        "Asserted by": rows["asserted_by"].map(case.actors.set_index("id")["name"]).fillna(""),
        "Source": rows["source"].map(citations(case)),
    }
    return pd.DataFrame(columns).set_index(("figures/" + rows["id"]).rename("ref"))


def _extremes(lines: list[Line]) -> tuple[Line, Line]:
    ordered = sorted(lines, key=lambda line: line.size)
    return ordered[0], ordered[-1]


def _compared(focus: Line, other: Line, unit: Unit) -> str:
    ratio = _times(focus.size / other.size)
    text = f"{ratio} the {number(other.size)} {unit.rate} of {other.name}, {other.word}"
    if other.deliveries:
        rows = other.deliveries[0]
        scope = f" ({rows[0]['scope']})" if rows[0]["scope"] else ""
        text += f", which delivered {either(rows)} {unit.amount}{during(rows[0]['period'])}{scope}"
    return text


def _times(ratio: float) -> str:
    if abs(ratio - 1) < 0.05:
        return "about the same as"
    return f"about {ratio:.1f} times" if ratio > 1 else f"about {ratio:.0%} of"


def _increases(lines: list[Line], unit: Unit) -> list[str]:
    """Say to what the capacity of lines is to grow."""
    return [
        f"{line.name} is planned to grow from {either(line.capacities)} to "
        f"{either(line.increases)} {unit.rate}."
        for line in lines
        if line.increases
    ]


def _disagreements(lines: list[Line], unit: Unit) -> list[str]:
    """Name the lines on whose capacity sources differ, and what is claimed by whom."""
    differing = [
        f"{line.name} ({either(line.capacities)} {unit.rate})"
        for line in lines
        if len(pipelines.values(line.capacities)) > 1
    ]
    claims = [
        f"{row['asserted_by'] or 'Someone not named'} claims {number(row['value'])} {unit.rate} "
        f"for {line.name}."
        for line in lines
        for row in line.claims
    ]
    found = [f"Sources differ on {listed(differing)}."] if differing else []
    return found + list(dict.fromkeys(claims))
