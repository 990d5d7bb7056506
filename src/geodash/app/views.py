"""The views: each fills its card from the model. A view that fails says so in its place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from geodash.app.actions import Actions, Answer, Buffers, Message, rows_file
from geodash.app.card import Card
from geodash.app.model import DashboardModel
from geodash.case import Case
from geodash.charts import Chart, Control
from geodash.evidence import evidence
from geodash.sources import cited, refs_in
from geodash.wording import counted

LOG = logging.getLogger(__name__)


class ChartView:
    """A chart of the model with its words, sources and table.

    Attributes
    ----------
    card
        What the page shows.
    """

    def __init__(self, chart: Chart, model: DashboardModel) -> None:
        self.chart = chart
        self.model = model
        self.card = Card(
            on_select=model.select,
            answers=Actions(chart, model, lambda: self.card.settings).answers,
            menu=True,
            heading=chart.heading,
            lead=chart.lead,
            controls=[_offered(control, model.case) for control in chart.controls],
            settings=chart.settings(model.case),
        )
        self.card.observe(lambda change: self._set(), "settings")
        self.card.observe(lambda change: self.tell(), ["table_open", "limit"])
        self.draw()
        self.tell()

    def _set(self) -> None:
        self.draw()
        self.tell()

    def draw(self) -> None:
        """Draw the chart of what the model shows."""
        self.card.error = ""
        guarded(self.card, self._draw)

    def tell(self) -> None:
        """Put the chart into words, and show its sources and rows."""
        if not self.card.error:
            guarded(self.card, self._tell)

    def _draw(self) -> None:
        model, card = self.model, self.card
        figure = self.chart.draw(model.shown, card.settings, narrow=model.narrow)
        card.narrow = model.narrow
        card.figure = figure.to_json(validate=False)
        card.highlight = list(model.selected)

    def _tell(self) -> None:
        shown, card = self.model.shown, self.card
        table = self.chart.rows(shown, card.settings)
        card.reading, card.note = self.chart.words(shown, card.settings)
        card.sources = _footnotes(self.model.case, refs_in(table.index))
        card.show_table(table)


class EvidenceView:
    """The rows behind what is selected, else all that the filters leave.

    Attributes
    ----------
    card
        What the page shows.
    """

    def __init__(self, model: DashboardModel) -> None:
        self.model = model
        self.card = Card(
            on_select=model.select,
            answers={"csv": self._csv},
            heading="The evidence",
            lead="Every row with who holds it, who said it, who reported it, and where it stands",
            table_open=True,
        )
        self.card.observe(lambda change: self.tell(), ["table_open", "limit"])
        self.tell()

    def tell(self) -> None:
        """Show the rows."""
        self.card.error = ""
        guarded(self.card, self._tell)

    def _tell(self) -> None:
        refs, card = self.model.evidence_refs, self.card
        rows = counted(len(refs), "row")
        if self.model.selected:
            card.reading = f"Behind what you selected: {rows}."
        elif refs:
            card.reading = f"All that the filters leave: {rows}. Select a mark to see its own rows."
        else:
            card.reading = f"{self.model.sentence} No row is left."
        card.highlight = list(self.model.selected)
        card.sources = _footnotes(self.model.case, refs)
        card.show_table(evidence(self.model.case, refs[: card.limit]), total=len(refs))

    def _csv(self, message: Message, buffers: Buffers) -> Answer:
        return rows_file(self.model, self.model.evidence_refs, name="evidence")


def _offered(control: Control, case: Case) -> dict[str, object]:
    """Say what a control offers, as the page takes it."""
    choices = [list(pair) for pair in control.choices(case).items()]
    return {
        "name": control.name,
        "label": control.label,
        "kind": control.kind,
        "choices": choices if len(choices) > 1 else [],
    }


def _footnotes(case: Case, refs: Iterable[str]) -> list[list[str]]:
    """Give citation and address of each source behind rows, as the page takes them."""
    found: list[list[str]] = cited(case, refs)[["citation", "url"]].to_numpy().tolist()
    return found


def guarded(card: Card, fill: Callable[[], None]) -> None:
    """Fill a card; if that fails, say so in its place and leave the other views alone."""
    with card.hold_sync():
        try:
            fill()
        except Exception as error:
            LOG.exception("the view “%s” could not be drawn", card.heading)
            card.figure = card.reading = ""
            card.error = (
                f"This view could not be drawn ({error}). The other views are not affected; "
                "`geodash check` may say what is wrong with the tables."
            )
