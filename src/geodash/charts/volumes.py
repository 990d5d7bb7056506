"""What lines from Russia to China would carry in a year, worked out from their capacities.

The arithmetic of the scenario: nothing here is a forecast. Where sources differ, a number is all
its values, never their mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from geodash.case import Case, Part
from geodash.charts import pipelines, series
from geodash.charts.pipelines import Line, Row, values
from geodash.units import BCM, Unit, rounded, unit_of
from geodash.wording import listed, number

#: What can be assumed, and what is at first: the year in which a line starts whose start is not
#: known, the years that a line takes to fill, the share of its capacity that it then carries.
STARTS, START = range(2028, 2041), 2031
RAMPS, RAMP = range(1, 11), 5
UTILISATIONS, UTILISATION = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0), 1.0
#: The lines at first; all of a case that has none of them.
LINES = ("power-of-siberia-1", "far-eastern-route", "power-of-siberia-2")

#: Whose deliveries fell, and the last full year before they did.
EUROPE, BEFORE = "Russian pipeline gas to Europe", 2021
#: The tables that the arithmetic reads besides those of the lines.
MATERIAL = ("figures", "infrastructure", "actors", "sources")
#: The last year that is shown, unless the lines fill later.
END = 2040


@dataclass(frozen=True)
class Share:
    """One line's part in the volume.

    Attributes
    ----------
    line
        The line.
    capacities
        The rows of its capacity that count.
    superseded
        Rows that do not: their publisher has given another value since.
    known
        Its actual deliveries by year.
    start
        The year in which it starts; None if it works already.
    """

    line: Line
    capacities: list[Row]
    superseded: list[Row]
    known: Mapping[int, list[Row]]
    start: int | None

    @property
    def assumed(self) -> bool:
        """Whether its start is not known, but assumed."""
        return self.start is not None and self.line.start is None


@dataclass(frozen=True)
class Loss:
    """By how much deliveries to Europe fell, between two years of one scope."""

    scope: str
    year: int
    before: list[Row]
    after: list[Row]

    @property
    def low(self) -> float:
        """The least that it can be by the sources."""
        return values(self.before)[0] - values(self.after)[-1]

    @property
    def high(self) -> float:
        """The most that it can be by the sources."""
        return values(self.before)[-1] - values(self.after)[0]


@dataclass(frozen=True)
class Scenario:
    """What is assumed, and what follows.

    Attributes
    ----------
    shares
        The lines, those that work first, then by start.
    loss
        What deliveries to Europe fell by; None if the case does not tell.
    unit
        The unit of all numbers.
    """

    start: int
    ramp: int
    utilisation: float
    shares: list[Share]
    loss: Loss | None
    unit: Unit

    @property
    def now(self) -> int:
        """The last year whose deliveries are known; before the first start if none are."""
        known = [year for share in self.shares for year in share.known]
        return max(known, default=min(share.start or self.start for share in self.shares) - 1)

    @property
    def first(self) -> int:
        """The first year."""
        return min((year for share in self.shares for year in share.known), default=self.now + 1)

    @property
    def end(self) -> int:
        """The last year."""
        return max(END, self.start + self.ramp + 2)

    @property
    def full(self) -> int:
        """The first year in which all lines carry what they can."""
        new = [share.start + self.ramp for share in self.shares if share.start is not None]
        return max([*new, self.now + 1])

    def part(self, share: Share, year: int) -> float:
        """Give the part of its capacity that a line carries in a year after `now`.

        A line fills evenly from the first day of its first year, and a year counts with its mean:
        in five years to 10, 30, 50, 70 and 90 %. A line that works already carries all.
        """
        if share.start is None:
            return 1
        filled = (year - share.start + 0.5) / self.ramp if year >= share.start else 0
        return self.utilisation * min(filled, 1)

    def carried(self, share: Share, year: int) -> list[float]:
        """Give what a line carries in a year after `now`, by each of its capacities."""
        part = self.part(share, year)
        return [value * part for value in values(share.capacities)]

    def sums(self, year: int) -> list[float]:
        """Give what all lines carry together in a year after `now`, the smallest first."""
        found = product(*(self.carried(share, year) for share in self.shares))
        return sorted({round(sum(one), 6) for one in found})

    @property
    def focus(self) -> Share | None:
        """What the scenario is about: the first planned line of the figures table."""
        line = pipelines.focus([share.line for share in self.shares])
        return next((share for share in self.shares if share.line is line), None)

    def told(self, value: float) -> str:
        """Write an amount."""
        return series.brief(value if self.unit == BCM else rounded(value))

    def either(self, found: Sequence[float]) -> str:
        """Write amounts: 98 or 100, or 96 to 105 where there are more than two."""
        told = list(dict.fromkeys(map(self.told, found)))
        return " or ".join(told) if len(told) < 3 else f"{told[0]} to {told[-1]}"


def choosable(case: Case) -> dict[str, str]:
    """Give the gas pipelines from Russia to China that have a capacity: ids and names."""
    ours = _to_china(case)
    found = (line for line in pipelines.lines(case) if line.id in ours and line.capacities)
    return {line.id: line.name for line in sorted(found, key=lambda line: line.order)}


def lines_at_first(case: Case) -> list[str]:
    """Give the ids of the lines at first: `LINES`, or all of a case that has none of them."""
    possible = choosable(case)
    return [id_ for id_ in LINES if id_ in possible] or list(possible)


def work_out(
    case: Case, *, start: int, ramp: int, utilisation: float, lines: Sequence[str] | None
) -> Scenario:
    """Work out a scenario.

    Parameters
    ----------
    start
        The year in which lines start whose start is not known, one of `STARTS`.
    ramp
        Years that a new line takes to fill, one of `RAMPS`.
    utilisation
        Share of its capacity that a new line then carries, from 0.5 to 1.
    lines
        Ids of gas pipelines from Russia to China; those without a capacity add nothing. Those
        at first if None.

    Raises
    ------
    ValueError
        If anything is outside of what can be assumed.
    """
    _check(case, start, ramp, utilisation, lines or ())
    possible = choosable(case)
    if lines is None:
        lines = lines_at_first(case)
    editions, known, loss = _material(Part(case, *MATERIAL))
    shares = [
        _share(line, known.get(line.id, {}), editions, start)
        for line in pipelines.lines(case)
        if line.id in lines and line.id in possible
    ]
    shares.sort(key=lambda share: (share.start or 0, share.line.order))
    return Scenario(start, ramp, utilisation, shares, loss, unit_of(case))


def _check(case: Case, start: int, ramp: int, utilisation: float, lines: Iterable[str]) -> None:
    if start not in STARTS:
        raise ValueError(f"start must be a year from {STARTS[0]} to {STARTS[-1]}; found “{start}”")
    if ramp not in RAMPS:
        raise ValueError(
            f"ramp must be a number of years from {RAMPS[0]} to {RAMPS[-1]}; found “{ramp}”"
        )
    low, high = UTILISATIONS[0], UTILISATIONS[-1]
    if not low <= utilisation <= high:
        raise ValueError(
            f"utilisation must be a share from {number(low)} to {number(high)}; "
            f"found “{utilisation}”"
        )
    ours = _to_china(case)
    unknown = [f"“{id_}”" for id_ in lines if id_ not in ours]
    if unknown:
        raise ValueError(
            f"lines must be gas pipelines from Russia to China, any of {', '.join(ours)}; "
            f"found {listed(unknown)}"
        )


def _to_china(case: Case) -> list[str]:
    """Give the ids of gas pipelines from Russia to China; filters leave them all."""
    rows = case.infrastructure
    countries = rows["countries"]
    return list(
        rows["id"][
            rows["commodity"].eq("gas")
            & countries.str.startswith("RUS ")
            & countries.str.endswith(" CHN")
        ]
    )


#: Publisher and date of the source of each figure, by ref.
Editions = Mapping[str, tuple[str, str]]
#: The actual deliveries of each line by year.
Known = Mapping[str, Mapping[int, list[Row]]]


# A slider works with the same tables again and again.
@lru_cache(maxsize=16)
def _material(part: Part) -> tuple[Editions, Known, Loss | None]:
    return _editions(part.case), _known(part.case), _loss(part.case)


def _editions(case: Case) -> Editions:
    rows, figures = case.sources, case.figures
    published = rows["published"].where(rows["published"].ne("unknown"), "")
    dated = dict(zip(rows["id"], zip(rows["publisher"], published, strict=True), strict=True))
    refs = "figures/" + figures["id"]
    return dict(zip(refs, figures["source"].map(dated), strict=True))


def _known(case: Case) -> Known:
    rows = case.figures
    ours = rows["infrastructure"].isin(_to_china(case)) & rows["measure"].eq("deliveries")
    known: dict[str, dict[int, list[Row]]] = {}
    for row in series.read(case, "deliveries", *rows["subject"][ours].unique()):
        if row["status"] == "actual":
            years = known.setdefault(row["infrastructure"], {})
            years.setdefault(int(row["period"]), []).append(row)
    return known


def _share(line: Line, known: Mapping[int, list[Row]], editions: Editions, start: int) -> Share:
    latest: dict[str, str] = {}
    for row in line.capacities:
        publisher, day = editions[row["ref"]]
        latest[publisher] = max(day, latest.get(publisher, ""))
    superseded = [
        row for row in line.capacities if editions[row["ref"]][1] < latest[editions[row["ref"]][0]]
    ]
    works = line.look == "working" or bool(known)
    return Share(
        line=line,
        capacities=[row for row in line.capacities if row not in superseded],
        superseded=superseded,
        known=known,
        start=None if works else line.start or start,
    )


def _loss(case: Case) -> Loss | None:
    """Give what Europe lost, in the scope with most years."""
    rows = series.read(case, "deliveries", EUROPE)
    for one in series.by_scope(row for row in rows if row["status"] in ("actual", "estimate")):
        if BEFORE in one.years and one.last > BEFORE:
            loss = Loss(one.scope, one.last, one.years[BEFORE], one.years[one.last])
            # Where sources are not even sure of a loss, there is none to speak of.
            return loss if loss.low > 0 else None
    return None
