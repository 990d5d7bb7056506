"""A deck of our own: 16 to 9, with the colours of the charts."""

from __future__ import annotations

import re

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from geodash import theme
from geodash.briefing.slides.layouts import FOOTERS, MARGIN, first_layout, title_of
from geodash.briefing.slides.text import Box

#: The size of a slide; its heading, and the letters in points: of the first slide, of the others.
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
HEAD = Box(MARGIN, Inches(0.3), WIDTH - 2 * MARGIN, Inches(0.8))
FIRST, HEADING = 40, 28
#: Colours of a theme by the names that PowerPoint has for them (ISO/IEC 29500-1, 20.1.6.2).
COLOURS = {
    "dk1": theme.INK,
    "dk2": theme.MUTED,
    "accent1": theme.ACCENT,
    "accent2": theme.NEUTRAL,
    "accent3": theme.OIL,
    "hlink": theme.ACCENT,
    "folHlink": theme.ACCENT,
}
#: The letters of the title of the first slide.
_LARGE = (
    '<a:lvl1pPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" algn="l">'
    f'<a:defRPr sz="{FIRST * 100}" b="1"/></a:lvl1pPr>'
)


def plain() -> Deck:
    """Make an empty deck of the one of python-pptx, which is as narrow as 4 to 3."""
    deck = Presentation()
    _widen(deck)
    _colour(deck)
    _set_titles(deck)
    return deck


def _widen(deck: Deck) -> None:
    wider = WIDTH / deck.slide_width
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            # Others stand where those of the master do.
            if shape.element.xpath("p:spPr/a:xfrm"):
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)


def _colour(deck: Deck) -> None:
    # python-pptx keeps a theme as bytes, and has no words for its colours.
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode()
    for name, colour in COLOURS.items():
        wanted = f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
        text = re.sub(f"<a:{name}>.*?</a:{name}>", wanted, text, count=1)
    part.blob = text.encode()


def _set_titles(deck: Deck) -> None:
    title = title_of(deck.slide_master)
    title.left, title.top, title.width, title.height = HEAD.left, HEAD.top, HEAD.width, HEAD.height
    (style,) = deck.slide_master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr")
    (letters,) = style.iterchildren("{*}defRPr")
    style.set("algn", "l")
    letters.set("sz", str(HEADING * 100))
    letters.set("b", "1")
    (levels,) = title_of(first_layout(deck)).element.xpath("p:txBody/a:lstStyle")
    levels.append(parse_xml(_LARGE))
    for shape in first_layout(deck).placeholders:
        if shape.placeholder_format.type not in FOOTERS:
            shape.left, shape.width = HEAD.left, HEAD.width
        for level in shape.element.xpath("p:txBody/a:lstStyle/a:lvl1pPr"):
            level.set("algn", "l")
