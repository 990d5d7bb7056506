"""What a reader may take from a chart: its picture, its rows, and how to cite or embed it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plotly.io.json import to_json_plotly

from geodash.app.model import DashboardModel
from geodash.charts.chart import Chart, Settings
from geodash.evidence import evidence, to_csv
from geodash.frozen import manifest_of
from geodash.sources import refs_in
from geodash.wording import today

if TYPE_CHECKING:
    from geodash.briefing.content import Content

LOG = logging.getLogger(__name__)

#: What the page asks, and the bytes that came with it; what it gets: content and bytes.
Message = Mapping[str, Any]
Buffers = Sequence[bytes | memoryview]
Answer = tuple[dict[str, Any], list[bytes]]
Answers = Mapping[str, Callable[[Message, Buffers], Answer]]

#: How the drawing of each kind begins that the page may send, and how it is asked to draw it.
_STARTS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<svg", "embed": b"<svg"}
#: Bytes of a drawing at most.
_LARGEST = 20_000_000


class Actions:
    """Answers what the card of a chart asks to save or cite it.

    Pictures are drawn by the visitor's own browser: the kernel gives the figure (`picture`), gets
    it back drawn, puts title, sources and manifest into it and gives the file (`drawn`).

    Parameters
    ----------
    chart
        The chart.
    model
        What is shown.
    settings
        Gives what the reader has set on the chart.

    Attributes
    ----------
    answers
        What answers each kind of message.
    """

    def __init__(
        self, chart: Chart, model: DashboardModel, settings: Callable[[], Settings]
    ) -> None:
        self.chart, self.model, self._settings = chart, model, settings
        self._drawing: Content | None = None
        self.answers: Answers = {
            "csv": self._csv,
            "citation": self._citation,
            "picture": self._picture,
            "drawn": self._drawn,
        }

    def _content(self) -> Content:
        # A briefing's libraries would cost every visit a second and memory; few visits need them.
        from geodash.briefing import Briefing

        model = self.model
        briefing = Briefing(model.case, model.filters, unit=model.unit)
        return briefing.add(self.chart.name, **self._settings()).content

    def _csv(self, message: Message, buffers: Buffers) -> Answer:
        table = self.chart.rows(self.model.shown, self._settings())
        return rows_file(self.model, refs_in(table.index), name=self.chart.name)

    def _citation(self, message: Message, buffers: Buffers) -> Answer:
        cite = long_citation if message.get("length") == "long" else short_citation
        return self._file("txt", cite(self._content()).encode())

    def _picture(self, message: Message, buffers: Buffers) -> Answer:
        from geodash.briefing.pictures import SCALE, WIDTH, framed

        kind = _kind(message)
        # What is drawn is what the file says it shows, whatever is filtered in between.
        self._drawing = content = self._content()
        figure = framed(content, content.sections[0])
        return {
            "type": "figure",
            "figure": to_json_plotly(figure),
            "format": "png" if kind == "png" else "svg",
            "width": WIDTH,
            "height": figure["layout"]["height"],
            "scale": SCALE if kind == "png" else 1,
        }, []

    def _drawn(self, message: Message, buffers: Buffers) -> Answer:
        from geodash.briefing.pictures import finished

        kind, content = _kind(message), self._drawing
        picture = bytes(buffers[0]) if buffers else b""
        if content is None or len(picture) > _LARGEST or not picture.startswith(_STARTS[kind]):
            raise ValueError("The picture did not arrive whole; please try again.")
        self._drawing = None
        if kind == "embed":
            from geodash.briefing.web.embed import still

            return self._file("html", still(content, content.sections[0], picture).encode())
        return self._file(kind, finished(kind, picture, content, content.sections[0]))

    def _file(self, ending: str, content: bytes) -> Answer:
        return file_answer(f"{self.model.case.name}-{self.chart.name}.{ending}", content)


def answered(
    answer: Callable[[Message, Buffers], Answer], message: Message, buffers: Buffers
) -> Answer:
    """Answer a message of the page; what goes wrong becomes a sentence for its reader."""
    try:
        content, files = answer(message, buffers)
    except (OSError, ValueError) as error:
        LOG.info("the page asked for “%s”: %s", message.get("type"), error)
        content, files = {"type": "failed", "text": str(error)}, []
    except Exception:
        LOG.exception("the page asked for “%s”", message.get("type"))
        content, files = {"type": "failed", "text": "That failed. The server’s log says why."}, []
    # The page knows by its own number which of its questions this answers.
    return content | {"ask": message.get("ask")}, files


def file_answer(name: str, content: bytes) -> Answer:
    """Give a file to the page."""
    return {"type": "file", "name": name}, [content]


def rows_file(model: DashboardModel, refs: Sequence[str], *, name: str) -> Answer:
    """Give rows as a CSV file with the citation of the case."""
    case = model.case
    made_of = manifest_of(case, refs, query=model.query, as_of=today(), charts={})
    citation = made_of.citation(case.title, model.sentence)
    text = to_csv(evidence(case, refs), citation=citation)
    # The mark in front makes spreadsheets read the file as UTF-8.
    return file_answer(f"{case.name}-{name}.csv", text.encode("utf-8-sig"))


def short_citation(content: Content) -> str:
    """Cite a chart in a line."""
    return f"“{content.sections[0].heading}”, {content.case_title}, geodash, {content.as_of}."


def long_citation(content: Content) -> str:
    """Cite a chart with what it shows, what it was made of, and its sources."""
    section = content.sections[0]
    sources = [
        ", ".join(filter(None, [source.citation, source.url]))
        for source in content.sources_of(section)
    ]
    told = f" Sources: {'; '.join(sources)}." if sources else ""
    return f"“{section.heading}” {content.citation}.{told}"


def _kind(message: Message) -> str:
    kind = message.get("kind")
    if not isinstance(kind, str) or kind not in _STARTS:
        raise ValueError(f"a picture must be one of {', '.join(_STARTS)}; found “{kind}”")
    return kind
