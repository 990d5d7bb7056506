"""What goes on year by year as plots: deliveries as lines and marks, a scenario as a stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from geodash import theme
from geodash.briefing.plots.data import Plot, Series
from geodash.briefing.plots.values import OTHER
from geodash.case import Case
from geodash.charts import pipelines, pivotwords, series, volumes
from geodash.charts.scenariowords import lost

PIVOT: Mapping[str, str] = {pivotwords.EUROPE: theme.INK, pivotwords.CHINA: theme.ACCENT}
#: Colours of the lines that work already, and of those that start later.
WORKING, STARTING = (theme.NEUTRAL, theme.OIL), (theme.MUTED, theme.BORDER)


def pivot(case: Case) -> Iterator[Plot]:
    """Give deliveries to Europe and to China by year: a line each, and marks of other scopes."""
    found = pivotwords.read_deliveries(case)
    if not found:
        return
    rows = series.rows_of(*found.values())
    periods = sorted({int(row["period"]) for row in rows})
    years = range(periods[0], periods[-1] + 1)
    told = [
        one
        for scopes in found.values()
        for order, scope in enumerate(scopes)
        for one in _lines(scope, years, joined=not order)
    ]
    unsure = [row for row in rows if row["status"] != "actual"]
    title = "; ".join(
        [
            *[f"hollow: {series.statuses(unsure)}"] * bool(unsure),
            *["small dashes: other values of sources"] * any(not one.named for one in told),
        ]
    ).capitalize()
    unit = f"{series.spelt(rows[0]['unit'])} a year"
    yield Plot("line", title, unit, tuple(map(str, years)), tuple(told))


def _lines(one: series.Series, years: Sequence[int], *, joined: bool) -> Iterator[Series]:
    """Give the values that are stated first, then those that other sources give."""
    name = _named(one, joined=joined)
    colour = PIVOT[one.subject] if joined else theme.MUTED
    values = {
        year: list(dict.fromkeys(float(row["value"]) for row in rows))
        for year, rows in one.years.items()
    }
    for order in range(max(map(len, values.values()))):
        at = {year: found[order] for year, found in values.items() if order < len(found)}
        unsure = (
            place
            for place, year in enumerate(years)
            if year in at and not series.solid(series.valued(one.years[year], at[year]))
        )
        yield Series(
            ", ".join([name, *[OTHER] * bool(order), *[str(order)] * (order > 1)]),
            tuple(at.get(year) for year in years),
            colour,
            "joined" if joined and not order else "apart",
            frozenset(unsure),
            named=not order,
        )


def _named(one: series.Series, *, joined: bool) -> str:
    """Name a line or marks by what they include."""
    place, scope = pivotwords.NAMES[one.subject], one.scope or "scope not stated"
    if joined and one.subject == pivotwords.CHINA:
        return f"{place} by Power of Siberia 1"
    return scope if scope.startswith(place) else f"{place}: {scope}"


def scenario(
    case: Case, *, start: int, ramp: int, utilisation: float, lines: Sequence[str] | None
) -> Iterator[Plot]:
    """Give what lines to China carried and would carry, stacked year by year.

    Parameters
    ----------
    start, ramp, utilisation, lines
        What is assumed; see `geodash.charts.volumes.work_out`.
    """
    found = volumes.work_out(case, start=start, ramp=ramp, utilisation=utilisation, lines=lines)
    if not found.shares:
        return
    years = range(found.first, found.end + 1)
    told = [one for share in found.shares for one in _stack(found, share, years)]
    more = tuple(_differing(found, year) for year in years)
    if any(more):
        told.append(Series("More, where sources differ", more, theme.INK, "dotted"))
    title = ""
    if found.loss:
        since = f"{volumes.BEFORE} to {found.loss.year}"
        title = f"Lost in Europe, {since}: {lost(found)} {found.unit.amount} a year"
    yield Plot("stacked", title, found.unit.rate_name, tuple(map(str, years)), tuple(told))


def _stack(found: volumes.Scenario, share: volumes.Share, years: Iterable[int]) -> Iterator[Series]:
    """Give the least that a line delivered, and the least that it would carry."""
    alike = [other for other in found.shares if (other.start is None) == (share.start is None)]
    colours = WORKING if share.start is None else STARTING
    colour = colours[alike.index(share) % len(colours)]
    colour = theme.ACCENT if share is found.focus else colour
    known = {year: pipelines.values(rows)[0] for year, rows in share.known.items()}
    then = {year: round(found.carried(share, year)[0], 3) for year in years if year > found.now}
    name = share.line.name
    if known:
        values = tuple(known.get(year) for year in years)
        yield Series(f"{name}, delivered", values, colour, "solid")
    values = tuple(then.get(year) or None for year in years)
    yield Series(f"{name}, arithmetic", values, colour, "hatched")


def _differing(found: volumes.Scenario, year: int) -> float | None:
    """Give by how much the sources differ on a year; None if they agree."""
    if year > found.now:
        sums = found.sums(year)
        return round(sums[-1] - sums[0], 3) or None
    spans = [pipelines.values(share.known[year]) for share in found.shares if year in share.known]
    return round(sum(span[-1] - span[0] for span in spans), 3) or None
