"""The formats of a briefing: each gives files of one content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from geodash.briefing import embed
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
    url
        Address of the folder in which the files will stand, with a slash at its end; empty if
        it is not known.
    studio
        Draws pictures.
    tell
        Told what is drawn, and how many charts were drawn before it.
    """

    content: Content
    name: str
    formats: tuple[str, ...]
    url: str
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
    content: Content, formats: Sequence[str], *, name: str, url: str, progress: Progress
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
    url
        Address of the folder in which the files will stand; empty if it is not known.
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
    url = f"{url.rstrip('/')}/" if url else ""
    steps = max(1, len(content.sections))
    files: dict[str, str | bytes] = {}
    with Studio() as studio:
        for at, key in enumerate(formats):
            label, make = FORMATS[key].label, FORMATS[key].make

            def tell(what: str, done: int, label: str = label, before: int = at * steps) -> None:
                progress(f"{label}: {what}", before + done, len(formats) * steps)

            tell("writing", 0)
            files |= make(Order(content, name, tuple(formats), url, studio, tell))
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
    scale = SCALE if kind == "png" else 1
    files = {}
    for section in order.sections():
        alone = order.content.alone(section)
        drawn = order.studio.draw(framed(alone, section), kind=kind, width=WIDTH, scale=scale)
        files[picture_of(order.name, section.name, kind)] = finished(kind, drawn, alone, section)
    return files


def _embed(order: Order) -> Files:
    pictures = order.drawn("webp") if order.studio.there() else {}
    files: dict[str, str | bytes] = {}
    for section in order.content.sections:
        alone, picture = order.content.alone(section), pictures.get(section.name)
        start = f"{order.name}-{section.name}"
        card, frame = f"{start}-oembed.json", f"{start}-frame.html"
        files[f"{start}-figure.html"] = embed.live(alone, section, picture)
        files[frame] = embed.page(alone, section, picture, card=card)
        files[card] = embed.card(alone, section, address=f"{order.url}{frame}")
    return files


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
    "embed": Format("Code to embed", _embed),
    "pdf": Format("PDF", lambda order: {f"{order.name}.pdf": to_pdf(order.content, order.studio)}),
    "svg": Format("SVG", partial(_pictures, kind="svg")),
    "png": Format("PNG", partial(_pictures, kind="png")),
}
