"""The charts: each is one function that takes a case and returns a Plotly figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from geodash.case import Case
from geodash.charts import capacity, matrix, network, route, timeline
from geodash.charts.capacity import capacity_bars
from geodash.charts.matrix import stance_matrix
from geodash.charts.network import relations
from geodash.charts.route import route_map
from geodash.charts.timeline import event_timeline

__all__ = [
    "CHARTS",
    "Chart",
    "capacity_bars",
    "event_timeline",
    "relations",
    "route_map",
    "stance_matrix",
]


def _no_choice(case: Case) -> Mapping[str, str]:
    return {}


def _no_note(case: Case) -> str:
    return ""


@dataclass(frozen=True)
class Chart:
    """A chart with its words, as the page and a briefing show it.

    Attributes
    ----------
    name
        Short name.
    heading, lead
        What it shows; unit, period and scope.
    figure
        Draws it: takes a case, the reader's choice and whether the page is narrow.
    describe
        Reads the chart in words, from the rows shown.
    table
        The rows behind it, with plain-English columns, indexed by ref.
    choice_label, choices
        What a reader may choose: the label, and values with their names.
    note
        A remark that belongs under the chart.
    """

    name: str
    heading: str
    lead: str
    figure: Callable[[Case, str, bool], go.Figure]
    describe: Callable[[Case], str]
    table: Callable[[Case], pd.DataFrame]
    choice_label: str = ""
    choices: Callable[[Case], Mapping[str, str]] = _no_choice
    note: Callable[[Case], str] = _no_note

    def draw(self, case: Case, *, choice: str = "", narrow: bool = False) -> go.Figure:
        """Draw the chart.

        Parameters
        ----------
        choice
            One of `choices`; the first if empty.
        narrow
            Whether it is for a page as narrow as a phone.
        """
        return self.figure(case, choice or next(iter(self.choices(case)), ""), narrow)


def _map_choices(case: Case) -> Mapping[str, str]:
    return {"": "no stance"} | dict(zip(case.issues["id"], case.issues["name"], strict=True))


def _map(case: Case, choice: str, narrow: bool) -> go.Figure:
    # Filters that leave one issue choose it.
    left = case.positions["issue"].dropna().unique()
    issue = choice or (str(left[0]) if len(left) == 1 else None)
    return route_map(case, issue=issue, narrow=narrow)


#: The charts in the order of the page.
CHARTS = (
    Chart(
        "stances",
        matrix.HEADING,
        matrix.LEAD,
        lambda case, choice, narrow: stance_matrix(case, sort=choice, narrow=narrow),
        matrix.describe,
        matrix.table,
        choice_label="Sort rows",
        choices=lambda case: matrix.SORTS,
    ),
    Chart(
        "route",
        route.HEADING,
        route.LEAD,
        _map,
        route.describe,
        route.table,
        choice_label="Colour countries by their stance on",
        choices=_map_choices,
        note=route.note,
    ),
    Chart(
        "figures",
        capacity.HEADING,
        capacity.LEAD,
        lambda case, choice, narrow: capacity_bars(case, narrow=narrow),
        capacity.describe,
        capacity.table,
        note=capacity.note,
    ),
    Chart(
        "timeline",
        timeline.HEADING,
        timeline.LEAD,
        lambda case, choice, narrow: event_timeline(case, narrow=narrow),
        timeline.describe,
        timeline.table,
    ),
    Chart(
        "relations",
        network.HEADING,
        network.LEAD,
        lambda case, choice, narrow: relations(case, narrow=narrow),
        network.describe,
        network.table,
    ),
)
