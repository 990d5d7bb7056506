"""Measures of who stands where, in plain Python and pandas.

Stances are whole numbers from −2 to +2 on the scale that the issues table puts in words.
Means treat the scale as even; the number of statements behind each mean travels with it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable
from typing import Any

import pandas as pd

from geodash.case import Case
from geodash.parties import party_of

#: The widest possible distance between two stances, from −2 to +2.
WIDEST = 4
#: Columns of `cells`.
COLUMNS = ("actor", "issue", "mean", "lowest", "highest", "statements", "coded", "refs")


def cells(case: Case, *, by: str = "holder") -> pd.DataFrame:
    """Count and average the positions of each holder on each issue.

    Parameters
    ----------
    by
        `holder`, or `party` to put persons and offices under what they represent.

    Returns
    -------
    pandas.DataFrame
        One row per actor and issue that has a position: `actor`, `issue`, `mean` (−2 to +2,
        NaN where no statement carries a stance), `lowest`, `highest`, `statements` (how many),
        `coded` (how many carry a stance), `refs` (refs with spaces between).
    """
    return pd.DataFrame(cell_records(case, by=by), columns=COLUMNS)


def cell_records(case: Case, *, by: str = "holder") -> list[dict[Hashable, Any]]:
    """Give the rows of `cells` as dictionaries, which take a tenth of the time of a table."""
    party = party_of(case).to_dict() if by == "party" else {}
    rows = case.positions
    stances = rows["stance"].astype("float64")
    gathered: dict[tuple[str, str], tuple[list[str], list[float]]] = {}
    columns = (rows["id"], rows["holder"], rows["issue"], rows["issue"].notna(), stances)
    for id_, holder, issue, on_issue, stance in zip(*columns, strict=True):
        if on_issue:
            refs, coded = gathered.setdefault((party.get(holder, holder), issue), ([], []))
            refs.append(f"positions/{id_}")
            if not math.isnan(stance):
                coded.append(stance)
    return [
        {
            "actor": actor,
            "issue": issue,
            "mean": sum(coded) / len(coded) if coded else math.nan,
            "lowest": min(coded, default=math.nan),
            "highest": max(coded, default=math.nan),
            "statements": len(refs),
            "coded": len(coded),
            "refs": " ".join(refs),
        }
        for (actor, issue), (refs, coded) in gathered.items()
    ]


def divergence(case: Case) -> pd.DataFrame:
    """Find how far apart the parties stand on each issue.

    Returns
    -------
    pandas.DataFrame
        One row per issue on which at least two parties have a stance, widest first: `issue`,
        `distance` between the outermost means (0 to 4), `low` and `high` (parties there),
        `lowest` and `highest` (their means).
    """
    means: dict[str, list[tuple[float, str]]] = {}
    for cell in cell_records(case, by="party"):
        if cell["coded"]:
            means.setdefault(cell["issue"], []).append((cell["mean"], cell["actor"]))
    found = []
    for issue, stances in means.items():
        if len(stances) > 1:
            # Of parties with the same mean the first is the lowest and the last the highest.
            ordered = sorted(stances, key=lambda stance: stance[0])
            (lowest, low), (highest, high) = ordered[0], ordered[-1]
            found.append((issue, highest - lowest, low, high, lowest, highest))
    found.sort(key=lambda row: -row[1])
    columns = ["issue", "distance", "low", "high", "lowest", "highest"]
    return pd.DataFrame(found, columns=columns)


def agreement(case: Case) -> pd.DataFrame:
    """Measure how far each two parties agree on the issues on which both have a stance.

    One minus the mean distance of their stances divided by the widest distance: Gower's
    similarity for ordinal data (Gower 1971, Biometrics 27, 857–871).

    Returns
    -------
    pandas.DataFrame
        One row per two parties that share an issue, most alike first: `first`, `second`,
        `agreement` (0 to 1), `issues` (how many they share).
    """
    means = cells(case, by="party").pivot(index="issue", columns="actor", values="mean")
    found = []
    for first, second in itertools.combinations(means.columns, 2):
        gaps = (means[first] - means[second]).abs().dropna()
        if len(gaps):
            found.append((first, second, 1 - gaps.mean() / WIDEST, len(gaps)))
    table = pd.DataFrame(found, columns=["first", "second", "agreement", "issues"])
    return table.sort_values("agreement", ascending=False, kind="stable", ignore_index=True)
