"""Slides and documents of the real case, opened by an office program and printed."""

import shutil
from datetime import date

import docx
import pptx
import pytest
from pypdf import PdfReader

import geodash
from office import to_pdf

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def briefing():
    briefing = geodash.Briefing(geodash.load(), title="All of it", as_of=date(2026, 11, 24))
    return briefing.add(*briefing.offered)


def printed(file):
    """Give the words of each page, in a line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(to_pdf(file)).pages]


def test_each_slide_opens_with_its_heading_and_its_sources(briefing, tmp_path):
    file = briefing.to_pptx(tmp_path / "briefing.pptx")
    slides = list(pptx.Presentation(file).slides)
    pages = printed(file)
    assert len(pages) == len(slides)
    for words, slide in zip(pages, slides, strict=True):
        assert slide.shapes.title.text in words
        for shape in slide.shapes:
            if shape.name == "Sources":
                assert " ".join(shape.text_frame.text.split())[:60] in words
    # A chart that can be edited is drawn with its numbers.
    (price,) = [words for words in pages if words.startswith("At what price?")]
    assert "983.8" in price


def test_each_chart_of_the_document_stands_on_a_page_with_its_words(briefing, tmp_path):
    file = briefing.to_docx(tmp_path / "briefing.docx")
    pages = printed(file)
    assert all(pages)
    for number, section in enumerate(briefing.content.sections, start=1):
        (at,) = [at for at, words in enumerate(pages) if f"Figure {number}. " in words]
        # What has parts stands on a page more for each.
        first = at - len(section.sheets) + 1
        assert section.heading in pages[first]
        assert section.reading.split(". ")[0] in pages[first]
        assert "Sources: " in pages[at]
    assert len(docx.Document(file).inline_shapes) == len(briefing.content.sections) + 1
