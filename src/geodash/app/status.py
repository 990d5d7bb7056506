"""What is shown, in words; the page's address; and the page's width."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from geodash import theme
from geodash.app.card import STATIC
from geodash.app.model import DashboardModel

#: The page's JavaScript, read as one module.
PARTS = ("dom", "chart", "controls", "ask", "menu", "card", "panel", "status")


class Status(anywidget.AnyWidget):
    """The line that says what is shown, and keeps the page's address in step with the filters.

    It brings the code of the whole page, and its colours, which a page needs once.

    The page sends the query of its address when it stands, so that a link works although the
    kernel ran before the page was asked for (Voila's preheated kernels).

    Attributes
    ----------
    sentence, query, notices, selected, narrow
        As in `DashboardModel`.
    dark
        What a dark page makes of each colour.
    """

    _esm = "\n".join((STATIC / f"{part}.js").read_text("utf-8") for part in PARTS)
    _css = STATIC / "page.css"
    sentence = traitlets.Unicode().tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)
    notices: traitlets.List[Any] = traitlets.List().tag(sync=True)
    selected = traitlets.Bool(False).tag(sync=True)
    narrow = traitlets.Bool(False).tag(sync=True)
    dark = traitlets.Dict(dict(theme.DARK)).tag(sync=True)

    def __init__(self, model: DashboardModel) -> None:
        super().__init__()
        self.model = model
        model.observe(self._update, ["filters", "unit", "notices", "selected", "narrow"])
        self.on_msg(self._on_message)
        self._update()

    def _update(self, change: object = None) -> None:
        with self.hold_sync():
            self.sentence = self.model.sentence
            self.query = self.model.query
            self.notices = list(self.model.notices)
            self.selected = bool(self.model.selected)
            self.narrow = self.model.narrow

    def _on_message(self, widget: object, message: dict[str, Any], buffers: object) -> None:
        if message.get("type") == "open":
            self.model.open_link(str(message["query"]))
            self.send({"type": "opened"})
        elif message.get("type") == "narrow":
            self.model.narrow = bool(message["narrow"])
        elif message.get("type") == "deselect":
            self.model.select([])
