"""Charts as plain data, for formats that draw them themselves.

All values are the charts' own; nothing is worked out here a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from geodash.briefing.plots import grids, values, years
from geodash.briefing.plots.data import Grid, Plot
from geodash.case import Case
from geodash.charts.chart import Chart, Settings

__all__ = ["PLOTS", "Grid", "Plot", "plots_of"]

#: What makes plots of a chart, by its name, from what is shown and the values of its controls.
PLOTS: Mapping[str, Callable[..., Iterable[Plot | Grid]]] = {
    "stances": grids.stances,
    "figures": values.capacities,
    "pivot": years.pivot,
    "scenario": years.scenario,
    "prices": values.prices,
    "trade": values.trade,
    "timeline": grids.timeline,
}


def plots_of(chart: Chart, case: Case, settings: Settings) -> tuple[Plot | Grid, ...] | None:
    """Give a chart as data.

    Parameters
    ----------
    case
        What is shown.
    settings
        The value of each of the chart's controls.

    Returns
    -------
    tuple or None
        One plot for each scale; none if nothing is left to show. None for a chart that is no
        plot, as a map.
    """
    if chart.name not in PLOTS:
        return None
    return tuple(PLOTS[chart.name](case, **chart.read(case, settings)))
