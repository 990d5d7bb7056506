"""A briefing as the output of a notebook's cell: for Jupyter, nbconvert and Quarto."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from geodash.briefing.content import Content, Section
from geodash.briefing.pictures import PAPER, SCALE, on_white
from geodash.briefing.studio import Studio
from geodash.briefing.web.embed import live
from geodash.briefing.web.html import in_page
from geodash.briefing.web.markdown import escaped

#: Characters that end an attribute, or begin HTML.
_MARKUP = re.compile(r'["\\<>{}]')

Bundle = tuple[dict[str, Any], dict[str, Any]]


def to_bundle(content: Content) -> Bundle:
    """Give each chart in every form that a page or a document may want.

    Parameters
    ----------
    content
        The briefing as data.

    Returns
    -------
    tuple
        Data and metadata by media type: `text/html`, alive; `text/markdown`, the pictures with
        captions and alternative texts, which Quarto takes for Word and PDF; `image/png`, if there
        is one chart, for nbconvert's LaTeX. The last two only where there is a browser.
    """
    told = " ".join(one.told for one in content.sections)
    fragments = [live(content.alone(one), one, None) for one in content.sections]
    data: dict[str, Any] = {"text/html": "\n".join(fragments), "text/plain": told}
    drawn = dict(_drawn(content))
    if drawn:
        pictures = [_markdown(content, one, drawn[one.name]) for one in content.sections]
        data["text/markdown"] = "\n\n".join(pictures)
    if len(drawn) == 1:
        (data["image/png"],) = drawn.values()
    return data, {"image/png": {"alt": told}} if len(drawn) == 1 else {}


def _drawn(content: Content) -> Iterator[tuple[str, bytes]]:
    with Studio() as studio:
        for section in content.sections if studio.there() else ():
            figure = on_white(section.figure)
            yield section.name, studio.draw(figure, kind="png", width=PAPER, scale=SCALE)


def _markdown(content: Content, section: Section, picture: bytes) -> str:
    """Write a picture with its caption, and its alternative text as Quarto has it."""
    said = [section.heading, section.note, content.cited(section), content.citation]
    caption = escaped(" ".join(filter(None, said)))
    # Between quotes nothing can be escaped: what could be taken for markup is left out.
    told = _MARKUP.sub("", " ".join(section.told.split()))
    return f'![{caption}.]({in_page(picture, "image/png")}){{fig-alt="{told}"}}'
