"""The formats of a briefing: each gives files of one content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from geodash.briefing.content import Content, Section
from geodash.briefing.html import to_html
from geodash.briefing.markdown import to_markdown
from geodash.briefing.pdf import to_pdf
from geodash.briefing.pictures import PAPER, SCALE, WIDTH, bare, finished, framed, picture_of
from geodash.briefing.studio import Studio
from geodash.briefing.tables import to_tables
from geodash.briefing.workbook import to_workbook

Files = Mapping[str, str | bytes]
#: Told before each step: what is made, in plain words, how many steps are done, and of how many.
Progress = Callable[[str, int, int], None]

#: Formats of pictures, the one first that others refer to if both are written.
PICTURES = ("svg", "png")


@dataclass(frozen=True)
class Order:
    """What a format is to make.

    Attributes
    ----------
    content
        The briefing as data.
    name
        What the names of the files begin with.
    formats
        All the formats that are made.
    studio
        Draws pictures.
    tell
        Told what is drawn, and how many charts were drawn before it.
    """

    content: Content
    name: str
    formats: tuple[str, ...]
    studio: Studio
    tell: Callable[[str, int], None]

    def sections(self) -> Iterator[Section]:
        """Give the sections one by one, and tell which it is."""
        for at, section in enumerate(self.content.sections):
            self.tell(section.heading, at)
            yield section

    def drawn(self, kind: str) -> dict[str, bytes]:
        """Draw each chart as wide as on A4, without its heading; pictures by name of section."""
        return {
            section.name: self.studio.draw(bare(section), kind=kind, width=PAPER, scale=1)
            for section in self.sections()
        }


def files_of(
    content: Content, formats: Sequence[str], *, name: str, progress: Progress
) -> dict[str, str | bytes]:
    """Make the files of a briefing.

    Parameters
    ----------
    content
        The briefing as data.
    formats
        Keys of `FORMATS`.
    name
        What the names of the files begin with.
    progress
        Told before each step: what is made, how many steps are done, and of how many.

    Returns
    -------
    dict
        Texts, or bytes, by the names of the files.

    Raises
    ------
    OSError
        If a format needs a browser and there is none.
    """
    steps = max(1, len(content.sections))
    files: dict[str, str | bytes] = {}
    with Studio() as studio:
        for at, key in enumerate(formats):
            label, make = FORMATS[key].label, FORMATS[key].make

            def tell(what: str, done: int, label: str = label, before: int = at * steps) -> None:
                progress(f"{label}: {what}", before + done, len(formats) * steps)

            tell("writing", 0)
            files |= make(Order(content, name, tuple(formats), studio, tell))
    return files


def _html(order: Order) -> Files:
    pictures = order.drawn("webp") if order.studio.there() else {}
    return {f"{order.name}.html": to_html(order.content, pictures)}


def _markdown(order: Order) -> Files:
    written = [kind for kind in PICTURES if kind in order.formats]
    own = _pictures(order, "png") if not written and order.studio.there() else {}
    kind = next(iter(written), "png" if own else "")
    text = to_markdown(order.content, order.name, pictures=kind)
    return {f"{order.name}.md": text, **own}


def _pictures(order: Order, kind: str) -> Files:
    content, scale = order.content, SCALE if kind == "png" else 1
    return {
        picture_of(order.name, section.name, kind): finished(
            kind,
            order.studio.draw(framed(content, section), kind=kind, width=WIDTH, scale=scale),
            content,
            section,
        )
        for section in order.sections()
    }


@dataclass(frozen=True)
class Format:
    """A format: what people call it, and what makes its files."""

    label: str
    make: Callable[[Order], Files]


#: The formats by key.
FORMATS: Mapping[str, Format] = {
    "html": Format("HTML", _html),
    "md": Format("Markdown", _markdown),
    "csv": Format("CSV", lambda order: to_tables(order.content, order.name)),
    "xlsx": Format("Excel", lambda order: {f"{order.name}.xlsx": to_workbook(order.content)}),
    "pdf": Format("PDF", lambda order: {f"{order.name}.pdf": to_pdf(order.content, order.studio)}),
    "svg": Format("SVG", partial(_pictures, kind="svg")),
    "png": Format("PNG", partial(_pictures, kind="png")),
}
