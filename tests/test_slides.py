"""Briefings in PowerPoint: native charts and tables, sources, templates."""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from gas import lost, with_lines
from geodash.briefing import Briefing
from geodash.briefing.slides.deck import NOTHING, needs_picture, to_slides
from geodash.briefing.slides.text import Box, fitting, sentences
from geodash.filters import Filters
from hostile import HOSTILE, hostile_tables
from rectangles import overlaps
from tiny import TABLES, tiny

DAY = date(2026, 11, 24)
#: A slide of 4 to 3.
NARROW = (Inches(10), Inches(7.5))
#: One white pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def case(tmp_path):
    return tiny(tmp_path / "case")


def brief(case, *charts, filters=None, title="Briefly", author="Ann", note=""):
    briefing = Briefing(case, filters, title=title, author=author, as_of=DAY)
    return briefing.add(*(charts or briefing.offered), note=note).content


def written(content, template=None):
    pictures = {one.name: PNG for one in content.sections if needs_picture(one)}
    return to_slides(content, pictures, template)


def deck_of(content, template=None):
    return Presentation(io.BytesIO(written(content, template)))


def named(deck, heading):
    """Give the slides with a heading, or with parts of it."""
    return [slide for slide in deck.slides if slide.shapes.title.text.startswith(heading)]


def texts(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def chart_on(slide):
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    return chart


def box(shape):
    return (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)


def house(path, layouts=range(11), slides=1, size=NARROW):
    """Write a template with some of python-pptx's layouts and slides of its own."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = size
    for _ in range(slides):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Old slide"
    for order, layout in enumerate(list(deck.slide_layouts)):
        if order not in layouts:
            if layout in [slide.slide_layout for slide in deck.slides]:
                continue
            deck.slide_layouts.remove(layout)
    deck.save(path)
    return path


def test_the_headings_are_titles_and_the_first_slide_says_what_is_shown(case):
    deck = deck_of(brief(case, "stances", "route", "figures"))
    assert [slide.shapes.title.text for slide in deck.slides] == [
        *("Briefly", "Who stands where?", "Where would the pipeline run?"),
        *("How big are the pipelines?", "Sources", "How to cite"),
    ]
    subtitle = deck.slides[0].placeholders[1].text_frame.text
    assert subtitle == "Ann, 24 November 2026\nTwo leaders meet\nAll 5 positions."
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    about = deck.core_properties
    assert (about.title, about.author, about.language) == ("Briefly", "Ann", "en")


def test_charts_are_native_and_their_workbook_holds_the_values_of_the_case(case):
    (slide,) = named(deck_of(brief(case, "figures")), "How big")
    chart = chart_on(slide)
    labels = ["The line", "The line, claimed by Ann Aster", "The old line", "The old line in 2022"]
    values = {
        "Working": (None, None, 38, None),
        "Planned": (50, None, None, None),
        "Claimed": (None, 55, None, None),
        "Delivered in one year": (None, None, None, 15.5),
    }
    assert list(chart.plots[0].categories) == labels
    assert {one.name: one.values for one in chart.plots[0].series} == values
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    assert list(sheet.values) == [
        (None, *values),
        *zip(labels, *values.values(), strict=True),
    ]
    assert "(bcm/yr)" in chart.value_axis.axis_title.text_frame.text
    assert chart.font.size >= Pt(11)


def test_series_are_told_apart_without_colour(case):
    (slide,) = named(deck_of(brief(case, "figures")), "How big")
    fills = [one.format.fill for one in chart_on(slide).plots[0].series]
    looks = [(fill.type, fill.pattern if fill.type == 2 else None) for fill in fills[:3]]
    assert len(set(looks)) == 3


def test_the_first_bar_stands_on_top_and_the_values_at_the_foot(case):
    (slide,) = named(deck_of(brief(case, "figures")), "How big")
    chart = chart_on(slide)
    assert chart.category_axis.reverse_order
    assert chart.value_axis._element.xpath("c:crosses/@val") == ["max"]


def test_estimates_are_hollow_and_the_line_to_them_dashed(tmp_path):
    rows = (lost("e1", 2021, 170), lost("e2", 2022, 60, "estimate"), lost("e3", 2022, 61))
    case = with_lines(tmp_path, *rows)
    (slide,) = named(deck_of(brief(case, "pivot")), "Did the pivot")
    main, other = chart_on(slide).plots[0].series
    point = main._element.xpath("c:dPt[c:idx/@val=1]")[0]
    assert point.xpath("c:spPr/a:ln/a:prstDash/@val") == ["dash"]
    assert point.xpath("c:marker/c:spPr/a:solidFill/a:schemeClr/@val") == ["bg1"]
    assert not main._element.xpath("c:dPt[c:idx/@val=0]")
    # Another value of the same scope is a mark that the legend leaves out.
    assert other.values == (None, 61)
    assert chart_on(slide)._chartSpace.xpath(".//c:legendEntry/c:idx/@val") == ["1"]


def test_the_matrix_is_a_table_of_words(case):
    (slide,) = named(deck_of(brief(case, "stances")), "Who stands")
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Holder", "Peace plan", "The pipeline"],
        ["Aland", "–", "▲▲ +2"],
        ["Aster (Aland)", "▲ +1", "–"],
        ["Bland", "–", "▲▲ +2"],
        ["Birch (Bland)", "▼▼ −2", "–"],
    ]
    assert str(table.cell(4, 1).fill.fore_color.rgb) == "B35806"


def test_a_long_table_goes_on_on_further_slides_and_loses_nothing(tmp_path):
    events = "".join(
        f"e{day},Event number {day},2023-05-{day:02},day,,consult,line,Words.,Atown,37,55,paper,1\n"
        for day in range(1, 29)
    )
    case = tiny(tmp_path, events=TABLES["events"] + events)
    slides = named(deck_of(brief(case, "timeline")), "What happened when?")
    assert len(slides) > 1
    assert slides[0].shapes.title.text == f"What happened when? (1 of {len(slides)})"
    told = [text for slide in slides for text in texts_of_tables(slide)]
    assert [text for text in told if text.startswith("Event number")] == [
        f"Event number {day}" for day in range(1, 29)
    ]


def texts_of_tables(slide):
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def test_pictures_charts_and_tables_have_alternative_text(case):
    deck = deck_of(brief(case))
    kinds = set()
    for slide in deck.slides:
        for shape in slide.shapes:
            if not shape.has_text_frame:
                told = shape.element.xpath(".//p:cNvPr/@descr")
                assert told, shape.name
                assert slide.shapes.title.text.partition(" (")[0] in told[0]
                kinds.add((shape.has_chart, shape.has_table))
    assert kinds == {(True, False), (False, True), (False, False)}


def test_notes_hold_the_reading_and_the_rows_with_their_sources(case):
    content = brief(case, "stances", filters=Filters(countries=("BBB",)), note="Birch says no.")
    (slide,) = named(deck_of(content), "Who stands")
    notes = slide.notes_slide.notes_text_frame.text
    assert notes.startswith("Birch says no.\n")
    assert content.sections[0].reading in notes
    assert "2 rows of evidence:" in notes
    (row,) = [line for line in notes.split("\n") if line.startswith("positions/p3")]
    assert "Quotation: “drop the plan”" in row
    assert "Source: The Paper, “Two leaders meet”, 22 March 2023" in row
    assert "Link: https://example.org/meet" in row


def test_many_rows_are_counted_in_the_notes(tmp_path):
    more = "".join(
        f"q{at},x,2023-03-21,day,bob,bob,,,peace,1,Words {at}.,,direct_quote,paper,paper,3\n"
        for at in range(70)
    )
    content = brief(tiny(tmp_path, positions=TABLES["positions"] + more), "stances")
    notes = named(deck_of(content), "Who stands")[0].notes_slide.notes_text_frame.text
    assert len([line for line in notes.split("\n") if line.startswith("positions/")]) == 60
    assert notes.endswith("And 14 more rows in the workbook (XLSX).")


def test_the_sources_are_exactly_those_of_the_content_with_links(case):
    content = brief(case, "figures", "stances")
    (slide,) = named(deck_of(content), "Sources")
    (shape,) = [one for one in slide.shapes if one.name == "Sources"]
    assert [paragraph.text for paragraph in shape.text_frame.paragraphs] == [
        "1. The Paper, “Two leaders meet”, 22 March 2023",
        "2. The Tracker, “Pipelines of the world”, 2024",
    ]
    links = [paragraph.runs[0].hyperlink.address for paragraph in shape.text_frame.paragraphs]
    assert links == ["https://example.org/meet", None]
    (cite,) = named(deck_of(content), "How to cite")
    assert content.citation in [shape.text_frame.text for shape in cite.shapes]


def test_the_map_names_the_rule_of_its_borders(case):
    content = brief(case, "route")
    (slide,) = named(deck_of(content), "Where would")
    (remark,) = [shape.text_frame.text for shape in slide.shapes if shape.name == "Remark"]
    assert remark == content.sections[0].note
    assert "68/262" in remark


@pytest.mark.parametrize("size", [None, NARROW, NARROW[::-1]])
def test_nothing_leaves_a_slide_or_covers_something_else(tmp_path, size):
    template = house(tmp_path / "house.pptx", size=size) if size else None
    deck = deck_of(brief(tiny(tmp_path / "case"), note="A remark. " * 40), template)
    for slide in deck.slides:
        boxes = [box(shape) for shape in slide.shapes]
        # Where the titles stand is the template's.
        ours = [box(shape) for shape in slide.shapes if not shape.is_placeholder]
        for left, top, right, bottom in ours:
            assert 0 <= left < right <= deck.slide_width
            assert 0 <= top < bottom <= deck.slide_height
        assert not overlaps(boxes), slide.shapes.title.text


def test_letters_are_large_enough(case):
    deck = deck_of(brief(case, note="A remark."))
    least = {"Message": 14, "Sources": 9, "Remark": 9, "Key": 10}
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.name in least:
                sizes = [run.font.size.pt for p in shape.text_frame.paragraphs for run in p.runs]
                assert min(sizes) >= least[shape.name]
            if shape.has_table:
                runs = [cell.text_frame.paragraphs[0].runs[0] for cell in shape.table.iter_cells()]
                assert min(run.font.size.pt for run in runs) >= 10
    (heading,) = deck.slide_master.element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
    assert int(heading) >= 2400


def test_a_template_gives_size_and_layouts_and_loses_its_slides(case, tmp_path):
    deck = deck_of(brief(case, "stances"), house(tmp_path / "house.pptx", slides=2))
    assert (deck.slide_width, deck.slide_height) == (Inches(10), Inches(7.5))
    assert "Old slide" not in list(texts(deck))
    assert [slide.slide_layout.name for slide in deck.slides] == [
        *("Title Slide", "Title Only", "Title Only", "Title Only"),
    ]
    # Nothing of the removed slides is left in the file.
    content = written(brief(case, "stances"), tmp_path / "house.pptx")
    parts = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert len([part for part in parts if part.startswith("ppt/slides/slide")]) == 4


def test_a_template_without_the_usual_layouts_serves_with_what_it_has(case, tmp_path):
    # Only “Title and Content” is left.
    template = house(tmp_path / "house.pptx", layouts=[1], slides=0)
    deck = deck_of(brief(case, "stances"), template)
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title and Content"}
    kinds = {one.placeholder_format.type for slide in deck.slides for one in slide.placeholders}
    assert kinds == {KIND.TITLE}
    assert "All 5 positions." in "\n".join(texts(deck))


def test_sections_of_a_template_are_not_left_pointing_at_nothing(case, tmp_path):
    template = house(tmp_path / "house.pptx")
    deck = Presentation(template)
    deck.element.append(
        deck.element.makeelement(
            "{http://schemas.openxmlformats.org/presentationml/2006/main}extLst"
        )
    )
    section = (
        '<p:ext xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" uri="{5}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        '<p14:section name="One" id="{6}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst>'
        "</p14:section></p14:sectionLst></p:ext>"
    )
    deck.element[-1].append(parse_xml(section))
    deck.save(template)
    made = zipfile.ZipFile(io.BytesIO(written(brief(case, "stances"), template)))
    assert b"sectionLst" not in made.read("ppt/presentation.xml")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "which is not there; save it from PowerPoint"),
        (lambda path: path.mkdir(), "which is no file"),
        (lambda path: path.write_text("hello"), "which is another kind of file"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "which is another kind of file"),
        (lambda path: house(path, layouts=[6], slides=0), "layout with a title; found .*“Blank”"),
    ],
)
def test_a_wrong_template_is_refused_in_words(case, tmp_path, make, told):
    path = tmp_path / "house.pptx"
    make(path)
    with pytest.raises(ValueError, match=told):
        written(brief(case, "stances"), path)


def test_hostile_text_stays_text(tmp_path):
    tables = hostile_tables()
    tables["figures"] = tables["figures"].replace("f1,", "f1,=1+1 ", 1)
    case = tiny(tmp_path, **tables)
    content = brief(case, title=f"A\0B\x0bC {HOSTILE}", author="=1+1", note=f"\x01@x\n{HOSTILE}")
    deck = deck_of(content)
    assert deck.slides[0].shapes.title.text == f"ABC {HOSTILE}"
    assert any(HOSTILE in text for text in texts(deck))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    cells = [
        cell
        for chart in charts
        for row in load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        for cell in row
    ]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert any(label.startswith("=1+1") for chart in charts for label in chart.plots[0].categories)


def test_the_same_content_gives_the_same_bytes(case):
    first = written(brief(case))
    assert first == written(brief(case))
    for part in zipfile.ZipFile(io.BytesIO(first)).infolist():
        assert part.date_time == (1980, 1, 1, 0, 0, 0)
    # So is the workbook of a chart.
    book = zipfile.ZipFile(io.BytesIO(first)).read("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx")
    about = zipfile.ZipFile(io.BytesIO(book)).read("docProps/core.xml")
    assert about.count(b"1980-01-01T00:00:00Z") == 2


def test_where_nothing_is_left_a_slide_says_so(tmp_path):
    case = tiny(tmp_path)
    deck = deck_of(brief(case, filters=Filters(words="zzzz")))
    (slide,) = named(deck, "Who stands where?")
    assert NOTHING in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert named(deck, "Who speaks of whom?")


def test_the_message_is_the_remark_then_whole_sentences(case):
    content = brief(case, "stances", note="Birch says no.")
    (slide,) = named(deck_of(content), "Who stands")
    (message,) = [shape.text_frame.text for shape in slide.shapes if shape.name == "Message"]
    assert message.startswith("Birch says no. 4 positions of 4 holders")
    assert message.endswith(".")


def test_words_are_cut_at_sentences_or_failing_that_at_words():
    parts = sentences("One is here. “Two” is 1.5 bcm. Three!")
    assert parts == ["One is here.", "“Two” is 1.5 bcm.", "Three!"]
    room = Box(0, 0, Inches(1.6), Pt(20))
    assert fitting(parts, 12, room) == "One is here."
    assert fitting(["A sentence that is far too long."], 12, room) == "A sentence…"
    assert fitting(["x" * 500], 12, room).endswith("x…")
    assert fitting([], 12, room) == ""
