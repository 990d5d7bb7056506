"""The page: headline, filters, views. Wires views to the model, and nothing else."""

from __future__ import annotations

import html
import os
from pathlib import Path

import ipywidgets as widgets

from geodash.app.controls import Controls
from geodash.app.model import DashboardModel
from geodash.app.panel import Panel
from geodash.app.status import Status
from geodash.app.views import ChartView, EvidenceView
from geodash.case import load
from geodash.charts import CHARTS
from geodash.headline import headline
from geodash.problems import CaseError
from geodash.units import in_unit


def dashboard(path: str | Path | None = None) -> widgets.Widget:
    """Build the dashboard of a case.

    A case that cannot be loaded gives a page that says what is wrong and how to mend it.

    Parameters
    ----------
    path
        Folder of the case; if none is given, the one named by the environment variable
        `GEODASH_CASE`, else the article of 21 March 2023.
    """
    try:
        case = load(path or os.environ.get("GEODASH_CASE") or None)
    except CaseError as error:
        return _problem_page(error)
    return Dashboard(DashboardModel(case))


class Dashboard(widgets.VBox):
    """The dashboard of a model: headline, filters, status, views.

    Attributes
    ----------
    model
        The state.
    controls, status
        The filters, and the line that says what is shown.
    panel
        The panel that makes a briefing.
    cards
        The views' cards by name; the last is `evidence`.
    """

    def __init__(self, model: DashboardModel) -> None:
        self.model = model
        self._charts = {chart.name: ChartView(chart, model) for chart in CHARTS}
        self._evidence = EvidenceView(model)
        self.cards = {name: view.card for name, view in self._charts.items()}
        self.panel = Panel(model, dict(self.cards))
        self.cards["evidence"] = self._evidence.card
        # Observers run in this order: what a reader waits for comes first.
        model.observe(self._draw, ["filters", "unit", "narrow"])
        self.status = Status(model)
        model.observe(self._show_selection, "selected")
        model.observe(self._tell, ["filters", "unit"])
        self.controls = Controls(model)
        bar = widgets.VBox([self.controls, self.status, self.panel]).add_class("gd-bar")
        self._strip = widgets.HTML(_strip(model))
        model.observe(self._tell_strip, "unit")
        super().__init__([self._strip, bar, *self.cards.values()])
        self.add_class("gd-page")

    def _draw(self, change: object) -> None:
        for view in sorted(self._charts.values(), key=lambda view: not view.card.in_view):
            view.draw()

    def _tell(self, change: object) -> None:
        for view in self._charts.values():
            view.tell()
        self._evidence.tell()

    def _tell_strip(self, change: object) -> None:
        self._strip.value = _strip(self.model)

    def _show_selection(self, change: object) -> None:
        for card in self.cards.values():
            card.highlight = list(self.model.selected)
        self._evidence.tell()


def _strip(model: DashboardModel) -> str:
    case = in_unit(model.case, model.unit)
    facts = "".join(
        f"<div><dt>{html.escape(fact.label)}</dt><dd>{html.escape(fact.value)}"
        f"<small>{html.escape(fact.says_who)}</small></dd></div>"
        for fact in headline(case)
    )
    return (
        "<header class='gd-strip'><p class='gd-kicker'>geodash</p>"
        f"<h1>{html.escape(case.title)}</h1>"
        f"<p class='gd-deck'>{html.escape(case.description)}</p><dl>{facts}</dl></header>"
    )


def _problem_page(error: CaseError) -> widgets.Widget:
    sentences = "".join(f"<li>{html.escape(line)}</li>" for line in str(error).splitlines())
    return widgets.HTML(
        "<header class='gd-strip'><p class='gd-kicker'>geodash</p>"
        "<h1>This case cannot be shown</h1>"
        f"<ul class='gd-problems' role='alert'>{sentences}</ul>"
        "<p class='gd-deck'>Mend the tables and reload this page.</p></header>"
    ).add_class("gd-page")
