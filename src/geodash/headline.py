"""The few numbers with which a case introduces itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodash.case import Case
from geodash.parties import party_of
from geodash.sources import citations
from geodash.stances import WIDEST, divergence
from geodash.wording import counted, number


@dataclass(frozen=True)
class Fact:
    """A number with what it counts and who says so."""

    value: str
    label: str
    says_who: str


def headline(case: Case) -> list[Fact]:
    """Give the numbers of a headline strip, each with its source.

    The first row of the figures table is the case's own headline figure.
    """
    positions = case.positions
    parties = positions["holder"].map(party_of(case)).nunique()
    outlets = counted(positions["source"].nunique(), "report")
    behind = f"of {parties} parties, from {outlets}"
    facts = [Fact(counted(len(positions), "position"), "Who says what", behind)]
    for _, row in case.figures.head(1).iterrows():
        value = f"{number(row['value'])} {row['unit']}"
        label = f"{row['subject']}, {row['measure']}, {row['status']}"
        facts.append(Fact(value, label, citations(case)[row["source"]]))
    apart = divergence(case)
    facts += [_widest(case, row) for _, row in apart[apart["distance"] > 0].head(1).iterrows()]
    return facts


def _widest(case: Case, widest: pd.Series[Any]) -> Fact:
    names = case.actors.set_index("id")["short_name"]
    issue = case.issues.set_index("id").loc[widest["issue"]]
    steps = f"{number(widest['distance'])} of {WIDEST} steps"
    between = f"{names[widest['low']]} and {names[widest['high']]}: {steps}"
    return Fact(str(issue["name"]), "Furthest apart", between)
