"""Capacities, prices and trade as plots: each value of the tables is a bar, none is a mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from geodash import theme
from geodash.briefing.plots.data import Bar, Look, Looks, Plot, plot_of_bars
from geodash.case import Case
from geodash.charts import pipelines, pricewords, series, tradewords
from geodash.charts.pipelines import Line, Row, during
from geodash.units import unit_of

#: Bars of one plot at most: their names need room.
MOST = 14
#: What is written after the label of a value that sources give besides the first.
OTHER = "another value"

CAPACITIES: Looks = {
    "Working": (theme.NEUTRAL, "solid"),
    "Planned": (theme.ACCENT, "hatched"),
    "Stopped": (theme.NEUTRAL, "hollow"),
    "Claimed": (theme.INK, "dotted"),
    "Delivered in one year": (theme.INK, "solid"),
}
PRICES: Mapping[str, str] = {pricewords.CHINA: theme.ACCENT, pricewords.EUROPE: theme.MUTED}
#: How the status of a value looks.
LOOKS: Mapping[str, Look] = {
    "actual": "solid",
    "estimate": "hollow",
    "forecast": "hatched",
    "planned": "hatched",
    "claimed": "dotted",
}


def capacities(case: Case) -> Iterator[Plot]:
    """Give capacities and deliveries of gas pipelines as bars, destination by destination."""
    unit = unit_of(case)
    title = f"{unit.rate_name}; delivered: {unit.amount} in one year"
    for page in _pages(pipelines.lines(case)):
        places = dict.fromkeys(line.destination for line, _ in page)
        where = (place if place == pipelines.INSIDE else f"To {place}" for place in places)
        bars = [bar for _, own in page for bar in own]
        yield plot_of_bars("bar", "; ".join(where), title, bars, CAPACITIES)


def _pages(lines: Iterable[Line]) -> list[list[tuple[Line, list[Bar]]]]:
    """Part lines with their bars into plots that leave room for the names of all bars."""
    pages: list[list[tuple[Line, list[Bar]]]] = []
    filled = MOST
    for line in lines:
        bars = list(_bars_of_line(line))
        if filled + len(bars) > MOST:
            pages.append([])
            filled = 0
        pages[-1].append((line, bars))
        filled += len(bars)
    return pages


def _bars_of_line(line: Line) -> Iterator[Bar]:
    yield from _bars(line.name, line.capacities, line.look.capitalize())
    yield from _bars(f"{line.name}, planned growth", line.increases, "Planned")
    for claim in line.claims:
        who = claim["asserted_by"] or "someone not named"
        yield Bar(f"{line.name}, claimed by {who}", float(claim["value"]), "Claimed")
    for rows in line.deliveries:
        label = f"{line.name}{during(rows[0]['period'])}"
        yield from _bars(label, rows, "Delivered in one year")


def _bars(label: str, rows: Iterable[Row], name: str) -> Iterator[Bar]:
    """Give a bar for each value, the one that the table states first before the others."""
    for order, value in enumerate(dict.fromkeys(float(row["value"]) for row in rows)):
        yield Bar(f"{label}, {OTHER}" if order else label, value, name)


def prices(case: Case) -> Iterator[Plot]:
    """Give prices of gas as bars, by year and buyer; the status of each shows in its look."""
    rows = pricewords.read_prices(case)
    if not rows:
        return
    groups = pricewords.by_year(rows)
    several = len({year for year, _ in groups}) < len(groups)
    bars: list[Bar] = []
    looks: dict[str, tuple[str, Look]] = {}
    for (year, scope), here in groups.items():
        for found in pricewords.by_subject(here):
            name, colour = pricewords.NAMES[found[0]["subject"]], PRICES[found[0]["subject"]]
            label = f"{year} {name}{f', {scope}' * several}"
            for status, told in _by_status(found):
                bars += _told(bars, label, f"{name}: {status}", told)
                looks[f"{name}: {status}"] = (colour, LOOKS[status])
    yield plot_of_bars("bar", "", rows[0]["unit"], bars, looks)


def trade(case: Case) -> Iterator[Plot]:
    """Give oil and trade in goods as columns by year, each in its own unit."""
    for scopes in tradewords.read_panels(case):
        main = scopes[0]
        bars: list[Bar] = []
        for year, rows in sorted(tradewords.whole_years(scopes).items()):
            for status, told in _by_status(rows):
                bars += _told(bars, str(year), status.capitalize(), told)
        looks = {status.capitalize(): (theme.ACCENT, look) for status, look in LOOKS.items()}
        for one in scopes:
            part = tradewords.part_of(one)
            for year, rows in one.years.items() if part else ():
                name = f"Part of a year ({series.statuses(rows)})"
                bars += _told(bars, f"{year} ({part})", name, rows)
                looks[name] = (theme.NEUTRAL, "hatched")
        unit = f"{main.unit} a year{f'; {main.scope}' * bool(main.scope)}"
        yield plot_of_bars("column", main.subject, unit, bars, looks)


def _by_status(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Give each value with its rows under the status that tells most of it."""
    found: dict[float, list[Row]] = {}
    for row in rows:
        found.setdefault(float(row["value"]), []).append(row)
    for here in found.values():
        yield next(status for status in LOOKS if status in {row["status"] for row in here}), here


def _told(before: Iterable[Bar], label: str, name: str, rows: Iterable[Row]) -> Iterator[Bar]:
    """Give a bar for each value; a label that is there already tells that others say otherwise."""
    taken = {bar.label for bar in before}
    for value in dict.fromkeys(float(row["value"]) for row in rows):
        yield Bar(f"{label}, {OTHER}" if label in taken else label, value, name)
        taken.add(label)
