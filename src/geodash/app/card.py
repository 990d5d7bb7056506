"""A view on the page: heading, words, chart, sources and the rows as a table.

Plotly's own FigureWidget ships 4.8 MB of plotly.js per chart through the websocket. This one
sends the figure as JSON and draws it with the one plotly.js that the page has loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets
from plotly.offline import get_plotlyjs

from geodash.app.actions import Answers, Buffers, answered

STATIC = Path(__file__).parent / "static"

#: Rows of a table that travel to the page before its reader asks for more.
FIRST_ROWS = 50


class Card(anywidget.AnyWidget):
    """One view of the dashboard as the page shows it. All its text is shown as text.

    The code that draws it comes once for all cards, with `Status`.

    Attributes
    ----------
    view
        By which the page knows what to draw.
    menu
        Whether the card has a chart that can be saved and cited.
    heading, lead, reading, note, error
        Plain text: what the view shows; unit and scope; the chart in words; a remark under the
        chart; the sentence that stands in its place when it could not be drawn.
    figure
        A Plotly figure as JSON; empty where the view has no chart.
    sources
        Citation and address of each source.
    columns, rows, refs, total
        The table: names of columns, text of cells, the ref of each row, and how many rows there
        are in all. Rows travel only while the table is open.
    table_open, limit
        Whether the table is open, and how many rows at most it shows.
    controls, settings
        What a reader may set in the head of the card: name, label, kind and choices (values with
        their names) of each control, and the values set, by the control's name.
    highlight
        Refs of the rows whose marks stand out.
    narrow
        Whether the figure was drawn for a phone.
    in_view
        Whether the reader has the card on the screen.
    """

    _esm = STATIC / "stub.js"
    view = traitlets.Unicode("card").tag(sync=True)
    menu = traitlets.Bool(False).tag(sync=True)
    heading = traitlets.Unicode().tag(sync=True)
    lead = traitlets.Unicode().tag(sync=True)
    reading = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    figure = traitlets.Unicode().tag(sync=True)
    sources: traitlets.List[Any] = traitlets.List().tag(sync=True)
    columns: traitlets.List[Any] = traitlets.List().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    refs: traitlets.List[Any] = traitlets.List().tag(sync=True)
    total = traitlets.Int().tag(sync=True)
    table_open = traitlets.Bool(False).tag(sync=True)
    limit = traitlets.Int(FIRST_ROWS).tag(sync=True)
    controls: traitlets.List[Any] = traitlets.List().tag(sync=True)
    settings: traitlets.Dict[str, str] = traitlets.Dict().tag(sync=True)
    highlight: traitlets.List[Any] = traitlets.List().tag(sync=True)
    narrow = traitlets.Bool(False).tag(sync=True)
    in_view = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        *,
        on_select: Callable[[list[str]], None],
        answers: Answers,
        **traits: object,
    ) -> None:
        """Make a card.

        Parameters
        ----------
        on_select
            Called with the refs of the mark or row that was clicked; with none to end a selection.
        answers
            What answers the page by the type of its message, such as `csv`.
        **traits
            Values of traits.
        """
        super().__init__(**traits)
        self._on_select, self._answers = on_select, answers
        self.on_msg(self._on_message)

    def _on_message(self, widget: object, message: dict[str, Any], buffers: Buffers) -> None:
        kind = str(message.get("type"))
        if kind == "select":
            self._on_select([str(ref) for ref in message["refs"]])
        elif kind == "plotly":
            # For pages that cannot load the file of the package.
            self.send({"type": "plotly"}, [get_plotlyjs().encode()])
        elif kind in self._answers:
            self.send(*answered(self._answers[kind], message, buffers))

    def show_table(self, table: pd.DataFrame, *, total: int | None = None) -> None:
        """Show rows as a table.

        Parameters
        ----------
        table
            Text or numbers with plain-English column names, indexed by ref.
        total
            How many rows there are in all, where `table` has only the first `limit`.
        """
        part = table.head(self.limit) if self.table_open else table.head(0)
        text = part.astype("object").where(part.notna(), "").astype("str")
        self.columns = [str(column) for column in table.columns]
        self.rows = text.to_numpy().tolist()
        self.refs = [str(ref) for ref in part.index]
        self.total = len(table) if total is None else total
