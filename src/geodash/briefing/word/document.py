"""A briefing in Word: headings, figures with captions, numbered sources, and the data as tables.

All looks are in styles with Word's own names, so that a house template takes over.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from geodash.briefing.content import Content, Section
from geodash.briefing.packed import packed
from geodash.briefing.word.parts import add_picture, add_table, anchor, field, link
from geodash.briefing.word.styles import look
from geodash.wording import printable

#: A4 and its margins, what they leave upright and lying on its side, and how high a picture is at
#: most, with its words on the same page.
SHORT, LONG, MARGIN = Mm(210), Mm(297), Mm(16)
UPRIGHT, LYING = Mm(210 - 2 * 16), Mm(297 - 2 * 16)
HIGHEST = Mm(175)
#: Rows of a table at most: longer ones are for a workbook.
ROWS = 25


def to_document(content: Content, pictures: Mapping[str, Sequence[bytes]]) -> bytes:
    """Write a briefing as DOCX on A4.

    Parameters
    ----------
    content
        The briefing as data.
    pictures
        Each chart by the name of its section: PNGs of its parts, one below the other.
    """
    document = docx.Document()
    look(document)
    _about(document, content)
    _turn(document, upright=True)
    _title(document, content)
    for number, section in enumerate(content.sections, start=1):
        _section(document, content, section, number, pictures[section.name])
    _sources(document, content)
    _data(document, content)
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue(), manifest=content.manifest.to_json())


def _about(document: Document, content: Content) -> None:
    about = document.core_properties
    # Core properties hold 255 characters.
    about.title, about.author = printable(content.title)[:255], printable(content.author)[:255]
    about.language, about.subject = "en", printable(content.case_title)[:255]
    about.comments, about.revision = "", 1
    about.created = about.modified = datetime.fromisoformat(content.manifest.as_of)


def _turn(document: Document, *, upright: bool) -> None:
    """Set the pages of the last section of the document to A4."""
    page = document.sections[-1]
    page.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = (SHORT, LONG) if upright else (LONG, SHORT)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN


def _title(document: Document, content: Content) -> None:
    _add(document, content.title, "Title")
    _add(document, content.byline, "Subtitle")
    _add(document, f"{content.case_title}. {content.shown}", "Body Text")


def _section(
    document: Document, content: Content, section: Section, number: int, parts: Sequence[bytes]
) -> None:
    heading = _add(document, section.heading, "Heading 1")
    heading.paragraph_format.page_break_before = number > 1
    _add(document, section.lead, "Body Text 2")
    if section.remark:
        _add(document, section.remark, "Quote")
    _add(document, section.reading, "Body Text")
    for part in parts:
        figure = document.add_paragraph(style="Figure")
        add_picture(figure, part, told=section.told, widest=UPRIGHT, highest=HIGHEST)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _caption(document, section, number)
    if section.sources:
        cited = _add(document, "Sources: ", "Sources")
        for at, source in enumerate(section.sources):
            cited.add_run(", " if at else "")
            link(cited, str(source), to=f"source{source}")


def _caption(document: Document, section: Section, number: int) -> None:
    caption = _add(document, "Figure ", "Caption")
    field(caption, "SEQ Figure \\* ARABIC", str(number))
    note = f" {section.note}" if section.note else ""
    caption.add_run(printable(f". {section.heading}{note}"))


def _sources(document: Document, content: Content) -> None:
    _add(document, "Sources", "Heading 1").paragraph_format.page_break_before = True
    for source in content.sources:
        item = document.add_paragraph(style="List Number")
        anchor(item, f"source{source.number}", source.number)
        if source.url:
            link(item, source.citation, address=source.url)
        else:
            item.add_run(printable(source.citation))
    _add(document, f"{content.citation}.", "Body Text")


def _data(document: Document, content: Content) -> None:
    """Put the rows behind the charts at the end, on pages lying on their side."""
    document.add_section(WD_SECTION.NEW_PAGE)
    _turn(document, upright=False)
    for number, section in enumerate(content.sections, start=1):
        if section.table.empty:
            continue
        _add(document, f"The data: {section.heading}", "Heading 2")
        caption = _add(document, "Table ", "Caption")
        field(caption, "SEQ Table \\* ARABIC", str(number))
        count = len(section.table)
        caption.paragraph_format.keep_with_next = True
        part = f"; the first {ROWS} of {count}, all of them are in the workbook" * (count > ROWS)
        caption.add_run(f". Rows behind Figure {number}{part}")
        add_table(document, section.table.head(ROWS), width=LYING)


def _add(document: Document, words: str, style: str) -> Paragraph:
    return document.add_paragraph(printable(words), style=style)
