"""The charts: each is one function that takes a case and returns a Plotly figure.

Examples
--------
>>> import geodash
>>> from geodash import charts
>>> case = geodash.load()
>>> figure = charts.gas_pivot(case)
>>> figure.write_html("pivot.html", config={"showSendToCloud": False})  # doctest: +SKIP

Gas in another unit, the map on another day, a scenario with other assumptions:

>>> from datetime import date
>>> from geodash.units import in_unit
>>> figure = charts.capacity_bars(in_unit(case, "TWh"))
>>> figure = charts.route_map(case, view="eurasia", on=date(2025, 1, 1))
>>> figure = charts.scenario(case, start=2033, ramp=4, utilisation=0.8)

What the page shows beside a chart is to be had too:

>>> prices = next(chart for chart in charts.CHARTS if chart.name == "prices")
>>> prices.heading
'At what price?'
>>> words, note = prices.words(case)
>>> prices.rows(case).index[0]
'figures/f001'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

import pandas as pd
import plotly.graph_objects as go

from geodash.case import Case
from geodash.charts import (
    capacitywords,
    matrix,
    network,
    pivotwords,
    pricewords,
    routewords,
    scenariowords,
    timeline,
    tradewords,
    volumes,
)
from geodash.charts.capacity import capacity_bars
from geodash.charts.chart import Chart, Control
from geodash.charts.mapviews import views
from geodash.charts.matrix import stance_matrix
from geodash.charts.network import relations
from geodash.charts.pivot import gas_pivot
from geodash.charts.prices import gas_prices
from geodash.charts.route import route_map
from geodash.charts.scenario import scenario
from geodash.charts.timeline import event_timeline
from geodash.charts.trade import oil_and_trade
from geodash.statuses import days
from geodash.wording import written_date

__all__ = [
    "CHARTS",
    "Chart",
    "Control",
    "capacity_bars",
    "event_timeline",
    "gas_pivot",
    "gas_prices",
    "oil_and_trade",
    "relations",
    "route_map",
    "scenario",
    "stance_matrix",
]


T = TypeVar("T")


def _always(tell: Callable[[Case], T]) -> Callable[..., T]:
    """Tell the same whatever is set."""
    return lambda case, **settings: tell(case)


def _no_note(case: Case, **settings: object) -> str:
    return ""


def _issues(case: Case) -> Mapping[str, str]:
    return {"": "no stance"} | dict(zip(case.issues["id"], case.issues["name"], strict=True))


def _map(case: Case, *, narrow: bool, issue: str, on: date | None, view: str) -> go.Figure:
    # Filters that leave one issue choose it.
    left = case.positions["issue"].dropna().unique()
    chosen = issue or (str(left[0]) if len(left) == 1 else None)
    return route_map(case, issue=chosen, on=on, view=view, narrow=narrow)


def _days(case: Case) -> Mapping[str, str]:
    return {day.isoformat(): written_date(day) for day in days(case)}


def _place(case: Case, *, on: date | None, **settings: object) -> str:
    return routewords.describe(case, on=on)


def _places(case: Case, *, on: date | None, **settings: object) -> pd.DataFrame:
    return routewords.table(case, on=on)


def _numbers(values: Iterable[int]) -> Mapping[str, str]:
    return {str(value): str(value) for value in values}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


#: The charts in the order of the page.
CHARTS = (
    Chart(
        "stances",
        matrix.HEADING,
        matrix.LEAD,
        stance_matrix,
        _always(matrix.describe),
        _always(matrix.table),
        _no_note,
        controls=(Control("sort", "Sort rows", lambda case: matrix.SORTS),),
    ),
    Chart(
        "route",
        routewords.HEADING,
        routewords.LEAD,
        _map,
        _place,
        _places,
        _always(routewords.note),
        controls=(
            Control("view", "Show", views),
            Control("on", "Status on", _days, kind="slider", read=_day),
            Control("issue", "Colour countries by their stance on", _issues),
        ),
    ),
    Chart(
        "figures",
        capacitywords.HEADING,
        capacitywords.LEAD,
        capacity_bars,
        capacitywords.describe,
        capacitywords.table,
        capacitywords.note,
    ),
    Chart(
        "pivot",
        pivotwords.HEADING,
        pivotwords.LEAD,
        gas_pivot,
        pivotwords.describe,
        pivotwords.table,
        pivotwords.note,
    ),
    Chart(
        "scenario",
        scenariowords.HEADING,
        scenariowords.LEAD,
        scenario,
        scenariowords.describe,
        scenariowords.table,
        scenariowords.note,
        controls=(
            Control(
                "start",
                "First gas in",
                lambda case: _numbers(volumes.STARTS),
                kind="slider",
                start=lambda case: str(volumes.START),
                read=int,
            ),
            Control(
                "ramp",
                "Years to fill",
                lambda case: _numbers(volumes.RAMPS),
                kind="slider",
                start=lambda case: str(volumes.RAMP),
                read=int,
            ),
            Control(
                "utilisation",
                "Used at",
                lambda case: {str(share): f"{share:.0%}" for share in volumes.UTILISATIONS},
                kind="slider",
                start=lambda case: str(volumes.UTILISATION),
                read=float,
            ),
            Control(
                "lines",
                "Lines",
                volumes.choosable,
                kind="several",
                start=lambda case: " ".join(volumes.lines_at_first(case)),
                read=str.split,
            ),
        ),
    ),
    Chart(
        "prices",
        pricewords.HEADING,
        pricewords.LEAD,
        gas_prices,
        pricewords.describe,
        pricewords.table,
        pricewords.note,
    ),
    Chart(
        "trade",
        tradewords.HEADING,
        tradewords.LEAD,
        oil_and_trade,
        tradewords.describe,
        tradewords.table,
        tradewords.note,
    ),
    Chart(
        "timeline",
        timeline.HEADING,
        timeline.LEAD,
        event_timeline,
        _always(timeline.describe),
        _always(timeline.table),
        _no_note,
        controls=(Control("show", "Show", timeline.parts),),
        parted="show",
    ),
    Chart(
        "relations",
        network.HEADING,
        network.LEAD,
        relations,
        network.describe,
        network.table,
        _no_note,
    ),
)
