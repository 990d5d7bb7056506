"""What several charts say of statements: lines of a tooltip, and columns of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from geodash.case import Case
from geodash.sources import citations
from geodash.wording import listed, plain, written_date

#: Statements that a tooltip gives before it counts the rest.
GIVEN = 3


def given(case: Case, marks: Iterable[str]) -> dict[str, list[str]]:
    """Give the first statements behind each mark, and the number of the others.

    Parameters
    ----------
    marks
        For each mark its refs of positions, with spaces between.
    """
    wanted = {mark: mark.split(" ") for mark in marks}
    refs = "positions/" + case.positions["id"]
    at = refs.isin({ref for own in wanted.values() for ref in own[:GIVEN]})
    summaries = dict(zip(refs[at], case.positions["summary"][at], strict=True))
    return {
        mark: [f"• {summaries[ref]}" for ref in own[:GIVEN]]
        + ([f"and {len(own) - GIVEN} more"] if len(own) > GIVEN else [])
        for mark, own in wanted.items()
    }


def how_and_where(case: Case, rows: pd.DataFrame) -> dict[str, object]:
    """Give the last columns of a table of positions: what was said, how, when, and where it stands.

    Parameters
    ----------
    rows
        Positions.
    """
    dates = zip(rows["date"], rows["date_precision"], strict=True)
    return {
        "Statement": rows["summary"],
        "How": rows["statement_type"].map(plain),
        "Date": [written_date(day, precision) for day, precision in dates],
        "Source": rows["source"].map(citations(case)),
    }


def leading(counts: Mapping[str, int], *, most: int = 3) -> str:
    """Name those with the highest count, and it: “A (5)”, “A and B (5 each)”.

    Parameters
    ----------
    counts
        Counts by name.
    most
        How many to name at most.

    Returns
    -------
    str
        Empty where all have the same count.
    """
    highest = max(counts.values())
    ahead = [name for name, count in counts.items() if count == highest]
    if len(ahead) == len(counts):
        return ""
    return f"{listed(ahead, most=most)} ({highest}{'' if len(ahead) == 1 else ' each'})"
