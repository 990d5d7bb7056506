"""Charts on pages of others: fragments, frames and oEmbed cards, in a real browser."""

import json
import re
from datetime import date

import pytest

from geodash.briefing import Briefing
from geodash.briefing.web.embed import still
from geodash.frozen import read_manifest
from hostile import hostile_tables
from tiny import tiny

URL = "http://localhost/news"
#: A page with a library and a style of its own.
FOREIGN = """<!DOCTYPE html><html lang="en"><title>News</title>
<style>p {{ color: red }} img {{ float: right }} figure {{ padding: 30px }}</style>
<script>window.Plotly = "the page's own";</script><h1>News</h1>{}</html>"""


@pytest.fixture(scope="module")
def briefing(tmp_path_factory):
    case = tiny(tmp_path_factory.mktemp("case"), **hostile_tables())
    return Briefing(case, as_of=date(2026, 11, 24)).add("stances", "figures")


@pytest.fixture(scope="module")
def files(briefing):
    """Give the files to embed, by what their names end with."""
    made = briefing.files(["embed"], url=URL)
    return {name.removeprefix("briefing-"): text for name, text in made.items()}


@pytest.fixture
def news(offline_page, files):
    """Give a page that shows some HTML amid a foreign page."""

    def answer(route):
        name = route.request.url.rpartition("/")[2].removeprefix("briefing-")
        body = files.get(name, news.body)
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    def show(*parts):
        news.body = FOREIGN.format("".join(parts))
        offline_page.goto(f"{URL}/today")
        return offline_page

    offline_page.route(f"{URL}/**", answer)
    return show


@pytest.mark.browser
def test_fragments_live_together_on_a_foreign_page(news, files):
    page = news(files["stances-figure.html"], files["figures-figure.html"])
    page.wait_for_function("document.querySelectorAll('.geodash-chart .main-svg').length === 6")
    # The page's own library is left alone, and the two share another.
    assert page.evaluate("window.Plotly") == "the page's own"
    for at, words in enumerate(["Who stands where? ", "How big are the pipelines? "]):
        figure = page.locator("figure.geodash").nth(at)
        assert figure.locator("[role=img]").get_attribute("aria-label").startswith(words)
        assert "Sources: " in figure.locator("figcaption").inner_text()
        assert "As of 24 November 2026" in figure.locator("figcaption").inner_text()
        assert figure.locator("a").first.get_attribute("href").startswith("https://example.org/")
    # Both answer the pointer.
    page.locator("figure.geodash").nth(1).locator("path.point").first.hover(force=True)
    page.locator("figure.geodash").nth(1).locator(".hoverlayer text").first.wait_for()
    # Nothing of the tables became markup.
    assert page.locator("figure img, figure b").count() == 0
    assert page.evaluate("window.hacked === undefined")


@pytest.mark.browser
def test_a_fragment_follows_its_width(news, files):
    page = news("<div id=column style='width:900px'>", files["stances-figure.html"], "</div>")
    page.wait_for_selector(".geodash-chart .main-svg")
    page.evaluate("document.getElementById('column').style.width = '360px'")
    page.wait_for_function("document.querySelector('.geodash-chart .main-svg').clientWidth === 360")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.browser
def test_a_frame_is_as_high_as_its_page(news, files):
    card = json.loads(files["stances-oembed.json"])
    assert (card["version"], card["type"], card["provider_name"]) == ("1.0", "rich", "geodash")
    assert f'src="{URL}/briefing-stances-frame.html"' in card["html"]
    page = news(card["html"])
    frame = page.frame_locator("iframe")
    frame.locator(".main-svg").first.wait_for()
    needed = frame.locator("figure").evaluate("figure => figure.getBoundingClientRect().height")
    page.wait_for_function(f"document.querySelector('iframe').clientHeight >= {needed}")
    assert page.locator("iframe").bounding_box()["height"] < needed + 2
    assert page.locator("iframe").get_attribute("title") == "Who stands where?"


@pytest.mark.browser
def test_what_else_a_page_is_told_does_not_disturb_it(news, files):
    page = news(json.loads(files["stances-oembed.json"])["html"])
    page.frame_locator("iframe").locator(".main-svg").first.wait_for()
    frame = page.frames[1]
    before = page.locator("iframe").get_attribute("height")
    frame.evaluate("parent.postMessage('no JSON', '*'); parent.postMessage({a: 1}, '*')")
    page.evaluate("postMessage(JSON.stringify({context: 'iframe.resize', height: 9}), '*')")
    page.wait_for_timeout(100)
    assert page.locator("iframe").get_attribute("height") == before


@pytest.mark.browser
def test_without_javascript_a_fragment_shows_its_picture(chromium, files):
    page = chromium.new_context(java_script_enabled=False, offline=True).new_page()
    page.set_content(FOREIGN.format(files["stances-figure.html"]))
    picture = page.locator("figure.geodash img")
    assert picture.evaluate("image => image.naturalWidth") == 840
    assert picture.bounding_box()["width"] > 800
    page.context.close()


@pytest.mark.browser
def test_a_still_fragment_needs_no_script(news, briefing):
    alone = briefing.content.alone(briefing.content.sections[0])
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"/>'
    text = still(alone, alone.sections[0], drawing)
    assert "<script" not in text
    page = news(text, text)
    picture = page.locator("figure.geodash img").first
    assert picture.evaluate("image => image.naturalWidth") == 120
    assert picture.get_attribute("alt").startswith("Who stands where? ")
    assert "Sources: " in page.locator("figcaption").first.inner_text()


@pytest.mark.browser
def test_each_file_names_the_rows_of_its_chart_alone(files, briefing, tmp_path):
    for chart, section in zip(["stances", "figures"], briefing.content.sections, strict=True):
        for kind in ("figure.html", "frame.html", "oembed.json"):
            (tmp_path / kind).write_text(files[f"{chart}-{kind}"], "utf-8")
            assert set(read_manifest(tmp_path / kind).rows) == set(section.table.index)


@pytest.mark.browser
def test_the_frame_allows_its_own_script_only(files):
    (policy,) = re.findall(r'Security-Policy" content="([^"]+)"', files["stances-frame.html"])
    assert "default-src &#39;none&#39;" in policy
    assert policy.count("sha256-") == 1
    assert "unsafe-eval" not in policy
