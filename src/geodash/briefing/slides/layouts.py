"""The layouts of a deck: the one for its first slide, the one for the others, and their room."""

from __future__ import annotations

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout, SlideMaster
from pptx.util import Inches

from geodash.briefing.slides.text import Box, clean

TITLES = (KIND.TITLE, KIND.CENTER_TITLE)
#: Placeholders of a layout that a new slide does not take over.
FOOTERS = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER)
#: The edges of a slide; what keeps the title from the rest, the lower edge free, and words within
#: a frame.
MARGIN, GAP, EDGE, INSET = Inches(0.5), Inches(0.12), Inches(0.3), Inches(0.1)


def with_title(deck: Deck) -> list[SlideLayout]:
    """Give the layouts that have a title."""
    return [layout for layout in deck.slide_layouts if kinds_of(layout) & set(TITLES)]


def kinds_of(layout: SlideLayout) -> set[KIND]:
    """Give the kinds of placeholders that a layout has."""
    return {placeholder.placeholder_format.type for placeholder in layout.placeholders}


def title_of(page: SlideMaster | SlideLayout) -> BaseShape:
    """Give the title placeholder of a master or of a layout that has one."""
    return next(shape for shape in page.placeholders if shape.placeholder_format.type in TITLES)


def first_layout(deck: Deck) -> SlideLayout:
    """Give the layout for the first slide: the one with a centred title or a subtitle."""
    found = with_title(deck)
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

    return min(with_title(deck), key=besides)


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
