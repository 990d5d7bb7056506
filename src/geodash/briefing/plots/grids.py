"""Charts of statements and events as grids of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from geodash.briefing.plots.data import Cell, Grid
from geodash.case import Case
from geodash.charts import moments, squares
from geodash.charts.matrix import ordered, signed
from geodash.charts.moments import Moment
from geodash.charts.timeline import BUSY
from geodash.parties import party_of
from geodash.stances import cell_records
from geodash.wording import counted, listed

#: What a cell says where nobody said anything.
NOTHING = "–"
#: Parties of which the timeline names the number of positions in a row.
NAMED = 4


def stances(case: Case, *, sort: str) -> Iterator[Grid]:
    """Give who stands where: holders and issues, with the mean stance in each cell.

    Parameters
    ----------
    sort
        Order of the holders, a key of `geodash.charts.matrix.SORTS`.
    """
    found = {(cell["actor"], cell["issue"]): cell for cell in cell_records(case)}
    if not found:
        return
    answered = {issue for _, issue in found}
    names = zip(case.issues["id"], case.issues["name"], strict=True)
    issues = {id_: name for id_, name in names if id_ in answered}
    rows = []
    for line in ordered(case, found.values(), party_of(case).to_dict(), sort):
        of = "" if line.is_party else f" ({line.party})"
        cells = [found.get((line.actor, issue)) for issue in issues]
        rows.append((Cell(f"{line.name}{of}"), *map(_stance, cells)))
    yield Grid(
        "Mean stance on the scale of each issue, from −2 (▼▼) to +2 (▲▲). In brackets: how many "
        f"statements, where there are several. {NOTHING} no statement.",
        ("Holder", *issues.values()),
        (1.6, *(1.0 for _ in issues)),
        tuple(rows),
    )


def _stance(cell: squares.Cell | None) -> Cell:
    """Write a mean stance with its symbol, and count the statements."""
    if cell is None:
        return Cell(NOTHING)
    many = f" ({cell['statements']})" if cell["statements"] > 1 else ""
    if not cell["coded"]:
        return Cell(f"not stated{many}")
    kind = squares.kind_of(cell)
    symbol, colour, _ = squares.KINDS[kind]
    mixed = "mixed, " if kind == "mixed" else ""
    return Cell(f"{symbol} {mixed}{signed(cell['mean'])}{many}", colour)


def timeline(case: Case, *, show: str) -> Iterator[Grid]:
    """Give what happened by date: each event, and how many positions are of which parties.

    Parameters
    ----------
    show
        What is shown, a key of `geodash.charts.timeline.SHOWN`.
    """
    happened, said = moments.read(case)
    week = moments.busiest_week(happened + said)
    if show == BUSY and week:
        happened, said = moments.within(happened, week), moments.within(said, week)
    rows = [*moments.grouped(happened), *_counted(case, said)]
    rows.sort(key=lambda moment: moment.start)
    if rows:
        yield Grid(
            "",
            ("Date", "What happened or was said", "Who"),
            (1.6, 5.4, 3.4),
            tuple((Cell(one.written), Cell(one.title), Cell(one.who)) for one in rows),
        )


def _counted(case: Case, said: list[Moment]) -> Iterator[Moment]:
    """Count positions by date, and name the parties that hold most of them."""
    names = dict(zip(case.actors["id"], case.actors["short_name"], strict=True))
    dates: dict[str, list[Moment]] = {}
    for moment in said:
        dates.setdefault(moment.written, []).append(moment)
    for here in dates.values():
        most = Counter(names[moment.parties[0]] for moment in here).most_common()
        who = listed([f"{name} ({count})" for name, count in most], most=NAMED)
        yield replace(here[0], title=counted(len(here), "position"), who=who)
