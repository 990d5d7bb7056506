"""The panel that makes a briefing of what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import anywidget
import traitlets

from geodash.app.actions import Answer, Buffers, Message, answered, file_answer
from geodash.app.card import STATIC, Card
from geodash.app.model import DashboardModel
from geodash.wording import printable

#: Characters at most of a line, and of a note.
LINE, NOTE = 200, 5000


class Panel(anywidget.AnyWidget):
    """A button that opens a form, and the briefing that the form asks for.

    The form's content comes when the panel is first opened, and what is typed goes to the kernel
    once, with the request. No file is written: the briefing goes to the page as bytes.

    Attributes
    ----------
    view
        By which the page knows what to draw.
    """

    _esm = STATIC / "stub.js"
    view = traitlets.Unicode("panel").tag(sync=True)

    def __init__(self, model: DashboardModel, cards: Mapping[str, Card]) -> None:
        """Make a panel.

        Parameters
        ----------
        model
            What is shown.
        cards
            The cards of the charts, by name: what is set on them holds for the briefing.
        """
        super().__init__()
        self.model, self.cards = model, cards
        self._answers: dict[str, Callable[[Message, Buffers], Answer]] = {
            "open": self._open,
            "make": self._make,
        }
        self.on_msg(self._on_message)

    def _on_message(self, widget: object, message: dict[str, Any], buffers: Buffers) -> None:
        answer = self._answers.get(str(message.get("type")))
        if answer:
            self.send(*answered(answer, message, buffers))

    def _open(self, message: Message, buffers: Buffers) -> Answer:
        # A briefing's libraries would cost every visit a second and memory; few visits need them.
        from geodash.briefing import FORMATS

        return {
            "type": "offer",
            "title": self.model.case.title,
            "sentence": self.model.sentence,
            "views": [[name, card.heading] for name, card in self._offered().items()],
            "formats": [[key, format_.label] for key, format_ in FORMATS.items()],
        }, []

    def _offered(self) -> dict[str, Card]:
        return {name: card for name, card in self.cards.items() if not card.error}

    def _make(self, message: Message, buffers: Buffers) -> Answer:
        from geodash.briefing import FORMATS, Briefing
        from geodash.briefing.packed import archive

        order = read_order(message, views=self._offered(), formats=FORMATS)
        model = self.model
        briefing = Briefing(
            model.case,
            model.filters,
            title=order.title,
            author=order.author,
            as_of=order.as_of,
            unit=model.unit,
        )
        for name, note in order.notes.items():
            briefing.add(name, note=note, **self.cards[name].settings)

        def tell(what: str, done: int, total: int) -> None:
            text = f"{what} ({done + 1} of {total}) …"
            step = {"type": "progress", "text": text, "done": done, "total": total}
            self.send(step | {"ask": message.get("ask")})

        name = f"{model.case.name}-briefing"
        files = briefing.files(order.formats, name=name, progress=tell)
        if len(files) > 1:
            return file_answer(f"{name}.zip", archive(files))
        ((only, content),) = files.items()
        return file_answer(only, content if isinstance(content, bytes) else content.encode())


@dataclass(frozen=True)
class Order:
    """What a reader asks for.

    Attributes
    ----------
    title, author
        Lines; may be empty.
    as_of
        The day of the briefing.
    notes
        What the author says of each view chosen, by its name, in the order of the page.
    formats
        Keys of formats.
    """

    title: str
    author: str
    as_of: date
    notes: Mapping[str, str]
    formats: tuple[str, ...]


def read_order(message: Message, *, views: Mapping[str, Any], formats: Mapping[str, Any]) -> Order:
    """Read what the form says.

    Parameters
    ----------
    message
        As the page sends it: `title`, `author`, `as_of`, `notes` by view, and `formats`.
    views, formats
        What may be chosen, by name.

    Raises
    ------
    ValueError
        If it asks for what there is not, or for nothing.
    """
    notes, chosen = message.get("notes"), message.get("formats")
    if not isinstance(notes, dict) or not isinstance(chosen, list):
        raise ValueError("The form did not arrive whole; please reload the page.")
    for kind, asked, known in (("view", notes, views), ("format", chosen, formats)):
        unknown = [each for each in asked if not isinstance(each, str) or each not in known]
        if unknown:
            raise ValueError(f"There is no {kind} “{unknown[0]}”; choose of {', '.join(known)}.")
        if not asked:
            raise ValueError(f"Choose at least one {kind}.")
    return Order(
        title=_text(message.get("title"), "title", LINE),
        author=_text(message.get("author"), "author line", LINE),
        as_of=_day(message.get("as_of")),
        notes={name: _text(notes[name], "note", NOTE) for name in views if name in notes},
        formats=tuple(dict.fromkeys(chosen)),
    )


def _text(value: object, what: str, most: int) -> str:
    if not isinstance(value, str):
        raise ValueError(f"The {what} must be text.")
    if len(value) > most:
        raise ValueError(f"The {what} has {len(value)} characters; {most} is the most.")
    return printable(value).strip()


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError("Give the date as a day, such as 2026-11-24.") from error
