"""The panel that makes a briefing of what the page shows."""

import io
import re
import tempfile
import zipfile
from datetime import date

import pytest
from playwright.sync_api import expect

from geodash.app.model import DashboardModel
from geodash.app.page import Dashboard
from geodash.app.panel import read_order
from geodash.briefing import FORMATS
from geodash.charts import CHARTS
from geodash.filters import Filters
from geodash.frozen import read_manifest
from serving import DRAWN, PATIENCE
from tiny import tiny

ORDER = {
    "title": "A meeting",
    "author": "Ann",
    "as_of": "2026-11-24",
    "notes": {"stances": "They stand apart."},
    "formats": ["csv"],
}


@pytest.fixture
def board(tmp_path):
    return Dashboard(DashboardModel(tiny(tmp_path / "case")))


def say(board, **message):
    """Let the page say something to the panel, and give all that it hears."""
    heard = []
    board.panel.send = lambda content, buffers=None: heard.append((content, buffers))
    board.panel._handle_custom_msg({"ask": 3, **message}, [])
    assert all(content["ask"] == 3 for content, _ in heard)
    return heard


def make(board, **changes):
    """Order a briefing, and give the answer: content and bytes."""
    content, files = say(board, type="make", **(ORDER | changes))[-1]
    return content, b"".join(files or ())


def test_nothing_of_the_form_comes_with_the_page(board):
    keys = {key for key in board.panel.get_state() if not key.startswith("_")}
    assert keys <= {"view", "layout", "tabbable", "tooltip"}


def test_opening_offers_views_and_formats_and_says_what_is_shown(board):
    board.model.filter(Filters(countries=("BBB",), issues=("peace",)))
    ((offer, _),) = say(board, type="open")
    assert offer["title"] == "Two leaders meet"
    assert offer["sentence"] == "1 of 5 positions: Bland, on “Peace plan”."
    assert offer["views"] == [[chart.name, chart.heading] for chart in CHARTS]
    assert offer["formats"][0][0] == "html"
    assert offer["formats"] == [[key, format_.label] for key, format_ in FORMATS.items()]


def test_a_view_that_could_not_be_drawn_is_not_offered(board):
    board.cards["stances"].error = "no such colour"
    ((offer, _),) = say(board, type="open")
    assert "stances" not in dict(offer["views"])


def test_one_file_comes_as_it_is(board, no_browser):
    content, page = make(board, formats=["html"])
    assert (content["type"], content["name"]) == ("file", "tiny-briefing.html")
    text = page.decode()
    for words in ("A meeting", "Ann", "24 November 2026", "They stand apart.", "Who stands where?"):
        assert words in text
    assert "How big are the pipelines?" not in text


def test_a_briefing_shows_what_the_page_shows(board, no_browser, tmp_path):
    board.model.filter(Filters(countries=("BBB",)))
    board.model.unit = "TWh"
    card = board.cards["route"]
    card.settings = card.settings | {"issue": "peace"}
    _, page = make(board, formats=["html"], notes={"route": "", "stances": ""})
    (tmp_path / "a.html").write_bytes(page)
    manifest = read_manifest(tmp_path / "a.html")
    assert manifest.query == "country=BBB&unit=TWh"
    assert manifest.as_of == "2026-11-24"
    # In the order of the page, whatever the order asked for.
    assert list(manifest.charts) == ["route", "stances"]
    assert manifest.charts["route"]["issue"] == "peace"
    text = page.decode()
    assert text.index("Who stands where?") < text.index("Where would the pipeline run?")


def test_several_files_come_as_one_archive(board):
    content, packed = make(board, formats=["csv", "xlsx"])
    assert content["name"] == "tiny-briefing.zip"
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert set(archive.namelist()) == {
            "tiny-briefing-rows.csv",
            "tiny-briefing-sources.csv",
            "tiny-briefing-datapackage.json",
            "tiny-briefing.xlsx",
        }


def test_the_panel_is_told_how_far_the_work_is(board):
    *steps, (last, _) = say(board, type="make", **(ORDER | {"formats": ["csv", "xlsx"]}))
    assert last["type"] == "file"
    assert {step["type"] for step, _ in steps} == {"progress"}
    done = [step["done"] for step, _ in steps]
    assert done == sorted(done)
    for step, _ in steps:
        assert step["text"].endswith(f"({step['done'] + 1} of {step['total']}) …")


def test_without_a_browser_pictures_are_refused_in_a_sentence(board, no_browser):
    content, _ = make(board, formats=["png"])
    assert content["type"] == "failed"
    assert "need Chrome or Chromium, and there is none" in content["text"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"formats": ["exe"]}, "There is no format “exe”"),
        ({"formats": [["html"]]}, "There is no format"),
        ({"formats": []}, "Choose at least one format."),
        ({"formats": "html"}, "did not arrive whole"),
        ({"notes": {}}, "Choose at least one view."),
        ({"notes": {"../x": ""}}, "There is no view “../x”"),
        ({"notes": ["stances"]}, "did not arrive whole"),
        ({"notes": {"stances": 1}}, "The note must be text."),
        ({"notes": {"stances": "x" * 5001}}, "The note has 5001 characters; 5000 is the most."),
        ({"title": None}, "The title must be text."),
        ({"title": "x" * 201}, "The title has 201 characters; 200 is the most."),
        ({"author": {}}, "The author line must be text."),
        ({"as_of": "tomorrow"}, "Give the date as a day"),
        ({"as_of": ""}, "Give the date as a day"),
        ({"as_of": None}, "Give the date as a day"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_in_a_sentence(board, changes, said):
    content, _ = make(board, **changes)
    assert content["type"] == "failed"
    assert said in content["text"]


def test_a_message_without_a_form_is_answered(board):
    ((content, _),) = say(board, type="make")
    assert content["type"] == "failed"
    assert say(board, type="else") == []


def test_what_no_file_can_hold_is_left_out():
    read = read_order(
        ORDER | {"title": " A\x00 \ud800title\x1b ", "notes": {"stances": "one\ntwo"}},
        views={"stances": None},
        formats=FORMATS,
    )
    assert (read.title, read.notes, read.as_of) == (
        "A title",
        {"stances": "one\ntwo"},
        date(2026, 11, 24),
    )


def test_markup_that_is_typed_stays_text(board, no_browser):
    markup = "<img src=x onerror=window.hacked=1>"
    _, page = make(board, formats=["html"], title=markup, author=markup, notes={"stances": markup})
    assert markup not in page.decode()
    assert page.decode().count("&lt;img src=x") >= 3


@pytest.mark.browser
def test_no_file_is_left_on_the_server(board, tmp_path, monkeypatch):
    for name in ("cwd", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    formats = ["html", "pptx", "docx", "pdf", "png", "csv", "xlsx"]
    assert make(board, formats=formats)[0]["type"] == "file"
    assert list((tmp_path / "cwd").iterdir()) == list((tmp_path / "tmp").iterdir()) == []


def test_two_visitors_share_nothing(tmp_path):
    one, other = (Dashboard(DashboardModel(tiny(tmp_path / name))) for name in "ab")
    one.model.filter(Filters(countries=("BBB",)))
    ((offer, _),) = say(other, type="open")
    assert offer["sentence"] == "All 5 positions."


# In the browser.


@pytest.fixture
def page(offline_page, voila_server):
    offline_page.goto(voila_server.url)
    offline_page.wait_for_function(DRAWN)
    return offline_page


def opened(page):
    page.get_by_role("button", name="Make a briefing").click()
    panel = page.get_by_role("dialog", name="Make a briefing")
    panel.get_by_label("Title").wait_for()
    return panel


def ordered(page, panel):
    with page.expect_download() as download:
        panel.get_by_role("button", name="Download briefing").click()
        # What went wrong would stand there too.
        expect(panel.locator(".gd-panel-foot")).to_contain_text("Saved as", timeout=PATIENCE * 1000)
    return download.value


@pytest.mark.browser
def test_a_briefing_is_downloaded_with_what_was_typed(page):
    page.locator(".gd-chips button").get_by_text("China").click()
    page.get_by_text(re.compile(r"^\d+ of \d+ positions: China\.$")).wait_for()
    panel = opened(page)
    expect(panel.get_by_text("positions: China.")).to_be_visible()
    panel.get_by_label("Title").fill("<img src=x onerror=window.hacked=1>For tomorrow")
    panel.get_by_role("button", name="Choose none").click()
    panel.get_by_label("At what price?", exact=True).check()
    panel.get_by_label("Note on: At what price?").fill("Prices are claims.")
    download = ordered(page, panel)
    assert download.suggested_filename == "xi-putin-moscow-2023-briefing.html"
    text = download.path().read_text("utf-8")
    assert "&lt;img src=x onerror=window.hacked=1&gt;For tomorrow</h1>" in text
    assert "Prices are claims." in text
    assert "positions: China." in text
    panel.get_by_text("Saved as xi-putin-moscow-2023-briefing.html").wait_for()
    assert not page.evaluate("window.hacked")


@pytest.mark.browser
def test_on_a_phone_several_formats_come_as_an_archive(page):
    page.set_viewport_size({"width": 390, "height": 844})
    panel = opened(page)
    assert panel.bounding_box()["width"] == 390
    panel.get_by_label("HTML").uncheck()
    panel.get_by_label("Excel").check()
    panel.get_by_label("Tables (CSV)").check()
    for node in panel.locator("label.gd-box, .gd-button:visible, .gd-field input").all():
        assert node.bounding_box()["height"] >= 44
    download = ordered(page, panel)
    assert download.suggested_filename == "xi-putin-moscow-2023-briefing.zip"
    with zipfile.ZipFile(download.path()) as archive:
        assert "xi-putin-moscow-2023-briefing.xlsx" in archive.namelist()


@pytest.mark.browser
def test_the_panel_keeps_what_is_typed_and_gives_the_focus_back(page):
    panel = opened(page)
    title = panel.get_by_label("Title")
    expect(title).to_be_focused()
    title.fill("Typed")
    panel.get_by_label("HTML").uncheck()
    panel.get_by_role("button", name="Download briefing").click()
    expect(panel.get_by_role("alert")).to_have_text("Choose at least one format.")
    expect(title).to_have_value("Typed")
    panel.get_by_label("At what price?", exact=True).uncheck()
    expect(panel.get_by_label("Note on: At what price?")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    opener = page.get_by_role("button", name="Make a briefing")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(title).to_have_value("Typed")
    expect(title).to_be_focused()
