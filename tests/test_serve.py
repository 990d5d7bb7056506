from __future__ import annotations

import json
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geodash.cli import main
from geodash.serve import LAST_PORT, notebook_folder
from geodash.serve import free_port as first_free_port
from geodash.voila.kernels import PatientKernelManager
from serving import PATIENCE, ROOT, free_port, running, voila, wait_until, write_notebook

WIDGET = "import ipywidgets\nipywidgets.HTML('<p>It stands</p>')"
KERNEL = "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
RETURN = "document.dispatchEvent(new Event('visibilitychange'))"
CHART = ".js-plotly-plot .main-svg"

#: As voila.json has them, but in seconds that a test can wait for.
SOON = ("--MappingKernelManager.cull_idle_timeout=2", "--MappingKernelManager.cull_interval=1")


@pytest.fixture(scope="module")
def small_server(tmp_path_factory):
    """A page of one widget."""
    folder = tmp_path_factory.mktemp("small")
    with voila(write_notebook(folder, WIDGET), folder / "log") as server:
        yield server


@pytest.fixture
def context(chromium: Browser):
    context = chromium.new_context()
    yield context
    context.close()


def visit(context: BrowserContext, url: str) -> tuple[Page, str]:
    """Open the small page; give it and the id of its kernel."""
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_text("It stands")).to_be_visible(timeout=PATIENCE * 1000)
    return page, page.evaluate(KERNEL)


@pytest.mark.browser
def test_voila_in_the_repository_shows_the_dashboard(voila_server, offline_page):
    offline_page.goto(voila_server.url, wait_until="commit")
    assert offline_page.title() == "geodash"
    expect(offline_page.locator(CHART).first).to_be_visible(timeout=PATIENCE * 1000)
    expect(offline_page.locator("#loading")).to_have_count(0)
    assert "not recognized" not in voila_server.log.read_text()  # a name in voila.json


@pytest.mark.browser
def test_geodash_serve_moves_to_the_next_port_and_says_so(offline_page, tmp_path):
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        moved = first_free_port(port)
        assert moved > port
        command = [str(Path(sys.executable).with_name("geodash")), "serve", "--port", str(port)]
        with running(command, moved, tmp_path / "log", cwd=tmp_path) as server:
            offline_page.goto(server.url)
            expect(offline_page.locator(CHART).first).to_be_visible(timeout=PATIENCE * 1000)
            said = server.log.read_text()
            offline_page.goto("about:blank")  # before the server ends
    assert f"Port {port} is taken; the next free one is {moved}." in said
    assert f"http://127.0.0.1:{moved}/" in said


@pytest.mark.parametrize("case", ["nowhere", "empty"])
def test_a_case_that_is_none_is_not_served(case, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["serve", str(tmp_path / case)]) == 1
    assert "a case is a folder with a datapackage.json" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_wrong_use(port, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "--port", port])
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


def test_no_free_port_is_said():
    with (
        socket.create_server(("127.0.0.1", LAST_PORT)),
        pytest.raises(OSError, match=f"no port from {LAST_PORT} to {LAST_PORT} is free"),
    ):
        first_free_port(LAST_PORT)


def test_the_notebook_and_its_settings_lie_together():
    assert (notebook_folder() / "dashboard.ipynb").is_file()
    assert (notebook_folder() / "voila.json").is_file()


@pytest.mark.browser
def test_title_and_skeleton_come_before_the_kernel_is_done(offline_page, tmp_path):
    notebook = write_notebook(tmp_path, f"import time\ntime.sleep(5)\n{WIDGET}")
    with voila(notebook, tmp_path / "log", "--preheat_kernel=False") as server:
        offline_page.goto(server.url, wait_until="commit")
        expect(offline_page.get_by_role("heading", name="geodash")).to_be_visible()
        assert offline_page.title() == "geodash"
        assert not offline_page.get_by_text("It stands").count()
        expect(offline_page.get_by_text("It stands")).to_be_visible(timeout=PATIENCE * 1000)
        expect(offline_page.locator("#loading")).to_have_count(0)
        offline_page.goto("about:blank")


@pytest.mark.browser
def test_a_cell_that_fails_gives_a_sentence_and_no_traceback(offline_page, tmp_path):
    notebook = write_notebook(tmp_path, "raise RuntimeError('inner words')")
    with voila(notebook, tmp_path / "log") as server:
        offline_page.goto(server.url)
        expect(offline_page.get_by_role("alert")).to_contain_text("The page could not be made.")
        expect(offline_page.locator("#loading")).to_have_count(0)
        assert "inner words" not in offline_page.content()
        offline_page.goto("about:blank")


@pytest.mark.browser
def test_a_broken_case_gives_its_sentence_and_voila_keeps_serving(chromium, tmp_path):
    with voila(ROOT / "dashboard.ipynb", tmp_path / "log", case=str(tmp_path)) as server:
        for _ in range(2):
            page = chromium.new_page()
            page.goto(server.url)
            alert = page.get_by_role("alert")
            expect(alert).to_contain_text(
                "a case is a folder with a datapackage.json", timeout=PATIENCE * 1000
            )
            assert "Traceback" not in page.content()
            page.context.close()


def test_a_page_that_is_missing_is_said_without_leaving_the_machine(tmp_path):
    notebook = write_notebook(tmp_path, WIDGET)
    with voila(notebook, tmp_path / "log", "--preheat_kernel=False") as server:
        notebook.unlink()
        body, status = _get(server.url)
    assert status == 404
    assert "There is no page at this address." in body
    assert "https://" not in body


@pytest.mark.browser
@pytest.mark.parametrize("leave", ["close", "go elsewhere", "reload"])
def test_a_visit_that_ends_ends_its_kernel_within_5_seconds(leave, small_server, context):
    page, kernel = visit(context, small_server.url)
    {
        "close": lambda: page.close(run_before_unload=True),
        "go elsewhere": lambda: page.goto("about:blank"),
        "reload": page.reload,
    }[leave]()
    wait_until(lambda: not small_server.has_kernel(kernel), seconds=5)


@pytest.mark.browser
def test_a_way_back_gives_the_page_anew(small_server, context):
    page, kernel = visit(context, small_server.url)
    page.goto("about:blank")
    page.go_back()
    expect(page.get_by_text("It stands")).to_be_visible(timeout=PATIENCE * 1000)
    assert page.evaluate(KERNEL) != kernel


@pytest.mark.browser
def test_a_page_out_of_the_memory_of_the_browser_is_loaded_anew(small_server, context):
    page, _ = visit(context, small_server.url)
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


@pytest.mark.browser
def test_a_link_that_leaves_the_page_where_it_is_does_not_end_the_visit(small_server, context):
    page, kernel = visit(context, small_server.url)
    # As with a download, the browser says that the page will be left, but it stays.
    page.route("**/nothing", lambda route: route.fulfill(status=204))
    page.evaluate("location.href = '/nothing'")
    page.wait_for_timeout(2000)
    assert small_server.has_kernel(kernel)
    assert not page.evaluate("jupyterapp.widgetManager.kernel.isDisposed")


@pytest.mark.browser
def test_a_visit_that_vanishes_ends_and_one_that_stays_does_not(context, tmp_path):
    with voila(write_notebook(tmp_path, WIDGET), tmp_path / "log", *SOON) as server:
        _, kept = visit(context, server.url)
        page, lost = visit(context, server.url)
        page.route("**/voila/api/shutdown/**", lambda route: route.abort())
        page.close()
        wait_until(lambda: not server.has_kernel(lost), seconds=20)
        assert server.has_kernel(kept)
        # The one that waits for the next visit is idle too, and stays beyond the time allowed.
        wait_until(lambda: len(server.kernels()) >= 2)
        time.sleep(5)
        assert len(server.kernels()) >= 2


def test_a_kernel_ends_only_at_the_second_check_without_a_visitor(monkeypatch):
    ended = []

    async def end(self, kernel_id):
        ended.append(kernel_id)

    monkeypatch.setattr(AsyncMappingKernelManager, "cull_kernel_if_idle", end)
    kernels = PatientKernelManager()
    kernels._kernels["k"] = KernelManager()

    def check(*, visitors):
        kernels._kernel_connections["k"] = visitors
        # Without a loop, for the browser of other tests has one in this thread.
        with suppress(StopIteration):
            kernels.cull_kernel_if_idle("k").send(None)
        return len(ended)

    # Asked for just now, then visited, then left for a moment, then for good.
    assert [check(visitors=n) for n in (0, 1, 0, 1, 0, 0)] == [0, 0, 0, 0, 0, 1]


def test_a_vanished_visit_ends_within_5_minutes():
    settings = json.loads((ROOT / "voila.json").read_text())["MappingKernelManager"]
    assert settings["cull_idle_timeout"] + 2 * settings["cull_interval"] <= 300
    assert not settings["cull_connected"]


@pytest.mark.browser
def test_a_reader_who_comes_back_to_a_lost_kernel_gets_the_view_back(small_server, context):
    page, kernel = visit(context, f"{small_server.url}?country=CHN")
    small_server.end_kernel(kernel)
    with page.expect_navigation():
        page.evaluate(RETURN)
    expect(page.get_by_text("It stands")).to_be_visible(timeout=PATIENCE * 1000)
    assert page.url.endswith("?country=CHN")
    # A page whose kernel is lost again and again does not reload for ever.
    small_server.end_kernel(page.evaluate(KERNEL))
    page.evaluate(RETURN)
    expect(page.get_by_role("alert")).to_contain_text("Reload it to go on where you are.")


@pytest.mark.browser
def test_a_kernel_that_crashes_gives_the_page_anew_and_a_server_that_ends_is_said(
    context, tmp_path
):
    with voila(write_notebook(tmp_path, WIDGET), tmp_path / "log") as server:
        page, kernel = visit(context, server.url)
        with page.expect_navigation(timeout=PATIENCE * 1000):
            server.kernels(kernel)[0].kill()
        expect(page.get_by_text("It stands")).to_be_visible(timeout=PATIENCE * 1000)
    page.evaluate(RETURN)
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer.")


@pytest.mark.browser
def test_ten_first_visits_on_ten_new_servers_all_come_up(context, tmp_path):
    for _ in range(10):
        with voila(ROOT / "dashboard.ipynb", tmp_path / "log") as server:
            page = context.new_page()
            page.goto(server.url)
            expect(page.locator(CHART).first).to_be_visible(timeout=PATIENCE * 1000)
            page.close()


def _get(url: str) -> tuple[str, int]:
    try:
        with urlopen(url) as answer:
            return answer.read().decode(), answer.status
    except HTTPError as error:
        return error.read().decode(), error.code
