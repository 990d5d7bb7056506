"""Who stands where: holders, and the issues on which they take a stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts.grids import GAP, Line, by_holder, by_party
from geodash.charts.squares import Cell
from geodash.charts.statements import given, how_and_where, leading
from geodash.parties import party_of
from geodash.stances import cell_records, divergence
from geodash.wording import counted, listed

HEADING = "Who stands where?"
LEAD = (
    "Mean stance of each holder, from −2 to +2 on the scale of each issue; the tooltips and the "
    "table put it in words. A number counts the statements where there are several."
)

#: The orders of the holders, by the word that asks for them.
SORTS: Mapping[str, str] = {
    "country": "By country",
    "statements": "Most statements first",
    "stance": "By mean stance",
}


def stance_matrix(case: Case, *, sort: str = "country", narrow: bool = False) -> go.Figure:
    """Draw who stands where: a square for each holder and issue, coloured by its mean stance.

    Parameters
    ----------
    sort
        Order of the holders, a key of `SORTS`.
    narrow
        Draw it for a phone: issues as rows, parties instead of holders as columns.

    Raises
    ------
    ValueError
        If there is no such order.
    """
    if sort not in SORTS:
        raise ValueError(f"sort must be one of {', '.join(SORTS)}; found “{sort}”")
    found = cell_records(case, by="party" if narrow else "holder")
    if not found:
        return theme.empty_figure(describe(case))
    party = party_of(case).to_dict()
    lines = ordered(case, found, party, sort)
    answered = {cell["issue"] for cell in found}
    names = zip(case.issues["id"], case.issues["name"], strict=True)
    issues = {issue: name for issue, name in names if issue in answered}
    _write_hovers(case, found, party, width=40 if narrow else 64)
    if narrow:
        return by_party(found, lines, issues)
    return by_holder(found, lines, issues, gap=GAP if sort == "country" else 0)


def describe(case: Case) -> str:
    """Say in words who stands where."""
    rows = case.positions[case.positions["issue"].notna()]
    if rows.empty:
        return "There is no position on an issue to show."
    names = dict(zip(case.actors["id"], case.actors["short_name"], strict=True))
    holders = Counter(names[holder] for holder in rows["holder"])
    sentences = [
        f"{counted(len(rows), 'position')} of {counted(len(holders), 'holder')} "
        f"on {counted(rows['issue'].nunique(), 'issue')}.",
        _furthest_apart(case, names),
        f"Most come from {leading(holders)}." if leading(holders) else "",
    ]
    return " ".join(filter(None, sentences))


def _furthest_apart(case: Case, names: Mapping[str, str]) -> str:
    apart = divergence(case).to_dict("records")
    if not apart or not apart[0]["distance"]:
        return ""
    first = apart[0]
    widest = [row["issue"] for row in apart if row["distance"] == first["distance"]]
    issues = case.issues.set_index("id").to_dict("index")
    where = listed([f"“{issues[issue]['name']}”" for issue in widest], most=3)
    issue = issues[first["issue"]]
    low = f"{names[first['low']]} at {signed(first['lowest'])}"
    high = f"{names[first['high']]} at {signed(first['highest'])}"
    there = f" On “{issue['name']}”," if len(widest) > 1 else ""
    return (
        f"The parties stand furthest apart on {where}{'.' if there else ':'}{there} {low} and "
        f"{high}, where −2 is “{_clause(issue['minus2'])}” and +2 “{_clause(issue['plus2'])}”."
    )


def table(case: Case) -> pd.DataFrame:
    """List the positions behind the matrix.

    Returns
    -------
    pandas.DataFrame
        One row per position on an issue, indexed by ref.
    """
    rows = case.positions.dropna(subset=["issue"])
    issues = case.issues.set_index("id")
    scales = issues.to_dict("index")
    stances = zip(rows["issue"], rows["stance"], strict=True)
    columns = {
        "Holder": rows["holder"].map(case.actors.set_index("id")["name"]),
        "Issue": rows["issue"].map(issues["name"]),
        "Stance": [_in_words(scales[issue], stance) for issue, stance in stances],
        **how_and_where(case, rows),
    }
    return pd.DataFrame(columns).set_index(("positions/" + rows["id"]).rename("ref"))


def signed(stance: float) -> str:
    """Write a stance, or a mean of stances, with its sign."""
    return f"{stance:+.1f}".replace(".0", "").replace("-", "−") if stance else "0"


def _clause(sentence: str) -> str:
    return sentence.rstrip(".")


def _in_words(issue: Mapping[Hashable, Any], stance: float) -> str:
    """Say a stance in the words of the issue's scale, which names both ends and the middle."""
    if pd.isna(stance):
        return "not stated"
    ends = {-2: "minus2", 0: "zero", 2: "plus2"}
    step = theme.stance_step(stance)
    if step in ends:
        return f"{signed(stance)}: {issue[ends[step]]}"
    return f"{signed(stance)}: towards “{_clause(issue[ends[2 * step]])}”"


def _write_hovers(
    case: Case, found: Iterable[Cell], party: Mapping[Any, str], *, width: int
) -> None:
    """Add its tooltip to each cell: who, the question, the stance in words, the statements."""
    actors = case.actors.set_index("id").to_dict("index")
    issues = case.issues.set_index("id").to_dict("index")
    statements = given(case, (cell["refs"] for cell in found))
    for cell in found:
        actor, issue = cell["actor"], issues[cell["issue"]]
        of = f" ({actors[party[actor]]['short_name']})" if party[actor] != actor else ""
        cell["hover"] = theme.hover(
            f"{actors[actor]['name']}{of}: {issue['name']}",
            issue["question"],
            _stance_line(cell, issue),
            *statements[cell["refs"]],
            width=width,
        )


def _stance_line(cell: Cell, issue: Mapping[Hashable, Any]) -> str:
    if not cell["coded"]:
        return "Stance not stated"
    words = _in_words(issue, cell["mean"])
    if cell["lowest"] == cell["highest"]:
        return f"Stance {words}"
    spread = f"{signed(cell['lowest'])} to {signed(cell['highest'])}"
    return f"Stances differ, from {spread}; mean {words}"


def ordered(case: Case, found: Iterable[Cell], party: Mapping[Any, str], sort: str) -> list[Line]:
    """Put the actors of the cells in order; a party stands before its persons and offices.

    Parameters
    ----------
    found
        Cells, as `geodash.stances.cell_records` gives them.
    party
        The party of each actor.
    sort
        A key of `SORTS`.
    """
    names = dict(zip(case.actors["id"], case.actors["short_name"], strict=True))
    colours = dict(zip(names, theme.colours_of(case), strict=True))
    rank = {actor: place for place, actor in enumerate(names)}
    statements = dict.fromkeys(names, 0)
    coded, total = statements.copy(), dict.fromkeys(names, 0.0)
    for cell in found:
        statements[cell["actor"]] += cell["statements"]
        if cell["coded"]:
            coded[cell["actor"]] += cell["coded"]
            total[cell["actor"]] += cell["coded"] * cell["mean"]

    def order(actor: str) -> tuple[float, ...]:
        by = {
            "country": 0.0,
            "statements": -statements[actor],
            "stance": -total[actor] / coded[actor] if coded[actor] else float("inf"),
        }
        return by[sort], rank[party[actor]], actor != party[actor], rank[actor]

    return [
        Line(actor, names[actor], names[party[actor]], colours[actor], actor == party[actor])
        for actor in sorted((actor for actor in names if statements[actor]), key=order)
    ]
