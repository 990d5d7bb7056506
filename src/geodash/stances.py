"""Measures of who stands where, in pure pandas.

Stances are whole numbers from −2 to +2 on the scale that the issues table puts in words.
Means treat the scale as even; the number of statements behind each mean travels with it.
"""

from __future__ import annotations

import itertools

import pandas as pd

from geodash.case import Case
from geodash.parties import party_of

#: The widest possible distance between two stances, from −2 to +2.
WIDEST = 4


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
    rows = case.positions.dropna(subset=["issue"])
    actor = rows["holder"].map(party_of(case)) if by == "party" else rows["holder"]
    keys = [actor.rename("actor"), rows["issue"]]
    stances = rows["stance"].astype("float64").groupby(keys, sort=False)
    columns = {
        "mean": stances.mean(),
        "lowest": stances.min(),
        "highest": stances.max(),
        "statements": stances.size(),
        "coded": stances.count(),
        "refs": ("positions/" + rows["id"]).groupby(keys, sort=False).agg(" ".join),
    }
    return pd.DataFrame(columns).reset_index()


def divergence(case: Case) -> pd.DataFrame:
    """Find how far apart the parties stand on each issue.

    Returns
    -------
    pandas.DataFrame
        One row per issue on which at least two parties have a stance, widest first: `issue`,
        `distance` between the outermost means (0 to 4), `low` and `high` (parties there).
    """
    means = cells(case, by="party").dropna(subset=["mean"])
    found = []
    for issue, group in means.groupby("issue", sort=False):
        if len(group) > 1:
            ordered = group.sort_values("mean", kind="stable")
            low, high = ordered.iloc[0], ordered.iloc[-1]
            found.append((issue, high["mean"] - low["mean"], low["actor"], high["actor"]))
    table = pd.DataFrame(found, columns=["issue", "distance", "low", "high"])
    return table.sort_values("distance", ascending=False, kind="stable", ignore_index=True)


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
