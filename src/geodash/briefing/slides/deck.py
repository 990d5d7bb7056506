"""A briefing as a PowerPoint deck: one message a slide, with charts that can be edited."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import plotly.graph_objects as go
from pptx.presentation import Presentation
from pptx.shapes.picture import Picture
from pptx.slide import Slide
from pptx.util import Emu, Inches

from geodash.briefing.content import Content, Section
from geodash.briefing.packed import packed
from geodash.briefing.plots.data import Grid, Plot
from geodash.briefing.slides.grids import add_grid, parted
from geodash.briefing.slides.layouts import first_layout, heading_layout, new_slide, room
from geodash.briefing.slides.native import add_plot
from geodash.briefing.slides.sources import (
    foot_height,
    pages_of,
    write_foot,
    write_notes,
    write_sources,
)
from geodash.briefing.slides.template import opened
from geodash.briefing.slides.text import (
    Box,
    clean,
    describe,
    fitting,
    line_height,
    run,
    sentences,
    write,
)

#: How many pixels of a PNG each pixel of a picture becomes: over 230 dots an inch on our slides.
SCALE = 3
#: Pixels: the width of a picture that is drawn as for a phone, with few and large letters; and
#: width and height of one that is not.
FEW, PAGE, LOW = 640, 900, 548
#: Points of letters: of what is shown, of the message, of the key of a table.
SHOWN, MESSAGE, KEY = 20, 14, 11
#: What keeps parts of a slide apart; lines of a message below a table.
GAP, MESSAGE_LINES = Inches(0.12), 3
#: The share of a slide's width that the message takes beside a chart.
BESIDE = 0.3
NOTHING = "Nothing is left to show with these filters."

#: What a slide shows; None is a picture.
View = Plot | Grid | None


def to_slides(
    content: Content, pictures: Mapping[str, bytes], template: Path | None = None
) -> bytes:
    """Write a briefing as a PowerPoint deck. The same content, the same bytes.

    Parameters
    ----------
    content
        What the briefing holds.
    pictures
        PNG of each section that is no plot (`needs_picture`), by its name, drawn at `SCALE` of
        what `drawing` gives.
    template
        A PowerPoint file whose size, fonts and layouts are taken over.

    Raises
    ------
    ValueError
        If the template is no PowerPoint file, or none of its layouts has a title.
    """
    deck = opened(template)
    _first(deck, content)
    for section in content.sections:
        _section(deck, content, section, pictures)
    _sources(deck, content)
    about = deck.core_properties
    about.title, about.author = clean(content.title)[:255], clean(content.author)[:255]
    about.subject, about.language = clean(content.case_title)[:255], "en"
    about.last_modified_by = about.author
    out = io.BytesIO()
    deck.save(out)
    return packed(out.getvalue(), manifest=content.manifest.to_json())


def needs_picture(section: Section) -> bool:
    """Whether a section is shown as a picture."""
    return section.plots is None and bool(len(section.table))


def drawing(section: Section) -> tuple[go.Figure, int, int]:
    """Give the figure that is drawn for a slide, with its width and its height in pixels.

    A slide is low: the lower of the figures has the larger letters there.
    """
    page, phone = section.figure.layout.height, section.phone.layout.height
    if phone < page:
        return section.phone, FEW, phone
    return section.figure, PAGE, min(LOW, page)


def _first(deck: Presentation, content: Content) -> None:
    """Say what the deck is: title, author, day, and what is shown."""
    layout = first_layout(deck)
    slide = new_slide(deck, layout, content.title)
    by = f"{content.author}, {content.as_of}" if content.author else content.as_of
    words = [by, content.case_title, content.shown]
    subtitles = [shape for shape in slide.placeholders if shape.placeholder_format.idx]
    for shape in subtitles[:1]:
        for order, line in enumerate(words):
            frame = shape.text_frame
            run(frame.add_paragraph() if order else frame.paragraphs[0], line, size=SHOWN)
    if not subtitles:
        write(slide, room(deck, layout), words, size=SHOWN, name="What is shown")


def _section(
    deck: Presentation, content: Content, section: Section, pictures: Mapping[str, bytes]
) -> None:
    """Show a section on one slide, or on several if it has several scales or a long table."""
    layout = heading_layout(deck)
    whole = room(deck, layout)
    foot = whole.bottom(foot_height(section, whole.width))
    body = whole.above(foot, GAP)
    views = list(_views(section, body))
    for order, view in enumerate(views, start=1):
        part = f" ({order} of {len(views)})" if len(views) > 1 else ""
        slide = new_slide(deck, layout, section.heading + part)
        if isinstance(view, Grid):
            _table(slide, section, view, body)
        else:
            _chart(slide, section, view, body, pictures)
        write_foot(slide, content, section, foot)
        write_notes(slide, content, section, rows=order == 1)


def _views(section: Section, body: Box) -> Iterator[View]:
    """Part what a section shows into what one slide shows."""
    for plot in section.plots or ():
        if isinstance(plot, Grid):
            yield from parted(plot, _in_table(plot, body)[0])
        else:
            yield plot
    if not section.plots:
        yield None


def _in_table(grid: Grid, body: Box) -> tuple[Box, Box, Box]:
    """Give the places of a table, of its key and of the message below it."""
    message = body.bottom(MESSAGE_LINES * line_height(MESSAGE))
    key = body.above(message, GAP).bottom(2 * line_height(KEY) if grid.title else 0)
    return body.above(key, GAP), key, message


def _table(slide: Slide, section: Section, grid: Grid, body: Box) -> None:
    place, key, message = _in_table(grid, body)
    describe(add_grid(slide, grid, place), _told(section, "Table"))
    if grid.title:
        write(slide, key, [grid.title], size=KEY, name="Key")
    _message(slide, section, message)


def _chart(
    slide: Slide, section: Section, view: View, body: Box, pictures: Mapping[str, bytes]
) -> None:
    message = body.right(BESIDE)
    place = body.left_of(message, 2 * GAP)
    if isinstance(view, Plot):
        shape = add_plot(slide, view, place)
        describe(shape, _told(section, f"Chart. {view.title}. {view.unit}"))
    elif needs_picture(section):
        drawn = _picture(slide, section, place, pictures[section.name])
        message = body.right(1 - (drawn.width + 2 * GAP) / body.width)
    else:
        write(slide, place, [NOTHING], size=SHOWN, name="Nothing to show")
    _message(slide, section, message)


def _picture(slide: Slide, section: Section, box: Box, picture: bytes) -> Picture:
    """Set a picture into a box, as large as it fits."""
    shape = slide.shapes.add_picture(io.BytesIO(picture), Emu(box.left), Emu(box.top))
    share = min(box.width / shape.width, box.height / shape.height)
    shape.width, shape.height = Emu(int(shape.width * share)), Emu(int(shape.height * share))
    describe(shape, _told(section, "Picture"))
    return shape


def _message(slide: Slide, section: Section, box: Box) -> None:
    """Write what the author says and what is to be read, as many sentences as find room."""
    words = fitting(sentences(section.remark, section.reading), MESSAGE, box)
    write(slide, box, [words], size=MESSAGE, name="Message")


def _told(section: Section, what: str) -> str:
    """Say in words what stands on a slide."""
    return f"{what}: {section.told}"


def _sources(deck: Presentation, content: Content) -> None:
    """List all sources by number, and say how to cite, on as many slides as it takes."""
    layout = heading_layout(deck)
    place = room(deck, layout)
    pages = list(pages_of(content, place))
    for order, page in enumerate(pages, start=1):
        part = f" ({order} of {len(pages)})" if len(pages) > 1 else ""
        slide = new_slide(deck, layout, f"Sources{part}")
        write_sources(slide, page, place)
    slide = new_slide(deck, layout, "How to cite")
    write(slide, place, [content.citation], size=MESSAGE, name="Citation")
