"""The page in a real browser, under Voila, with every request that leaves the machine a failure."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from geodash.charts import CHARTS
from hostile import hostile_tables
from serving import ROOT, card, visit, voila
from tiny import TABLES, write_case

pytestmark = pytest.mark.browser

#: Texts of a chart that lie on each other, as `text / text`.
OVERLAPS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const boxes = [...plot.querySelectorAll('text')].filter(t => t.textContent.trim())
    .map(t => [t.textContent.trim(), t.getBoundingClientRect()])
    .filter(([, b]) => b.width && b.height);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  return boxes.flatMap(([s, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => over(a, b)).map(([t]) => `${s} / ${t}`));
})"""
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth + 1"
#: For each chart: whether some of its points are faded.
FADED = """() => [...document.querySelectorAll('.gd-chart')].filter(c => c.data)
  .map(c => c.data.some(t => t.selectedpoints || t.opacity === 0.12))"""


def click_a_mark(page, view):
    """Click a mark of a chart where a reader would; the squares of a key have no rows."""
    points = view.locator(".gd-chart path.point")
    mark = points.nth(points.evaluate_all("all => all.findLastIndex(p => p.__data__.data)"))
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.fixture
def page(offline_page, voila_server):
    return visit(offline_page, voila_server.url)


def test_the_page_shows_every_view_with_words_and_sources(page):
    assert page.get_by_role("heading", level=1).inner_text() == (
        "Xi meets Putin, Moscow, 21 March 2023"
    )
    assert page.locator(".gd-card h2").count() == len(CHARTS) + 1
    for view in page.locator(".gd-card").all():
        assert view.locator(".gd-reading").inner_text()
        assert "Source" in view.locator(".gd-sources").inner_text()
    assert page.locator(".gd-error:visible").count() == 0


def test_plotly_is_loaded_once(page):
    scripts = "[...document.scripts].filter(s => s.src.includes('plotly')).length"
    assert page.evaluate(scripts) == 1


def test_what_the_kernel_sends_is_compressed(offline_page, voila_server):
    answers = []
    session = offline_page.context.new_cdp_session(offline_page)
    session.send("Network.enable")
    session.on("Network.webSocketHandshakeResponseReceived", lambda answer: answers.append(answer))
    visit(offline_page, voila_server.url)
    assert answers
    for answer in answers:
        assert "permessage-deflate" in answer["response"]["headersText"]


def test_a_click_on_a_mark_shows_its_rows_and_where_else_they_stand(page):
    click_a_mark(page, card(page, "Who stands where?"))
    evidence = card(page, "The evidence")
    evidence.get_by_text("Behind what you selected").wait_for()
    assert 1 <= evidence.locator("tbody tr").count() <= 5
    assert "Al Jazeera" in evidence.locator("tbody").inner_text()
    page.wait_for_function(f"({FADED})().filter(Boolean).length >= 3")
    page.get_by_role("button", name="End selection").click()
    evidence.get_by_text("All that the filters leave").wait_for()
    page.wait_for_function(f"!({FADED})().some(Boolean)")


def test_a_click_on_a_country_of_the_map_shows_its_positions(page):
    chart = card(page, "Where would the pipeline run?").locator(".gd-chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    # Inner Mongolia and the north of China, far from every name and place.
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.95)
    card(page, "The evidence").get_by_text("Behind what you selected").wait_for()
    holders = card(page, "The evidence").locator("td[data-label=Holder]").all_inner_texts()
    assert set(holders) == {"People's Republic of China", "Xi Jinping"}


def test_a_filter_reaches_every_view_and_the_address(page):
    before = page.locator(".gd-reading").all_inner_texts()
    page.locator(".gd-chips button").get_by_text("China").click()
    page.get_by_text(re.compile(r"^\d+ of \d+ positions: China\.$")).wait_for()
    page.wait_for_function(
        "old => [...document.querySelectorAll('.gd-reading')]"
        ".filter((e, i) => e.innerText !== old[i]).length >= 5",
        arg=before,
    )
    assert parse_qs(urlsplit(page.url).query) == {"country": ["CHN"]}
    page.get_by_role("button", name="Reset").click()
    page.get_by_text(re.compile(r"^All \d+ positions\.$")).wait_for()
    page.wait_for_function("!location.search")


def test_a_slider_moves_the_statuses_on_the_map_and_in_its_table(page):
    view = card(page, "Where would the pipeline run?")
    slider = view.get_by_role("slider", name="Status on")
    assert slider.get_attribute("aria-valuetext") == "21 March 2023"
    slider.focus()
    slider.press("End")
    assert slider.get_attribute("aria-valuetext") == "21 May 2026"
    view.get_by_text("were stopped on 21 May 2026").wait_for()
    view.get_by_text("The data as a table").click()
    view.get_by_role("button", name="Show 100 more").click()
    view.get_by_role("button", name=re.compile(r"^Show \d\d more$")).click()
    crimea = view.get_by_role("row").filter(has_text="Crimea and Sevastopol")
    crimea.wait_for()
    # It belongs to the basemap: no row of the case is behind it.
    assert crimea.get_by_role("button").count() == 0
    assert view.get_by_role("row").filter(has_text="Bovanenkovo").get_by_role("button").count() >= 1


def test_a_line_of_the_map_says_all_that_is_known_and_opens_its_rows(page):
    chart = card(page, "Where would the pipeline run?").locator(".gd-chart")
    chart.scroll_into_view_if_needed()
    # Where the line to Tobolsk and Ukraine shows its tooltip, far from every place.
    at = chart.evaluate("""chart => {
      const { data, _fullLayout: { xaxis, yaxis } } = chart;
      const lines = data.find(trace => trace.meta);
      const own = lines.customdata.map((ref, i) => [ref, i])
        .filter(([ref]) => ref.startsWith('infrastructure/ukraine-transit'))
        .map(([, i]) => [xaxis.d2p(lines.x[i]), yaxis.d2p(lines.y[i])])
        .find(([x, y]) => x > 20 && y > 0);
      const { left, top } = chart.getBoundingClientRect();
      return [left + xaxis._offset + own[0], top + yaxis._offset + own[1]];
    }""")
    page.mouse.move(*at)
    tooltip = chart.locator(".hoverlayer")
    tooltip.get_by_text("Transit through Ukraine").first.wait_for()
    assert "Capacity: 32 bcm/yr" in tooltip.text_content()
    page.mouse.click(*at)
    evidence = card(page, "The evidence")
    evidence.get_by_text("Behind what you selected").wait_for()
    assert "Transit through Ukraine" in evidence.locator("tbody").inner_text()


def test_a_menu_shows_another_part_of_the_map(page):
    view = card(page, "Where would the pipeline run?")
    view.get_by_label("Show").first.select_option("Europe")
    view.locator("svg text").get_by_text("Lubmin").wait_for()
    assert not page.evaluate(OVERLAPS)


def test_a_scenario_follows_its_sliders_and_lines(page):
    view = card(page, "What could Power of Siberia 2 replace?")
    view.get_by_text("= 98 or 100 bcm/yr from 2036").wait_for()
    view.get_by_role("slider", name="First gas in").focus()
    page.keyboard.press("ArrowRight")
    view.get_by_text("= 98 or 100 bcm/yr from 2037").wait_for()
    view.get_by_role("checkbox", name="Far Eastern route").uncheck()
    view.get_by_text("= 88 bcm/yr from 2037").wait_for()


def test_gas_changes_its_unit_everywhere_and_the_address_carries_it(page, chromium):
    page.get_by_label("Gas in", exact=True).select_option("TWh")
    card(page, "How big are the pipelines?").get_by_text("500 TWh/yr").first.wait_for()
    card(page, "Did the pivot to China happen?").locator("svg").get_by_text("TWh").first.wait_for()
    page.wait_for_function("location.search === '?unit=TWh'")
    reopened = visit(chromium.new_context().new_page(), page.url)
    card(reopened, "How big are the pipelines?").get_by_text("500 TWh/yr").first.wait_for()
    reopened.context.close()


def test_a_copied_link_restores_the_view(page, chromium):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    menu = page.locator(".gd-fields select").first
    label = menu.locator("option", has_text="peace paper").text_content()
    menu.select_option(label=label)
    page.wait_for_function("location.search.includes('issue')")
    page.locator(".gd-chips button").get_by_text("China").click()
    page.wait_for_function("location.search.includes('country')")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    said = page.locator(".gd-sentence").inner_text()
    other = visit(chromium.new_page(), link)
    other.get_by_text(said).wait_for()
    assert other.url == link
    other.locator(".gd-chips button[aria-pressed=true], .gd-chips .mod-active").wait_for()
    other.close()


def test_a_link_says_what_this_case_does_not_have(offline_page, voila_server):
    visit(offline_page, voila_server.url + "?country=ATL&country=CHN")
    offline_page.get_by_text("which this case does not have").wait_for()
    offline_page.get_by_text("positions: China.").wait_for()


def test_the_keyboard_reaches_the_evidence(page):
    view = card(page, "Who stands where?")
    view.locator(".gd-data > summary").last.focus()
    page.keyboard.press("Enter")
    view.locator("tbody tr").first.wait_for()
    button = view.locator("tbody button").first
    button.focus()
    page.keyboard.press("Enter")
    card(page, "The evidence").get_by_text("Behind what you selected: 1 row.").wait_for()


def test_the_evidence_downloads_with_its_citation(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these rows").click()
    text = download.value.path().read_text("utf-8-sig")
    assert text.startswith("Row,Kind,Date,Statement")
    assert "Xi meets Putin, Moscow, 21 March 2023. All 73 positions." in text


def test_a_chart_downloads_the_rows_behind_it(page):
    view = card(page, "At what price?")
    view.get_by_text("Save or cite").click()
    with page.expect_download() as download:
        view.get_by_role("button", name="Rows (CSV)").click()
    assert download.value.suggested_filename == "xi-putin-moscow-2023-prices.csv"
    assert "277.1 USD/1000 m³" in download.value.path().read_text("utf-8-sig")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_nothing_overlaps_and_nothing_scrolls_sideways(offline_page, voila_server, width, look):
    offline_page.set_viewport_size({"width": width, "height": 900})
    offline_page.emulate_media(color_scheme=look)
    visit(offline_page, voila_server.url)
    assert offline_page.evaluate(OVERLAPS) == []
    assert not offline_page.evaluate(SIDEWAYS)
    colour = offline_page.evaluate(
        "getComputedStyle(document.querySelector('.gd-chart .xtick text')).fill"
    )
    bright = sum(map(int, re.findall(r"\d+", colour)[:3])) > 384
    assert bright == (look == "dark")


def test_the_phone_opens_and_closes_its_filters(offline_page, voila_server):
    offline_page.set_viewport_size({"width": 390, "height": 844})
    visit(offline_page, voila_server.url)
    chip = offline_page.locator(".gd-chips button").first
    assert not chip.is_visible()
    offline_page.get_by_role("button", name="Filters").click()
    assert chip.is_visible()
    assert chip.bounding_box()["height"] >= 44


def test_a_long_table_comes_in_portions(page):
    evidence = card(page, "The evidence")
    rows = evidence.locator("tbody tr")
    before = rows.count()
    evidence.get_by_role("button", name="more").click()
    page.wait_for_function(
        "before => document.querySelectorAll('.gd-card:last-of-type tbody tr').length > before",
        arg=before,
    )


def test_paper_is_light_and_has_charts_without_controls(offline_page, voila_server):
    offline_page.emulate_media(color_scheme="dark")
    visit(offline_page, voila_server.url)
    brightness = """() => {
      const colour = getComputedStyle(document.querySelector('.gd-chart .xtick text')).fill;
      return colour.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    }"""
    assert offline_page.evaluate(brightness) > 384
    offline_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    offline_page.wait_for_function(f"({brightness})() < 384")
    offline_page.emulate_media(media="print")
    assert offline_page.locator(".gd-chart:visible").count() == len(CHARTS)
    assert offline_page.locator(".gd-controls:visible, .gd-button:visible").count() == 0
    offline_page.emulate_media(media="screen")
    offline_page.evaluate("dispatchEvent(new Event('afterprint'))")
    offline_page.wait_for_function(f"({brightness})() > 384")


def test_without_the_file_the_kernel_gives_plotly(offline_page, voila_server):
    offline_page.route("**/plotly-basic.min.js", lambda route: route.fulfill(body="", status=200))
    visit(offline_page, voila_server.url)


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory):
    """The tiny case with markup and script in every text that is free."""
    folder = write_case(tmp_path_factory.mktemp("hostile"), **hostile_tables())
    log = tmp_path_factory.mktemp("log") / "voila"
    with voila(ROOT / "dashboard.ipynb", log, case=str(folder)) as server:
        yield server


def test_markup_in_the_tables_is_text_in_the_page_and_in_every_tooltip(
    offline_page, hostile_server
):
    visit(offline_page, hostile_server.url)
    assert html.escape("<img src=x") in offline_page.locator(".gd-page").inner_html()
    assert offline_page.locator(".gd-page img, .gd-page b").count() == 0
    labels = offline_page.locator(".gd-chart text").all_text_contents()
    assert any("<b>x</b>" in label for label in labels)
    tooltips = ""
    for mark in offline_page.locator(".gd-chart path.point").all():
        if mark.is_visible():
            mark.hover(force=True)
            tooltips += "".join(offline_page.locator(".hoverlayer").all_text_contents())
    assert "<img src=x" in tooltips
    assert not offline_page.evaluate("window.hacked")


def test_a_broken_case_is_said_in_a_sentence_and_the_server_goes_on(offline_page, tmp_path):
    folder = write_case(tmp_path / "case", figures=TABLES["figures"].replace("50,bcm/yr", "50,"))
    with voila(ROOT / "dashboard.ipynb", tmp_path / "log", case=str(folder)) as server:
        for _ in range(2):
            offline_page.goto(server.url)
            said = offline_page.get_by_role("alert")
            said.wait_for()
            assert "figures, row 2, column unit: must not be empty" in said.inner_text()
            assert "Traceback" not in offline_page.content()
        # The page must not outlive its server: it would say so in the console.
        offline_page.goto("about:blank")
