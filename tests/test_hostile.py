"""Hostile text in every column goes through every format, and stays text in each."""

import csv
import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import docx
import pptx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from geodash.briefing import FORMATS, Briefing
from geodash.wording import printable
from hostile import STRINGS, hostile_tables
from tiny import tiny

TITLE = " ".join(STRINGS)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    case = tiny(tmp_path_factory.mktemp("case"), **hostile_tables(STRINGS))
    briefing = Briefing(case, title=TITLE, author=TITLE, as_of=date(2026, 11, 24))
    briefing.add(*briefing.offered, note=TITLE)
    return briefing.files(FORMATS, name="out")


def texts(files, *endings):
    found = {name: text for name, text in files.items() if name.endswith(endings)}
    assert found
    return found


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_in_pages_it_runs_nothing_and_asks_for_nothing(files, offline_page, tmp_path, width):
    offline_page.set_viewport_size({"width": width, "height": 900})
    for name, text in texts(files, "out.html", "stances-figure.html", "stances-frame.html").items():
        (tmp_path / name).write_text(text, "utf-8")
        offline_page.goto((tmp_path / name).as_uri())
        offline_page.locator(".main-svg").first.wait_for()
        assert offline_page.evaluate("window.hacked === undefined")
        assert offline_page.locator("img, body b, marquee, iframe").count() == 0
    offline_page.goto("about:blank")


@pytest.mark.browser
def test_in_drawings_and_office_files_it_is_no_markup(files):
    for text in texts(files, ".svg").values():
        kinds = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(text).iter()}
        assert not kinds & {"script", "image", "foreignObject", "a"}
    for content in texts(files, ".docx", ".pptx", ".xlsx").values():
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(parts.read(name))


@pytest.mark.browser
def test_in_tables_it_is_no_formula(files):
    book = load_workbook(io.BytesIO(files["out.xlsx"]))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    for text in texts(files, ".csv").values():
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.browser
def test_readers_see_it_as_it_is(files):
    """Every string stands whole in the title, where nothing is wrapped or cut."""
    shown = {
        "docx": docx.Document(io.BytesIO(files["out.docx"])).paragraphs[0].text,
        "pptx": pptx.Presentation(io.BytesIO(files["out.pptx"])).slides[0].shapes.title.text,
        "xlsx": load_workbook(io.BytesIO(files["out.xlsx"]))["About"]["B2"].value,
        "pdf": PdfReader(io.BytesIO(files["out.pdf"])).metadata.title,
    }
    for format_, title in shown.items():
        for text in STRINGS:
            wanted = "".join(printable(text).split())
            assert wanted in "".join(title.split()), format_


@pytest.mark.browser
def test_the_pdf_has_no_script_and_opens_nothing(files):
    root = PdfReader(io.BytesIO(files["out.pdf"])).trailer["/Root"]
    assert "/OpenAction" not in root
    assert "/AA" not in root
    assert "/JavaScript" not in root["/Names"]


@pytest.mark.browser
def test_markdown_shows_it_as_characters(files):
    text = files["out.md"].partition("<!-- geodash-manifest")[0]
    assert not re.search(r"(?<!\\)<(?!https?:)", re.sub(r"\]\(<[^>]*>\)", "", text))
    assert not re.search(r"(?<!\\)\[x\]\(", text)


@pytest.mark.browser
def test_names_of_files_are_plain(files):
    assert all(re.fullmatch(r"out[a-z-]*\.[a-z]+", name) for name in files)
