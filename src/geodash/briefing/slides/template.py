"""The file that a deck is written into: our own plain one, or a template without its slides."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.presentation import Presentation as Deck

from geodash.briefing.slides.layouts import with_title
from geodash.briefing.slides.plain import plain

#: What reading a file raises that is no PowerPoint file.
BROKEN = (OSError, BadZipFile, KeyError, ValueError, XMLSyntaxError, PackageNotFoundError)
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
        return plain()
    try:
        deck = Presentation(io.BytesIO(template.read_bytes()))
    except BROKEN as error:
        raise ValueError(
            f"a template must be a PowerPoint file (.pptx); found “{template}”, which "
            f"{_found(template)}; save it from PowerPoint as .pptx, or leave the template out"
        ) from error
    if not with_title(deck):
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
