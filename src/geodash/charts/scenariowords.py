"""What a planned line could replace, in words and as a table: the arithmetic spelt out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geodash import units
from geodash.case import Case
from geodash.charts import capacitywords, series
from geodash.charts.pipelines import Row, read_figures, values
from geodash.charts.volumes import (
    BEFORE,
    LINES,
    RAMP,
    START,
    UTILISATION,
    Scenario,
    Share,
    choosable,
    work_out,
)
from geodash.units import BCM
from geodash.wording import counted, listed

HEADING = "What could Power of Siberia 2 replace?"
LEAD = (
    "Russian pipeline gas to China by year: solid what was delivered, hatched what follows from "
    "capacities by arithmetic, not a forecast; across: what Europe no longer gets"
)
#: The subject of capacities that sources name for the lines of `LINES` together.
TOGETHER = "Russian pipeline gas to China, all lines"


def describe(
    case: Case,
    *,
    start: int = START,
    ramp: int = RAMP,
    utilisation: float = UTILISATION,
    lines: Sequence[str] | None = None,
) -> str:
    """Spell out the arithmetic, and set the sum against what Europe lost.

    Parameters
    ----------
    start, ramp, utilisation, lines
        What is assumed; see `geodash.charts.volumes.work_out`.
    """
    found = work_out(case, start=start, ramp=ramp, utilisation=utilisation, lines=lines)
    if not found.shares:
        names = list(choosable(case).values())
        if names:
            return f"No line is chosen; there are {listed(names)}."
        return "No capacity of a gas pipeline from Russia to China is shown."
    sentences = [_summed(found)]
    if found.loss:
        sums = found.sums(found.full)
        sentences.append(
            f"That is {_percent(found, sums)} of the {lost(found)} {found.unit.amount} a year by "
            f"which Russian pipeline gas to Europe fell from {BEFORE} to {found.loss.year}."
        )
        focus = found.focus
        if focus and len(found.shares) > 1:
            alone = found.carried(focus, found.full)
            sentences.append(f"{focus.line.name} alone would be {_percent(found, alone)}.")
    sentences.append("This is arithmetic on published capacities, not a forecast.")
    return " ".join(sentences)


def note(
    case: Case,
    *,
    start: int = START,
    ramp: int = RAMP,
    utilisation: float = UTILISATION,
    lines: Sequence[str] | None = None,
) -> str:
    """Say how it was worked out, what was lost, what is not counted and what sources name.

    Parameters
    ----------
    start, ramp, utilisation, lines
        What is assumed; see `geodash.charts.volumes.work_out`.
    """
    found = work_out(case, start=start, ramp=ramp, utilisation=utilisation, lines=lines)
    if not found.shares:
        return ""
    sentences = []
    new = [share for share in found.shares if share.start is not None]
    works = [share.line.name for share in found.shares if share.start is None]
    if new:
        sentences.append("A new line fills evenly, and each year counts with its mean.")
    if works:
        kept = "is taken at its capacity" if len(works) == 1 else "are taken at their capacities"
        sentences.append(f"{listed(works)} {kept} from {found.now + 1} on.")
    if found.loss:
        loss = found.loss
        scope = f", {loss.scope}" if loss.scope else ""
        sentences.append(
            f"Lost in Europe{scope}: {_stated(loss.before, found)} in {BEFORE} less "
            f"{_stated(loss.after, found)} in {loss.year}."
        )
    sentences += _not_counted(found)
    sentences += _named(_together(case, found), found)
    return " ".join(filter(None, [*sentences, units.sentence(case)]))


def table(
    case: Case,
    *,
    start: int = START,
    ramp: int = RAMP,
    utilisation: float = UTILISATION,
    lines: Sequence[str] | None = None,
) -> pd.DataFrame:
    """List the figures that were used, and for what.

    Parameters
    ----------
    start, ramp, utilisation, lines
        What is assumed; see `geodash.charts.volumes.work_out`.

    Returns
    -------
    pandas.DataFrame
        One row per figure, indexed by ref.
    """
    found = work_out(case, start=start, ramp=ramp, utilisation=utilisation, lines=lines)
    uses = _uses(found) | {
        row["ref"]: "sum that sources name, for comparison" for row in _together(case, found)
    }
    refs = "figures/" + case.figures["id"]
    listing = capacitywords.table(case.replace(figures=case.figures[refs.isin(list(uses))]))
    listing.insert(1, "Used for", [uses[ref] for ref in listing.index])
    return listing


def lost(found: Scenario) -> str:
    """Say what Europe lost: 157, or 150 to 160 where sources differ."""
    if not found.loss:
        return ""
    told = dict.fromkeys(map(found.told, (found.loss.low, found.loss.high)))
    return " to ".join(told)


def _summed(found: Scenario) -> str:
    """Spell out the sum and what is assumed in it."""
    terms = " + ".join(_term(found, share) for share in found.shares)
    sums = f"{found.either(found.sums(found.full))} {found.unit.rate}"
    about = "" if found.unit == BCM else "about "
    new = [share for share in found.shares if share.start is not None]
    when = f" from {found.full}, if {_assumed(found, new)}" if new else ""
    return f"{terms} = {about}{sums}{when}."


def _term(found: Scenario, share: Share) -> str:
    part = f"{found.utilisation:.0%} of " if share.start and found.utilisation < 1 else ""
    return f"{part}{found.either(values(share.capacities))} ({share.line.name})"


def _assumed(found: Scenario, new: Sequence[Share]) -> str:
    """Say when the new lines start, how long they take to fill and how full they get."""
    assumed = [share.line.name for share in new if share.assumed]
    starts = "starts" if len(assumed) == 1 else "start"
    clauses = [f"{listed(assumed)} {starts} in {found.start}"] if assumed else []
    clauses += [
        f"{share.line.name} starts in {share.start} as planned"
        for share in new
        if not share.assumed
    ]
    which = "it" if len(new) == 1 else "each of them"
    filled = f"takes {counted(found.ramp, 'year')} to fill and then runs at {found.utilisation:.0%}"
    return listed([*clauses, f"{which} {filled}"])


def _percent(found: Scenario, amounts: Sequence[float]) -> str:
    """Say what share of the loss amounts are: 62 to 64%."""
    if not found.loss:
        return ""
    low, high = amounts[0] / found.loss.high, amounts[-1] / found.loss.low
    shares = dict.fromkeys((f"{low:.0%}", f"{high:.0%}"))
    return " to ".join(shares).replace("% to", " to")


def _not_counted(found: Scenario) -> list[str]:
    """Name the capacities of the lines that are left out, and why."""
    rate = found.unit.rate
    older = [
        f"{series.either(share.superseded)} {rate} for {share.line.name}"
        for share in found.shares
        if share.superseded
    ]
    growth = [
        f"the planned growth of {share.line.name} to {series.either(share.line.increases)} {rate}"
        for share in found.shares
        if share.line.increases
    ]
    sentences = [f"Not counted: {listed(growth)}."] if growth else []
    if older:
        sentences.append(
            f"Not counted, as its publisher has given another value since: {listed(older)}."
        )
    return sentences


def _together(case: Case, found: Scenario) -> list[Row]:
    """Give the capacities that sources name for just these lines together."""
    if {share.line.id for share in found.shares} != set(LINES):
        return []
    frame = case.figures
    chosen = (frame["subject"] == TOGETHER) & (frame["measure"] == "capacity")
    return read_figures(case, frame[chosen & (frame["unit"] == found.unit.rate)])


def _named(rows: Sequence[Row], found: Scenario) -> list[str]:
    """Say what sources name for the lines together, and what is claimed by whom."""
    rate = found.unit.rate
    named = [row for row in rows if row["status"] != "claimed"]
    claimed = [
        f"{row['asserted_by'] or 'Someone not named'} claims {series.brief(row['value'])} {rate} "
        "for them."
        for row in rows
        if row["status"] == "claimed"
    ]
    told = [f"Sources name {series.either(named)} {rate} for these lines together."]
    return [*(told if named else []), *claimed]


def _uses(found: Scenario) -> dict[str, str]:
    """Give what each figure is used for, by ref."""
    uses: dict[str, str] = {}
    for share in found.shares:
        for row in share.capacities:
            uses[row["ref"]] = f"capacity of {share.line.name} in the sum"
        for year, rows in share.known.items():
            uses |= {row["ref"]: f"delivered in {year}" for row in rows}
    if found.loss:
        uses |= {row["ref"]: "Europe before the loss" for row in found.loss.before}
        uses |= {row["ref"]: "Europe after the loss" for row in found.loss.after}
    return uses


def _stated(rows: list[Row], found: Scenario) -> str:
    estimated = "" if series.solid(rows) else f" ({series.statuses(rows)})"
    return f"{series.either(rows)} {found.unit.amount}{estimated}"
