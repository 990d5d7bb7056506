"""Where a slide says from where it is: its foot, its notes, and the slides of the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pptx.slide import Slide
from pptx.util import Inches

from geodash.briefing.content import Content, Section, Source
from geodash.briefing.slides.text import (
    Box,
    clean,
    fitting,
    line_height,
    lines_of,
    run,
    sentences,
    write,
)
from geodash.sources import refs_in
from geodash.wording import counted

#: Points of letters at the foot of a slide, and of the list of sources.
FOOT, LIST = 9, 10
#: Lines of remarks and of sources at the foot at most; what keeps them apart.
NOTE_LINES, SOURCE_LINES, GAP = 5, 2, Inches(0.05)
#: Rows of evidence in the notes of a slide at most.
ROWS = 60
_WEB = re.compile(r"https?://[^\s<>\"]+")


def foot_height(section: Section, width: int) -> int:
    """Give the height of the foot of a section's slides, as wide as it is."""
    remark = min(NOTE_LINES, lines_of(clean(section.note), FOOT, width)) if section.note else 0
    height: int = (SOURCE_LINES + remark) * line_height(FOOT) + GAP
    return height


def write_foot(slide: Slide, content: Content, section: Section, box: Box) -> None:
    """Write the remark that belongs under a chart, and its sources, as far as there is room."""
    sources = box.bottom(SOURCE_LINES * line_height(FOOT))
    if section.note:
        note = box.above(sources, GAP)
        words = fitting(sentences(section.note), FOOT, note)
        write(slide, note, [words], size=FOOT, name="Remark")
    words = _cited(content, section, sources)
    if words:
        write(slide, sources, [words], size=FOOT, name="Sources")


def _cited(content: Content, section: Section, box: Box) -> str:
    """Name as many sources as find room, and where the others are."""
    cited = [
        f"{source.number} {clean(source.citation)}"
        for source in content.sources
        if source.number in section.sources
    ]
    for named in range(len(cited), 0, -1):
        others = f"; {counted(len(cited) - named, 'other')}: see Sources at the end"
        words = f"Sources: {'; '.join(cited[:named])}{others * (named < len(cited))}."
        if lines_of(words, FOOT, box.width) <= SOURCE_LINES:
            return words
    return f"{counted(len(cited), 'source')}: see Sources at the end." if cited else ""


def write_notes(slide: Slide, content: Content, section: Section, *, rows: bool) -> None:
    """Write the whole reading into the notes, and the evidence with its sources.

    Parameters
    ----------
    rows
        Whether the evidence is written here; else it is in the notes of the section's first slide.
    """
    said = [section.remark, section.lead, section.reading, section.note]
    lines = [clean(words) for words in said if words]
    lines += _evidence(content, section) if rows else ["Rows: in the notes of its first slide."]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def _evidence(content: Content, section: Section) -> Iterator[str]:
    refs = [ref for ref in refs_in(section.table.index) if ref in content.rows.index]
    refs = list(dict.fromkeys(refs))
    if refs:
        yield f"{counted(len(refs), 'row')} of evidence:"
    for ref in refs[:ROWS]:
        cells = content.rows.loc[ref]
        told = [f"{column}: {clean(cell)}" for column, cell in cells.items() if cell]
        yield f"{ref}. {'; '.join(told)}"
    if len(refs) > ROWS:
        yield f"And {counted(len(refs) - ROWS, 'more row', 'more rows')} in the workbook (XLSX)."


def pages_of(content: Content, box: Box) -> Iterator[list[Source]]:
    """Part the sources into as many as find room on a slide."""
    page: list[Source] = []
    filled = 0
    for source in content.sources:
        lines = lines_of(f"{source.number}. {clean(source.citation)}", LIST, box.width)
        if page and (filled + lines) * line_height(LIST) > box.height:
            yield page
            page, filled = [], 0
        page.append(source)
        filled += lines
    if page:
        yield page


def write_sources(slide: Slide, sources: Iterable[Source], box: Box) -> None:
    """List sources by number; each with an address on the web is a link."""
    lines = [f"{source.number}. {source.citation}" for source in sources]
    shape = write(slide, box, [], size=LIST, name="Sources")
    frame = shape.text_frame
    for order, (line, source) in enumerate(zip(lines, sources, strict=True)):
        paragraph = frame.add_paragraph() if order else frame.paragraphs[0]
        added = run(paragraph, line, size=LIST)
        if _WEB.fullmatch(source.url):
            added.hyperlink.address = source.url
