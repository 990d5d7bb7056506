"""What a reader takes from a chart: pictures, rows, citations and embed code."""

import base64
import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from geodash.app.model import DashboardModel
from geodash.app.page import Dashboard
from geodash.filters import Filters
from geodash.frozen import read_manifest
from hostile import hostile_tables
from serving import ROOT, card, visit, voila
from tiny import tiny, write_case

#: The start of a PNG: signature and header, after which words are put in.
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 25 + b"the rest"
SVG = b'<svg class="main-svg"><text>drawn</text></svg>'


@pytest.fixture
def board(tmp_path):
    return Dashboard(DashboardModel(tiny(tmp_path)))


def ask(card, buffers=(), **message):
    """Let the page ask something of a card, and give the answer: content and bytes."""
    answers = []
    card.send = lambda content, buffers=None: answers.append((content, buffers))
    card._handle_custom_msg({"ask": 7, **message}, list(buffers))
    ((content, files),) = answers
    assert content["ask"] == 7
    return content, b"".join(files)


def drawn(card, kind, picture):
    """Let the page have a picture made, drawn as it pleases."""
    ask(card, type="picture", kind=kind)
    return ask(card, [memoryview(picture)], type="drawn", kind=kind)


def test_the_page_gets_a_figure_for_paper_to_draw(board):
    content, _ = ask(board.cards["stances"], type="picture", kind="png")
    figure = json.loads(content["figure"])
    assert (content["format"], content["width"], content["scale"]) == ("png", 1200, 2)
    assert content["height"] == figure["layout"]["height"]
    said = " ".join(each["text"] for each in figure["layout"]["annotations"])
    assert "<b>Who stands where?</b>" in said
    assert "Sources: The Paper" in re.sub(r"\s+", " ", said.replace("<br>", " "))


def test_a_picture_on_a_phone_is_as_wide_as_any(board):
    board.model.narrow = True
    content, _ = ask(board.cards["stances"], type="picture", kind="svg")
    assert (content["width"], content["scale"]) == (1200, 1)


@pytest.mark.parametrize(("kind", "picture"), [("png", PNG), ("svg", SVG)], ids=["png", "svg"])
def test_a_picture_carries_what_was_shown_when_it_was_asked_for(board, tmp_path, kind, picture):
    board.model.filter(Filters(countries=("BBB",)))
    card = board.cards["stances"]
    ask(card, type="picture", kind=kind)
    board.model.reset()
    content, file = ask(card, [memoryview(picture)], type="drawn", kind=kind)
    assert (content["type"], content["name"]) == ("file", f"tiny-stances.{kind}")
    (tmp_path / content["name"]).write_bytes(file)
    assert read_manifest(tmp_path / content["name"]).query == "country=BBB"
    assert "Who stands where?" in file.decode("utf-8", errors="replace")


def test_a_picture_follows_what_is_set_on_its_chart(board, tmp_path):
    card = board.cards["route"]
    card.settings = card.settings | {"issue": "peace"}
    _, file = drawn(card, "svg", SVG)
    (tmp_path / "a.svg").write_bytes(file)
    assert read_manifest(tmp_path / "a.svg").charts["route"]["issue"] == "peace"


@pytest.mark.parametrize(
    ("kind", "picture"), [("png", SVG), ("svg", PNG), ("embed", b"<script>"), ("png", b"")]
)
def test_what_is_no_picture_is_refused_in_a_sentence(board, kind, picture):
    content, _ = drawn(board.cards["stances"], kind, picture)
    assert (content["type"], content["text"]) == (
        "failed",
        "The picture did not arrive whole; please try again.",
    )


def test_a_picture_that_nobody_asked_for_is_refused(board):
    card = board.cards["stances"]
    assert ask(card, [PNG], type="drawn", kind="png")[0]["type"] == "failed"
    assert ask(card, type="drawn", kind="png")[0]["type"] == "failed"


@pytest.mark.parametrize("kind", ["gif", None, ["png"]])
def test_a_kind_that_there_is_not_is_refused(board, kind):
    content, _ = ask(board.cards["stances"], type="picture", kind=kind)
    assert content["text"].startswith("a picture must be one of png, svg, embed")


def test_what_fails_is_said_in_a_sentence_and_logged(board, monkeypatch, caplog):
    monkeypatch.setattr("geodash.briefing.pictures.framed", lambda content, section: {}["no"])
    content, _ = ask(board.cards["stances"], type="picture", kind="png")
    assert content["text"] == "That failed. The server’s log says why."
    assert "KeyError" in caplog.text


def test_a_chart_gives_its_own_rows(board):
    content, file = ask(board.cards["figures"], type="csv")
    assert content["name"] == "tiny-figures.csv"
    rows = [line.split(",")[0] for line in file.decode("utf-8-sig").splitlines()]
    assert rows == ["Row", *(f"figures/f{at}" for at in range(1, 5)), "citation"]


def test_a_short_citation_names_chart_case_and_day(board):
    _, text = ask(board.cards["stances"], type="citation", length="short")
    assert re.fullmatch(
        r"“Who stands where\?”, Two leaders meet, geodash, \d+ \w+ \d{4}\.", text.decode()
    )


def test_a_long_citation_says_what_was_shown_and_names_the_sources(board):
    board.model.filter(Filters(countries=("BBB",), issues=("peace",)))
    text = ask(board.cards["stances"], type="citation", length="long")[1].decode()
    assert "1 of 5 positions: Bland, on “Peace plan”. As of " in text
    assert re.search(r"geodash [\d.]+, case tiny 1\.0\.0, data [0-9a-f]{12}\. Sources: ", text)
    assert text.endswith("The Paper, “Two leaders meet”, 22 March 2023, https://example.org/meet.")


def test_a_chart_without_rows_is_cited_without_sources(board):
    board.model.filter(Filters(words="nowhere"))
    text = ask(board.cards["stances"], type="citation", length="long")[1].decode()
    assert "Sources" not in text


def test_the_embed_code_is_a_figure_that_holds_the_drawing(board):
    content, code = drawn(board.cards["stances"], "embed", SVG)
    assert content["name"] == "tiny-stances.html"
    assert code.decode().lstrip().startswith("<figure")
    assert b"data:image/svg+xml;base64," + base64.b64encode(SVG) in code


def test_only_charts_have_a_menu(board):
    assert [name for name, card in board.cards.items() if not card.menu] == ["evidence"]


def test_the_page_starts_without_the_libraries_of_briefings():
    script = "import sys; from geodash.app import dashboard; dashboard(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    late = {"geodash.briefing", "kaleido", "openpyxl", "pptx", "docx"}
    assert not late & set(done.stdout.split())


# In the browser: what the menu of a chart does.


def choose(view, name):
    view.locator(".gd-menu > summary").click()
    view.get_by_role("button", name=name, exact=True).click()


def saved(page, view, name):
    with page.expect_download() as download:
        choose(view, name)
        # What went wrong would stand there too.
        expect(view.locator(".gd-take .gd-copied")).to_contain_text("Saved as")
    return download.value


@pytest.fixture
def page(offline_page, voila_server):
    offline_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return visit(offline_page, voila_server.url)


@pytest.mark.browser
def test_pictures_are_saved_from_a_dark_page_with_light_colours(offline_page, voila_server):
    offline_page.emulate_media(color_scheme="dark")
    page = visit(offline_page, voila_server.url)
    page.get_by_label("Gas in", exact=True).select_option("TWh")
    page.wait_for_function("location.search === '?unit=TWh'")
    view = card(page, "What could Power of Siberia 2 replace?")
    png = saved(page, view, "Picture (PNG)")
    assert png.suggested_filename == "xi-putin-moscow-2023-scenario.png"
    png.save_as(png.path().with_suffix(".png"))
    assert read_manifest(png.path().with_suffix(".png")).query == "unit=TWh"
    assert int.from_bytes(png.path().read_bytes()[16:20]) == 2400
    svg = saved(page, view, "Picture (SVG)").path()
    root = ElementTree.parse(svg).getroot()
    said = re.sub(r"\s+", " ", " ".join(root.itertext()))
    assert said.count("What could Power of Siberia 2 replace?") == 2
    assert "Sources: Al Jazeera" in said
    assert "TWh" in said
    svg.with_suffix(".svg").write_bytes(svg.read_bytes())
    assert "scenario" in read_manifest(svg.with_suffix(".svg")).charts
    # The ink of a light page, not that of a dark one.
    assert "rgb(27, 31, 36)" in svg.read_text()
    view.get_by_text("Saved as xi-putin-moscow-2023-scenario.svg").wait_for()


@pytest.mark.browser
def test_picture_citation_and_embed_code_are_copied(page):
    view = card(page, "Who stands where?")
    choose(view, "Copy as picture")
    view.get_by_text("Picture copied").wait_for()
    types = "navigator.clipboard.read().then((items) => items.flatMap((item) => item.types))"
    assert page.evaluate(types) == ["image/png"]
    choose(view, "Copy citation, long")
    view.get_by_text("Citation copied").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("“Who stands where?” Xi meets Putin, Moscow, 21 March 2023.")
    assert "Sources: Al Jazeera" in text
    choose(view, "Copy embed code")
    view.get_by_text("Embed code copied").wait_for()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code.startswith("<figure")
    assert "data:image/svg+xml;base64," in code


@pytest.mark.browser
def test_without_a_clipboard_a_picture_is_saved_and_text_is_shown(offline_page, voila_server):
    # As where a page is not served securely.
    offline_page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    page = visit(offline_page, voila_server.url)
    view = card(page, "Who stands where?")
    assert saved(page, view, "Copy as picture").suggested_filename.endswith("-stances.png")
    view.get_by_text("for this page has no clipboard").wait_for()
    shown = []
    page.on("dialog", lambda dialog: (shown.append(dialog.default_value), dialog.dismiss()))
    choose(view, "Copy citation, short")
    page.wait_for_function("!document.querySelector('.gd-take .gd-copied').textContent")
    assert shown[0].startswith("“Who stands where?”, Xi meets Putin")


@pytest.mark.browser
def test_the_menu_works_by_keyboard_and_closes(page):
    view = card(page, "Who stands where?")
    summary, first = view.locator(".gd-menu > summary"), view.get_by_text("Copy as picture")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert first.evaluate("node => node === document.activeElement")
    page.keyboard.press("Escape")
    first.wait_for(state="hidden")
    assert summary.evaluate("node => node === document.activeElement")
    summary.click()
    view.get_by_role("heading").click()
    first.wait_for(state="hidden")


@pytest.mark.browser
def test_the_menu_fits_a_phone(offline_page, voila_server):
    offline_page.set_viewport_size({"width": 390, "height": 844})
    page = visit(offline_page, voila_server.url)
    view = card(page, "Who stands where?")
    view.locator(".gd-menu > summary").click()
    for node in (view.locator(".gd-menu > summary"), *view.locator(".gd-menu-list button").all()):
        box = node.bounding_box()
        assert box["height"] >= 44
        assert 0 <= box["x"] <= 390 - box["width"]


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory):
    """The tiny case with markup and script in every text that is free."""
    folder = write_case(tmp_path_factory.mktemp("hostile"), **hostile_tables())
    log = tmp_path_factory.mktemp("log") / "voila"
    with voila(ROOT / "dashboard.ipynb", log, case=str(folder)) as server:
        yield server


@pytest.mark.browser
def test_markup_in_the_tables_is_text_in_a_picture(offline_page, hostile_server):
    page = visit(offline_page, hostile_server.url)
    for heading in ("Who stands where?", "How big are the pipelines?"):
        svg = saved(page, card(page, heading), "Picture (SVG)").path()
        nodes = list(ElementTree.parse(svg).iter())
        assert not {node.tag.rpartition("}")[2] for node in nodes} & {"script", "img", "b"}
        assert any("<b>x</b>" in (node.text or "") for node in nodes)
    assert not page.evaluate("window.hacked")
