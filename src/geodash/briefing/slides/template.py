"""The file that a deck is written into: our own plain one, or a template without its slides."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.exc import PackageNotFoundError
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout, SlideMaster
from pptx.util import Inches

from geodash.briefing.slides.text import Box, clean

#: What reading a file raises that is no PowerPoint file.
BROKEN = (OSError, BadZipFile, KeyError, ValueError, XMLSyntaxError, PackageNotFoundError)
TITLES = (KIND.TITLE, KIND.CENTER_TITLE)
#: Placeholders of a layout that a new slide does not take over.
FOOTERS = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER)
#: The size of a slide of our own, and its edges.
WIDTH, HEIGHT, MARGIN = Inches(13.333), Inches(7.5), Inches(0.5)
#: What keeps the title from the rest, the lower edge of a slide free, and words within a frame.
GAP, EDGE, INSET = Inches(0.12), Inches(0.3), Inches(0.1)
#: Headings of our own, and their letters in points.
HEAD, HEADING = Box(MARGIN, Inches(0.3), WIDTH - 2 * MARGIN, Inches(0.8)), 28
#: Lists of slides in the part that describes a deck, besides the one of the slides themselves.
LISTS = "p:custShowLst | p:extLst/p:ext[.//*[local-name()='section' or local-name()='sldId']]"


def opened(template: Path | None) -> Deck:
    """Open a deck without slides.

    Parameters
    ----------
    template
        A PowerPoint file whose size, fonts and layouts are taken over; ours if None.

    Returns
    -------
    pptx.presentation.Presentation
        Its layouts have at least one with a title.

    Raises
    ------
    ValueError
        If the template is no PowerPoint file, or none of its layouts has a title.
    """
    if template is None:
        return _plain()
    try:
        deck = Presentation(io.BytesIO(template.read_bytes()))
    except BROKEN as error:
        raise ValueError(
            f"a template must be a PowerPoint file (.pptx); found “{template}”, which "
            f"{_found(template)}; save it from PowerPoint as .pptx, or leave the template out"
        ) from error
    if not _with_title(deck):
        names = ", ".join(f"“{layout.name}”" for layout in deck.slide_layouts) or "no layout at all"
        raise ValueError(
            f"a template must have a layout with a title; found “{template}” with {names}; add a "
            "layout with a title placeholder in PowerPoint (View, Slide Master)"
        )
    _remove_slides(deck)
    return deck


def _found(path: Path) -> str:
    """Say what a file is that is no PowerPoint file."""
    if not path.is_file():
        return "is no file" if path.exists() else "is not there"
    try:
        kinds = ZipFile(path).read("[Content_Types].xml")
    except (BadZipFile, KeyError):
        return "is another kind of file"
    return "is a .potx or .potm file" if b"presentationml.template" in kinds else "is another file"


def _remove_slides(deck: Deck) -> None:
    """Remove all slides, and what lists them elsewhere: sections and custom shows."""
    for slide in deck.element.xpath("p:sldIdLst/p:sldId"):
        deck.part.drop_rel(slide.rId)
        slide.getparent().remove(slide)
    for listed in deck.element.xpath(LISTS):
        listed.getparent().remove(listed)


def _with_title(deck: Deck) -> list[SlideLayout]:
    return [layout for layout in deck.slide_layouts if kinds_of(layout) & set(TITLES)]


def kinds_of(layout: SlideLayout) -> set[KIND]:
    """Give the kinds of placeholders that a layout has."""
    return {placeholder.placeholder_format.type for placeholder in layout.placeholders}


def title_of(page: SlideMaster | SlideLayout) -> BaseShape:
    """Give the title placeholder of a master or of a layout that has one."""
    return next(shape for shape in page.placeholders if shape.placeholder_format.type in TITLES)


def first_layout(deck: Deck) -> SlideLayout:
    """Give the layout for the first slide: the one with a centred title or a subtitle."""
    found = _with_title(deck)
    for wanted in (KIND.CENTER_TITLE, KIND.SUBTITLE):
        for layout in found:
            if wanted in kinds_of(layout):
                return layout
    return heading_layout(deck)


def heading_layout(deck: Deck) -> SlideLayout:
    """Give the layout with a title and the least besides it; of several the widest title."""

    def besides(layout: SlideLayout) -> tuple[int, int]:
        others = [
            placeholder
            for placeholder in layout.placeholders
            if placeholder.placeholder_format.type not in (*TITLES, *FOOTERS)
        ]
        return len(others), -(title_of(layout).width or 0)

    return min(_with_title(deck), key=besides)


def new_slide(deck: Deck, layout: SlideLayout, heading: str) -> Slide:
    """Add a slide with its heading; of other placeholders it keeps a subtitle."""
    slide = deck.slides.add_slide(layout)
    slide.shapes.title.text_frame.text = clean(heading)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in (*TITLES, KIND.SUBTITLE):
            shape.element.getparent().remove(shape.element)
    return slide


def room(deck: Deck, layout: SlideLayout) -> Box:
    """Give the room below the title of a layout, as wide as the title, or as the slide."""
    title = title_of(layout)
    left, width = title.left, title.width
    if width < deck.slide_width / 2 or left + width > deck.slide_width:
        left, width = MARGIN, deck.slide_width - 2 * MARGIN
    top = title.top + title.height + GAP
    # Words of a title stand a little within its frame.
    left, width = left + INSET, width - 2 * INSET
    return Box(left, top, width, deck.slide_height - EDGE - top)


def _plain() -> Deck:
    """Make an empty deck of our own from the one of python-pptx, which is as narrow as 4 to 3."""
    deck = Presentation()
    wider = WIDTH / deck.slide_width
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            # Others stand where those of the master do.
            if shape.element.xpath("p:spPr/a:xfrm"):
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
    title = title_of(deck.slide_master)
    title.left, title.top, title.width, title.height = HEAD.left, HEAD.top, HEAD.width, HEAD.height
    (style,) = deck.slide_master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr")
    (letters,) = style.iterchildren("{*}defRPr")
    style.set("algn", "l")
    letters.set("sz", str(HEADING * 100))
    letters.set("b", "1")
    for shape in first_layout(deck).placeholders:
        if shape.placeholder_format.type not in FOOTERS:
            shape.left, shape.width = HEAD.left, HEAD.width
        for level in shape.element.xpath("p:txBody/a:lstStyle/a:lvl1pPr"):
            level.set("algn", "l")
    return deck
