"""Words on a slide: made safe, cut to the room there is, and set in a text box."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import _Paragraph, _Run
from pptx.util import Pt

from geodash.geo.labels import LINE_HEIGHT, text_size
from geodash.wording import printable

#: Where a sentence ends and the next begins.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[“\"(]?[^\W_a-z])")


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in English Metric Units (914,400 to the inch)."""

    left: int
    top: int
    width: int
    height: int

    def right(self, share: float) -> Box:
        """Give the part of it that is the last share of its width."""
        width = round(self.width * share)
        return Box(self.left + self.width - width, self.top, width, self.height)

    def left_of(self, other: Box, gap: int) -> Box:
        """Give what of it stands left of another one."""
        return Box(self.left, self.top, other.left - gap - self.left, self.height)

    def bottom(self, height: int) -> Box:
        """Give the part of it that is so high at its bottom."""
        return Box(self.left, self.top + self.height - height, self.width, height)

    def above(self, other: Box, gap: int) -> Box:
        """Give what of it stands above another one."""
        return Box(self.left, self.top, self.width, other.top - gap - self.top)


def clean(words: object) -> str:
    """Make text a single line without characters that XML cannot hold."""
    return " ".join(printable(str(words)).split())


def sentences(*texts: str) -> list[str]:
    """Part texts into sentences."""
    return [one for text in texts for one in _SENTENCE.split(clean(text)) if one]


def lines_of(words: str, size: float, width: int) -> int:
    """Estimate in how many lines words are set.

    Parameters
    ----------
    size
        Points of a letter.
    width
        Room in English Metric Units.
    """
    # A line ends with a whole word: a tenth of it stays empty.
    points: float = width / Pt(1)
    return max(1, math.ceil(1.1 * text_size(words, size=size)[0] / points))


def line_height(size: float) -> int:
    """Give the height of a line in English Metric Units."""
    height: float = Pt(1) * size * LINE_HEIGHT
    return int(height)


def fitting(parts: Sequence[str], size: float, box: Box, *, between: str = " ") -> str:
    """Give as many parts of a text as find room; of the first at least its first words.

    Parameters
    ----------
    parts
        Sentences, in order.
    size
        Points of a letter.
    between
        What joins them.
    """
    room = box.height // line_height(size)
    shown = ""
    for part in parts:
        longer = between.join(filter(None, [shown, part]))
        if lines_of(longer, size, box.width) > room:
            break
        shown = longer
    return shown or _shortened("".join(parts[:1]), size, box.width, room)


def _shortened(words: str, size: float, width: int, room: int) -> str:
    while words and lines_of(f"{words}…", size, width) > room:
        # A word that alone is too long is cut within.
        words = words.rpartition(" ")[0] or words[: len(words) // 2]
    return f"{words}…" if words else ""


def write(slide: Slide, box: Box, paragraphs: Iterable[str], *, size: float, name: str) -> Shape:
    """Set paragraphs in a text box.

    Parameters
    ----------
    slide
        A slide of python-pptx.
    size
        Points of a letter.
    name
        What the box is called in the list of a slide's objects.

    Returns
    -------
    pptx.shapes.autoshape.Shape
        The text box.
    """
    shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for order, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if not order else frame.add_paragraph()
        run(paragraph, words, size=size)
    return shape


def run(paragraph: _Paragraph, words: str, *, size: float, bold: bool = False) -> _Run:
    """Add words to a paragraph of python-pptx; colour and font are those of the template."""
    added = paragraph.add_run()
    added.text = clean(words)
    added.font.size = Pt(size)
    added.font.bold = bold
    added.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
    return added


def describe(shape: BaseShape, words: str) -> None:
    """Give a picture, chart or table of python-pptx its alternative text."""
    shape.element.xpath(".//p:cNvPr")[0].set("descr", clean(words))
