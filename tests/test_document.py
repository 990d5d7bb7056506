"""Briefings in Word: what a reader, a house template and a screen reader find in the file."""

import io
import struct
import zipfile
import zlib
from datetime import date
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from geodash.briefing import Briefing
from geodash.briefing.word.document import ROWS, to_document
from geodash.frozen import read_manifest
from hostile import HOSTILE, hostile_tables
from tiny import TABLES, tiny

DAY = date(2026, 11, 24)


def png(width, height):
    """Make a white picture of that size."""

    def chunk(kind, body):
        found = kind + body
        return struct.pack(">I", len(body)) + found + struct.pack(">I", zlib.crc32(found))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * ((width + 7) // 8)) * height)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def written(content, *sizes):
    """Write a document with pictures of these sizes, and open it."""
    pictures = [png(*size) for size in sizes or [(840, 400)]]
    made = to_document(content, {section.name: pictures for section in content.sections})
    return docx.Document(io.BytesIO(made)), made


@pytest.fixture
def content(tmp_path):
    briefing = Briefing(tiny(tmp_path / "case"), title="Briefly", author="Ann", as_of=DAY)
    return briefing.add("stances", note="Birch is against.").add("figures").content


def told(document, style):
    """Give the words of all paragraphs of a style, those of fields and links with them."""
    found = [one._p.iter(qn("w:t")) for one in document.paragraphs if one.style.name == style]
    return ["".join(part.text for part in parts) for parts in found]


def millimetres(*lengths):
    return [round(length / Mm(1)) for length in lengths]


def test_every_part_has_a_style_that_a_house_template_can_take_over(content):
    document, _ = written(content)
    assert told(document, "Title") == ["Briefly"]
    assert told(document, "Subtitle") == ["Ann, as of 24 November 2026"]
    assert told(document, "Heading 1") == [
        *("Who stands where?", "How big are the pipelines?", "Sources"),
    ]
    assert told(document, "Quote") == ["Birch is against."]
    assert told(document, "Caption")[:2] == [
        "Figure 1. Who stands where?",
        f"Figure 2. How big are the pipelines? {content.sections[1].note}".strip(),
    ]
    # Nothing but the head of a table has looks of its own.
    plain = [run for one in document.paragraphs for run in one.runs]
    assert not [run.text for run in plain if run.font.size or run.font.name or run.bold]


def test_figures_are_counted_by_fields_and_told_in_words(content):
    document, _ = written(content)
    body = document.element.body
    fields = [field.get(qn("w:instr")) for field in body.iter(qn("w:fldSimple"))]
    assert fields.count("SEQ Figure \\* ARABIC") == 2
    assert fields.count("SEQ Table \\* ARABIC") == 2
    descriptions = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert descriptions == [f"{one.heading} {one.reading}" for one in content.sections]


def test_a_high_picture_fits_the_page_and_parts_stand_one_below_the_other(content):
    document, _ = written(content, (840, 400), (840, 2000))
    wide, high, *_ = document.inline_shapes
    assert (wide.width, round(wide.height / Mm(1))) == (Mm(178), 85)
    assert high.height == Mm(175)
    assert high.width / high.height == pytest.approx(0.42, abs=0.01)
    assert len(document.inline_shapes) == 4


def test_sources_are_numbered_linked_from_each_figure_and_to_their_addresses(content):
    document, _ = written(content)
    assert told(document, "List Number") == [source.citation for source in content.sources]
    body = document.element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert names == {f"source{source.number}" for source in content.sources}
    links = list(body.iter(qn("w:hyperlink")))
    inside = [link.get(qn("w:anchor")) for link in links if link.get(qn("w:anchor"))]
    wanted = [f"source{number}" for one in content.sections for number in one.sources]
    assert inside == wanted
    outside = [document.part.rels[link.get(qn("r:id"))].target_ref for link in links[len(inside) :]]
    assert outside == [source.url for source in content.sources if source.url]


def test_rows_stand_in_tables_whose_head_comes_again_on_each_page(content):
    document, _ = written(content)
    upright, lying = document.sections
    assert millimetres(upright.page_width, upright.page_height) == [210, 297]
    assert millimetres(lying.page_width, lying.page_height) == [297, 210]
    for table, section in zip(document.tables, content.sections, strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        kept = [name for name in section.table.columns if any(map(str, section.table[name]))]
        assert rows[0] == kept
        assert rows[1:] == section.table[kept].astype("str").to_numpy().tolist()
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(column.width for column in table.columns) < Mm(297 - 31)


def test_a_long_table_says_what_it_leaves_out(tmp_path):
    head, *rows = TABLES["positions"].strip().splitlines()
    more = [rows[0].replace("p1", f"q{at}") for at in range(ROWS)]
    positions = "\n".join([head, *rows, *more]) + "\n"
    content = Briefing(tiny(tmp_path, positions=positions), as_of=DAY).add("stances").content
    document, _ = written(content)
    assert len(document.tables[0].rows) == 1 + ROWS
    (caption,) = [words for words in told(document, "Caption") if words.startswith("Table")]
    count = len(content.sections[0].table)
    assert f"the first {ROWS} of {count}, all of them are in the workbook" in caption


def test_markup_formulas_and_control_characters_stay_text(tmp_path):
    title = f"{HOSTILE} =1+1 \x0b\x00&"
    briefing = Briefing(tiny(tmp_path, **hostile_tables()), title=title, author=title, as_of=DAY)
    content = briefing.add("stances", "timeline", note=title).content
    document, made = written(content)
    assert told(document, "Title") == [f"{HOSTILE} =1+1 &"]
    assert any(HOSTILE in cell.text for row in document.tables[1].rows for cell in row.cells)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))


def test_the_file_says_what_it_was_made_of(content, tmp_path):
    document, made = written(content)
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("Briefly", "Ann", "en")
    (tmp_path / "briefing.docx").write_bytes(made)
    assert read_manifest(tmp_path / "briefing.docx") == content.manifest
    # Saved by another program, it still does.
    document.save(tmp_path / "again.docx")
    assert read_manifest(tmp_path / "again.docx") == content.manifest
