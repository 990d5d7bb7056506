"""Briefings: content as data, then each format."""

import csv
import io
import json
import re
import struct
from datetime import date
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

import geodash
from geodash import Briefing
from geodash.briefing import FORMATS
from geodash.briefing.files import write_all
from geodash.briefing.tables.package import to_tables
from geodash.briefing.web.html import to_html
from geodash.briefing.web.markdown import to_markdown
from geodash.charts import CHARTS
from geodash.filters import Filters
from geodash.frozen import read_manifest
from geodash.sources import refs_in
from hostile import HOSTILE, hostile_tables
from tiny import tiny

DAY = date(2026, 11, 24)


@pytest.fixture
def case(tmp_path):
    return tiny(tmp_path / "case")


@pytest.fixture
def briefing(case):
    filters = Filters(countries=("BBB",))
    return Briefing(case, filters, title="Briefly", author="Ann", as_of=DAY).add(
        "stances", note="Birch against the plan."
    )


def test_a_briefing_holds_its_charts_with_words_rows_and_exactly_their_sources(briefing):
    content = briefing.content
    assert (content.title, content.author, content.as_of) == ("Briefly", "Ann", "24 November 2026")
    assert content.shown == "2 of 5 positions: Bland."
    (section,) = content.sections
    assert section.heading == "Who stands where?"
    assert section.remark == "Birch against the plan."
    assert list(section.table.index) == ["positions/p2", "positions/p3"]
    assert list(content.rows.index) == ["positions/p2", "positions/p3"]
    assert [source.citation for source in content.sources] == [
        "The Paper, “Two leaders meet”, 22 March 2023"
    ]
    assert section.sources == (1,)
    assert set(content.manifest.rows) == {"positions/p2", "positions/p3"}
    assert content.manifest.query == "country=BBB"


def test_sources_are_numbered_once_for_all_charts(case):
    content = Briefing(case, as_of=DAY).add("figures", "stances").content
    assert [source.number for source in content.sources] == [1, 2]
    assert {number for section in content.sections for number in section.sources} == {1, 2}


def test_settings_and_unit_reach_the_charts(case):
    content = (
        Briefing(case, as_of=DAY, unit="TWh").add("figures").add("route", issue="peace").content
    )
    figures, route = content.sections
    assert "500 TWh/yr" in figures.reading
    assert content.manifest.query == "unit=TWh"
    assert content.manifest.charts["route"]["issue"] == "peace"
    assert any(trace.fillcolor == "#a79dd0" for trace in route.figure.data) or route.figure.data


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda briefing: briefing.add("pie"), "a chart must be one of stances, .*; found “pie”"),
        (lambda briefing: briefing.add("stances"), "“stances” is in the briefing already"),
        (
            lambda briefing: briefing.add("route", zoom="1"),
            "no setting “zoom”; it has view, on, issue",
        ),
        (
            lambda briefing: briefing.write("x", formats=["pie"]),
            "a format must be one of html, .*; found “pie”",
        ),
        (lambda briefing: Briefing(briefing.case, unit="barrel"), "a unit of gas must be one of"),
    ],
)
def test_what_is_not_there_is_refused(briefing, wrong, told):
    with pytest.raises(ValueError, match=told):
        wrong(briefing)


@pytest.mark.browser
@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_input_gives_the_same_bytes(tmp_path, format_):
    found = []
    for name in ("a", "b"):
        briefing = Briefing(tiny(tmp_path / name), as_of=DAY).add("stances", "figures")
        files = briefing.write(tmp_path / f"out-{name}", formats=[format_])
        found.append([file.read_bytes() for file in files])
    assert found[0] == found[1]


def test_nothing_is_overwritten_and_no_half_is_left(tmp_path, briefing):
    folder = tmp_path / "out"
    written = briefing.write(folder, formats=["md"])
    before = written[0].read_bytes()
    with pytest.raises(FileExistsError, match="is there already"):
        briefing.add("figures").write(folder, formats=["csv", "md"])
    assert sorted(folder.iterdir()) == sorted(written)
    assert written[0].read_bytes() == before
    briefing.write(folder, formats=["md"], force=True)
    assert written[0].read_bytes() != before


@pytest.mark.browser
@pytest.mark.parametrize("key", ["html", "pptx", "docx", "pdf", "xlsx", "markdown"])
def test_a_format_has_a_method_of_its_own(briefing, tmp_path, key):
    ending = {"markdown": "md"}.get(key, key)
    write = getattr(briefing, f"to_{key}")
    file = write(tmp_path / "new" / f"mine.{ending}")
    assert file == tmp_path / "new" / f"mine.{ending}"
    assert read_manifest(file) == briefing.content.manifest
    with pytest.raises(FileExistsError, match="is there already"):
        write(file)
    assert write(file, force=True) == file
    with pytest.raises(ValueError, match=rf"must end with \.{ending}; found “mine.txt”"):
        write(tmp_path / "mine.txt")


@pytest.mark.parametrize("name", ["../out.md", "a/b.md", "", "..", "/etc/out.md"])
def test_names_cannot_leave_the_folder(tmp_path, name):
    with pytest.raises(ValueError, match="a file must have a plain name"):
        write_all(tmp_path / "out", {name: "x"})
    assert not list(tmp_path.iterdir())


def test_markdown_has_footnotes_tables_and_no_markup_from_the_tables(tmp_path):
    case = tiny(tmp_path, **hostile_tables())
    text = to_markdown(
        Briefing(case, title=f"a | b {HOSTILE}", as_of=DAY).add("stances").content,
        "out",
        pictures="",
    )
    assert "## Who stands where?" in text
    assert re.search(r"\[\^1\]$", text, re.MULTILINE)
    assert re.search(r"^\[\^1\]: .*<https://example.org/meet>$", text, re.MULTILINE)
    assert not re.search(r"(?<!\\)<(img|b|/b)", text)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    columns = {len(re.findall(r"(?<!\\)\|", line)) for line in rows}
    assert len(columns) == 1


def test_the_tables_hold_rows_and_sources_without_formulas(tmp_path):
    tables = hostile_tables()
    tables["positions"] = tables["positions"].replace("The paper finds", "=1+1 finds")
    content = Briefing(tiny(tmp_path, **tables), as_of=DAY).add("timeline").content
    files = to_tables(content, "out")
    assert list(files) == ["out-rows.csv", "out-sources.csv", "out-datapackage.json"]
    rows = list(csv.DictReader(io.StringIO(files["out-rows.csv"])))
    assert {row["Row"] for row in rows} == {*content.rows.index, "citation"}
    assert not any(
        str(cell).startswith(("=", "+", "-", "@")) for row in rows for cell in row.values()
    )
    package = json.loads(files["out-datapackage.json"])
    assert [resource["path"] for resource in package["resources"]] == list(files)[:2]
    assert package["geodash"]["rows"] == dict(content.manifest.rows)


def test_the_workbook_holds_rows_charts_and_sources_as_text(tmp_path):
    tables = hostile_tables()
    tables["positions"] = tables["positions"].replace("The paper finds", "=1+1 finds")
    briefing = Briefing(tiny(tmp_path / "case", **tables), as_of=DAY).add("timeline", "stances")
    (file,) = briefing.write(tmp_path / "out", formats=["xlsx"])
    book = load_workbook(file)
    assert book.sheetnames == ["About", "Rows", "timeline", "stances", "Sources"]
    refs = [row[0].value for row in book["Rows"].iter_rows(min_row=2)]
    assert refs == list(briefing.content.rows.index)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any(str(cell.value).startswith("=1+1 finds") for cell in cells)
    assert [row[1].value for row in book["Sources"].iter_rows(min_row=2)] == [
        source.citation for source in briefing.content.sources
    ]
    assert read_manifest(file) == briefing.content.manifest


@pytest.mark.browser
def test_pictures_are_vectors_or_pixels_with_words_sources_and_manifest(tmp_path):
    case = tiny(tmp_path / "case", **hostile_tables())
    briefing = Briefing(case, as_of=DAY).add("route", "figures")
    files = {file.name: file for file in briefing.write(tmp_path, formats=["md", "png", "svg"])}
    assert sorted(files) == [
        *("briefing-figures.png", "briefing-figures.svg", "briefing-route.png"),
        *("briefing-route.svg", "briefing.md"),
    ]
    for name in ("route", "figures"):
        drawing = ElementTree.parse(files[f"briefing-{name}.svg"]).getroot()
        kinds = {element.tag.rpartition("}")[2] for element in drawing.iter() if str(element.tag)}
        assert "path" in kinds
        assert not kinds & {"image", "script", "foreignObject"}
        told = drawing.find("{*}desc").text
        assert "Sources: " in told
        assert "tiny 1.0.0" in told
        pixels = files[f"briefing-{name}.png"].read_bytes()
        assert struct.unpack(">I", pixels[16:20]) == (2400,)
        for kind in ("svg", "png"):
            made_of = read_manifest(files[f"briefing-{name}.{kind}"])
            assert list(made_of.charts) == [name]
            (section,) = [one for one in briefing.content.sections if one.name == name]
            assert set(made_of.rows) == set(refs_in(section.table.index))
    # What must not be lost when a picture is cut out stands in it, the borders below each map.
    texts = ElementTree.parse(files["briefing-route.svg"]).getroot().findall(".//{*}text")
    drawn = "".join("".join(text.itertext()) for text in texts)
    for words in (
        "Where would the pipeline run?",
        "Sources: The",
        "As of 24 November 2026",
        "68/262",
    ):
        assert words in drawn
    # Markdown shows them.
    assert "](<briefing-route.svg>)" in files["briefing.md"].read_text("utf-8")


@pytest.mark.parametrize("format_", ["svg", "png", "pdf"])
def test_without_a_browser_pictures_say_what_to_install_and_nothing_is_written(
    briefing, tmp_path, no_browser, format_
):
    with pytest.raises(OSError, match=r"need Chrome or Chromium.*apt install chromium"):
        briefing.write(tmp_path / "out", formats=["md", format_])
    assert not (tmp_path / "out").exists()


def test_without_a_browser_text_and_tables_do_without_pictures(briefing, tmp_path, no_browser):
    formats = ["html", "md", "csv", "xlsx"]
    written = briefing.write(tmp_path / "out", formats=formats)
    assert [file.name for file in written] == [
        *("briefing.html", "briefing.md", "briefing-rows.csv", "briefing-sources.csv"),
        *("briefing-datapackage.json", "briefing.xlsx"),
    ]
    assert "its data stand in the table below" in written[0].read_text("utf-8")
    assert "![" not in written[1].read_text("utf-8")


@pytest.mark.browser
def test_progress_names_each_format_and_chart(briefing):
    told = []
    briefing.add("figures").files(["png", "csv"], progress=lambda *step: told.append(step))
    assert told == [
        ("Pictures (PNG): writing", 0, 4),
        ("Pictures (PNG): Who stands where?", 0, 4),
        ("Pictures (PNG): How big are the pipelines?", 1, 4),
        ("Tables (CSV): writing", 2, 4),
    ]


@pytest.mark.browser
def test_markdown_brings_pictures_of_its_own(briefing, tmp_path):
    text, picture = briefing.write(tmp_path, formats=["md"])
    assert picture.name == "briefing-stances.png"
    assert "](<briefing-stances.png>)" in text.read_text("utf-8")


@pytest.mark.browser
def test_the_pdf_is_a4_tagged_with_its_fonts_its_manifest_and_the_charts_in_words(tmp_path):
    briefing = Briefing(geodash.load(), title="Pipes & prices", author="Ann", as_of=DAY)
    (file,) = briefing.add("prices", "trade").write(tmp_path, formats=["pdf"])
    assert read_manifest(file) == briefing.content.manifest
    printed = PdfReader(file)
    root = printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert printed.metadata.title == "Pipes & prices"
    assert printed.metadata.author == "Ann"
    assert {round(float(side)) for side in printed.pages[0].mediabox[2:]} == {595, 842}
    told = [node["/Alt"] for node in tags(root["/StructTreeRoot"]) if "/Alt" in node]
    assert [words.partition("?")[0] for words in told] == [
        "At what price",
        "How did oil and trade grow",
    ]
    kinds = [node.get("/S") for node in tags(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 3
    for page in printed.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in described
    # Three sections, each on a page of its own; nothing of them is cut off.
    words = [page.extract_text() for page in printed.pages]
    assert len(words) == 3
    for source in briefing.content.sources:
        assert source.citation.split("”")[0][-20:] in " ".join(words).replace("\n", " ")


@pytest.mark.browser
def test_on_paper_a_high_chart_stands_in_its_parts_a_page_each(tmp_path):
    briefing = Briefing(geodash.load(), as_of=DAY).add("timeline")
    (section,) = briefing.content.sections
    assert len(section.sheets) == 2
    file = briefing.to_pdf(tmp_path / "briefing.pdf")
    first, second, *_ = (page.extract_text() for page in PdfReader(file).pages)
    assert "What happened when?" in first
    assert "The whole period" in first
    assert "The busiest week: 17–22 March 2023" in second
    assert "Sources:" in second


def test_a_chart_that_is_set_to_a_part_is_that_part_on_paper(case):
    chosen = Briefing(case).add("timeline", show="week").add("stances").content
    assert [len(section.sheets) for section in chosen.sections] == [1, 1]


def test_tables_draw_no_chart(briefing, monkeypatch):
    monkeypatch.setattr("geodash.charts.chart.Chart.draw", lambda *args, **settings: {}["drawn"])
    assert briefing.files(["xlsx", "csv"])


def tags(node):
    """Give the elements of a PDF's structure."""
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from tags(part)
    elif hasattr(node, "get"):
        yield node
        if "/K" in node:
            yield from tags(node["/K"])


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_html_is_one_file_that_draws_alone_under_its_own_policy(chromium, tmp_path, width):
    briefing = Briefing(geodash.load(), title="All of it", as_of=DAY)
    (file,) = briefing.add(*briefing.offered).write(tmp_path)
    assert file.stat().st_size < 2_500_000
    context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_function(f"document.querySelectorAll('.chart .main-svg').length >= {len(CHARTS)}")
    assert asked == [file.as_uri()]
    assert not said
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    # Sources are linked both ways.
    first = page.locator("#stances a.source").first
    assert first.get_attribute("href") == "#source-1"
    assert page.locator("#source-1 a.back").first.get_attribute("href") == "#stances-1"
    # A point tells what is behind it.
    page.locator("#scenario .chart path.point, #pivot .chart path.point").first.hover(force=True)
    page.locator(".hoverlayer text").first.wait_for()
    context.close()


@pytest.mark.browser
def test_html_shows_markup_from_the_tables_as_characters(chromium, tmp_path):
    case = tiny(tmp_path / "case", **hostile_tables())
    briefing = Briefing(case, title=HOSTILE, author=HOSTILE, as_of=DAY)
    (file,) = briefing.add(*briefing.offered, note=HOSTILE).write(tmp_path / "out")
    page = chromium.new_context(offline=True).new_page()
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelectorAll('.chart .main-svg').length >= 4")
    assert page.locator("img, body b").count() == 0
    assert HOSTILE in page.locator("h1").inner_text()
    assert not page.evaluate("window.hacked")
    page.context.close()


@pytest.mark.browser
def test_html_is_readable_without_javascript(chromium, tmp_path):
    (file,) = Briefing(geodash.load(), as_of=DAY).add("prices").write(tmp_path, formats=["html"])
    page = chromium.new_context(offline=True, java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    picture = page.locator("#prices .chart img")
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 840
    assert picture.bounding_box()["width"] > 800
    page.locator("summary").click()
    assert page.get_by_role("cell", name="277.1 USD/1000 m³").is_visible()
    page.context.close()


def test_the_policy_of_the_page_names_its_scripts_by_their_hashes(briefing):
    text = to_html(briefing.content, {})
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert "default-src &#39;none&#39;" in policy
    assert policy.count("sha256-") == 2
    assert "unsafe-eval" not in policy
