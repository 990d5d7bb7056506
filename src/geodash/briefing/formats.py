"""The formats of a briefing: each gives files of one content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from geodash.briefing.content import Content, Section
from geodash.briefing.pictures import PAPER, SCALE, WIDTH, finished, framed, on_white, picture_of
from geodash.briefing.slides import deck
from geodash.briefing.studio import Studio
from geodash.briefing.tables.package import to_tables
from geodash.briefing.tables.workbook import to_workbook
from geodash.briefing.web import embed
from geodash.briefing.web.html import to_html
from geodash.briefing.web.markdown import to_markdown
from geodash.briefing.web.pdf import to_pdf
from geodash.briefing.word.document import to_document

Files = Mapping[str, str | bytes]
#: Told before each step: what is made, in plain words, how many steps are done, and of how many.
Progress = Callable[[str, int, int], None]

#: Formats of pictures, the one first that others refer to if both are written.
PICTURES = ("svg", "png")


@dataclass(frozen=True)
class Job:
    """What a format is to make.

    Attributes
    ----------
    content
        The briefing as data.
    name
        What the names of the files begin with.
    formats
        All the formats that are made.
    template
        A PowerPoint file whose looks slides take over; ours if None.
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
    template: Path | None
    url: str
    studio: Studio
    tell: Callable[[str, int], None]

    def sections(self) -> Iterator[Section]:
        """Give the sections one by one, and tell which it is."""
        for at, section in enumerate(self.content.sections):
            self.tell(section.heading, at)
            yield section

    def drawn(self) -> dict[str, bytes]:
        """Draw each chart alone, for readers without JavaScript: as WebP by name of section."""
        return {
            section.name: self.studio.draw(on_white(section.figure), kind="webp", width=PAPER)
            for section in self.sections()
        }


def files_of(
    content: Content,
    formats: Sequence[str],
    *,
    name: str,
    template: Path | None,
    url: str,
    progress: Progress,
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
    template
        A PowerPoint file whose looks slides take over; ours if None.
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
    ValueError
        If the template cannot be used.
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
            files |= make(Job(content, name, tuple(formats), template, url, studio, tell))
    return files


def _html(job: Job) -> Files:
    pictures = job.drawn() if job.studio.there() else {}
    return {f"{job.name}.html": to_html(job.content, pictures)}


def _markdown(job: Job) -> Files:
    written = [kind for kind in PICTURES if kind in job.formats]
    own = _pictures(job, "png") if not written and job.studio.there() else {}
    kind = next(iter(written), "png" if own else "")
    text = to_markdown(job.content, job.name, pictures=kind)
    return {f"{job.name}.md": text, **own}


def _pictures(job: Job, kind: str) -> Files:
    scale = SCALE if kind == "png" else 1
    files = {}
    for section in job.sections():
        alone = job.content.alone(section)
        drawn = job.studio.draw(framed(alone, section), kind=kind, width=WIDTH, scale=scale)
        files[picture_of(job.name, section.name, kind)] = finished(kind, drawn, alone, section)
    return files


def _document(job: Job) -> Files:
    pictures = {
        section.name: [
            job.studio.draw(on_white(sheet), kind="png", width=PAPER, scale=SCALE)
            for sheet in section.sheets
        ]
        for section in job.sections()
    }
    return {f"{job.name}.docx": to_document(job.content, pictures)}


def _slides(job: Job) -> Files:
    pictures = {}
    for section in job.sections():
        if deck.needs_picture(section):
            figure, width, height = deck.drawing(section)
            drawn = on_white(figure, height=height)
            pictures[section.name] = job.studio.draw(
                drawn, kind="png", width=width, scale=deck.SCALE
            )
    return {f"{job.name}.pptx": deck.to_slides(job.content, pictures, job.template)}


def _embed(job: Job) -> Files:
    pictures = job.drawn() if job.studio.there() else {}
    files: dict[str, str | bytes] = {}
    for section in job.content.sections:
        alone, picture = job.content.alone(section), pictures.get(section.name)
        start = f"{job.name}-{section.name}"
        card, frame = f"{start}-oembed.json", f"{start}-frame.html"
        files[f"{start}-figure.html"] = fragment = embed.live(alone, section, picture)
        files[frame] = embed.page(section, fragment, card=card)
        files[card] = embed.card(alone, section, address=f"{job.url}{frame}")
    return files


@dataclass(frozen=True)
class Format:
    """A format: what people call it, and what makes its files."""

    label: str
    make: Callable[[Job], Files]


#: The formats by key.
FORMATS: Mapping[str, Format] = {
    "html": Format("HTML", _html),
    "pptx": Format("PowerPoint", _slides),
    "docx": Format("Word", _document),
    "pdf": Format("PDF", lambda job: {f"{job.name}.pdf": to_pdf(job.content, job.studio)}),
    "md": Format("Markdown with pictures", _markdown),
    "svg": Format("Pictures (SVG)", partial(_pictures, kind="svg")),
    "png": Format("Pictures (PNG)", partial(_pictures, kind="png")),
    "embed": Format("Code to embed", _embed),
    "xlsx": Format("Excel", lambda job: {f"{job.name}.xlsx": to_workbook(job.content)}),
    "csv": Format("Tables (CSV)", lambda job: to_tables(job.content, job.name)),
}
