"""Who speaks of whom: what the statements of parties do to other parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd
import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts.flows import ACTS, Link, bars, curves
from geodash.charts.statements import given, how_and_where, leading
from geodash.parties import party_of
from geodash.wording import counted, listed

HEADING = "Who speaks of whom?"
LEAD = (
    "What the statements of each party do to others; numbers count the statements. "
    "Persons and offices are counted under their party."
)

#: Speakers of an act that the sentence names before it counts the rest.
NAMED = 5
#: Barycentres settle after a few rounds.
ROUNDS = 8


def relations(case: Case, *, narrow: bool = False) -> go.Figure:
    """Draw who speaks of whom: a line for each act of one party on another.

    Parameters
    ----------
    narrow
        Draw it for a phone: bars under each speaker instead of lines between parties.
    """
    links = _links(case)
    if not links:
        return theme.empty_figure(describe(case))
    names = dict(zip(case.actors["id"], case.actors["short_name"], strict=True))
    colours = dict(zip(case.actors["id"], theme.colours_of(case), strict=True))
    speakers, addressees = _uncrossed(links)
    acts = list(ACTS)
    links.sort(
        key=lambda link: (
            speakers.index(link.speaker),
            addressees.index(link.addressee),
            acts.index(link.act),
        )
    )
    for link in links:
        link.colour = colours[link.speaker]
    _write_hovers(case, links, names, width=40 if narrow else 64)
    return bars(links, names) if narrow else curves(links, addressees, names, colours)


def describe(case: Case) -> str:
    """Say in words who speaks of whom."""
    links = _links(case)
    if not links:
        return "There is no statement of one party about another to show."
    names = dict(zip(case.actors["id"], case.actors["short_name"], strict=True))
    by: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for link in links:
        by[names[link.speaker]] += len(link.refs)
        of[names[link.addressee]] += len(link.refs)
    sentences = [
        f"{counted(by.total(), 'statement')} by {counted(len(by), 'party', 'parties')} "
        f"about {counted(len(of), 'party', 'parties')}.",
        f"Most come from {leading(by)}." if leading(by) else "",
        f"Most are about {leading(of)}." if leading(of) else "",
        *(_who(links, act, names) for act in ("accuses", "awaits")),
    ]
    return " ".join(filter(None, sentences))


def _who(links: Iterable[Link], act: str, names: Mapping[str, str]) -> str:
    """Say who does something to whom."""
    whom: dict[str, list[str]] = {}
    for link in links:
        if link.act == act:
            whom.setdefault(names[link.speaker], []).append(names[link.addressee])
    clauses = [f"{who} {ACTS[act].words} {listed(those, most=4)}" for who, those in whom.items()]
    if len(clauses) > NAMED:
        clauses = [*clauses[:NAMED], f"and {len(clauses) - NAMED} others do so too"]
    return "; ".join(clauses) + "." if clauses else ""


def table(case: Case) -> pd.DataFrame:
    """List the statements behind the lines.

    Returns
    -------
    pandas.DataFrame
        One row per position that does something to an addressee, indexed by ref.
    """
    rows = _telling(case)
    names = case.actors.set_index("id")["name"]
    columns = {
        "Who": rows["holder"].map(names),
        "Does what": [ACTS[act].words for act in rows["act"]],
        "To whom": rows["addressee"].map(names),
        **how_and_where(case, rows),
    }
    return pd.DataFrame(columns).set_index(("positions/" + rows["id"]).rename("ref"))


def _telling(case: Case) -> pd.DataFrame:
    return case.positions.dropna(subset=["addressee", "act"])


def _links(case: Case) -> list[Link]:
    """Gather the statements of each party about each other, by act."""
    rows, party = _telling(case), party_of(case).to_dict()
    found: dict[tuple[str, str, str], Link] = {}
    columns = (rows[column] for column in ("id", "holder", "addressee", "act"))
    for id_, holder, addressee, act in zip(*columns, strict=True):
        key = (party[holder], party[addressee], act)
        link = found.setdefault(key, Link(*key))
        link.refs.append(f"positions/{id_}")
        link.holders[holder] = link.named[addressee] = None
    return list(found.values())


def _uncrossed(links: Iterable[Link]) -> tuple[list[str], list[str]]:
    """Put speakers and addressees in an order in which few lines cross.

    Each goes to the mean place of those it is tied to, in turn (barycentre method: Sugiyama,
    Tagawa and Toda 1981, IEEE Transactions on Systems, Man, and Cybernetics 11, 109–125).
    """
    pairs = [(link.speaker, link.addressee) for link in links]
    left, right = (list(dict.fromkeys(side)) for side in zip(*pairs, strict=True))
    for _ in range(ROUNDS):
        right = _by_barycentre(right, left, [(there, here) for here, there in pairs])
        left = _by_barycentre(left, right, pairs)
    return left, right


def _by_barycentre(
    side: list[str], other: list[str], pairs: Iterable[tuple[str, str]]
) -> list[str]:
    place = {actor: i for i, actor in enumerate(other)}
    tied: dict[str, list[int]] = {actor: [] for actor in side}
    for here, there in pairs:
        tied[here].append(place[there])
    return sorted(side, key=lambda actor: sum(tied[actor]) / len(tied[actor]))


def _write_hovers(
    case: Case, links: Iterable[Link], names: Mapping[str, str], *, width: int
) -> None:
    """Add its tooltip to each link: who does what to whom, the persons, the statements."""
    statements = given(case, (link.data for link in links))
    full = dict(zip(case.actors["id"], case.actors["name"], strict=True))
    for link in links:
        link.hover = theme.hover(
            f"{names[link.speaker]} {link.words} {names[link.addressee]}: "
            f"{counted(len(link.refs), 'statement')}",
            _persons("Held by", link.holders, link.speaker, full),
            _persons("About", link.named, link.addressee, full),
            *statements[link.data],
            width=width,
        )


def _persons(role: str, actors: Iterable[str], party: str, names: Mapping[str, str]) -> str:
    """Name the actors in a role unless the party itself is the only one."""
    actors = list(actors)
    return "" if actors == [party] else f"{role} {listed([names[a] for a in actors], most=4)}"
