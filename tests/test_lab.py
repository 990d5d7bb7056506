"""The dashboard in JupyterLab, as `jupyter lab dashboard.ipynb` and Run All Cells show it."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from playwright.sync_api import expect

from geodash.charts import CHARTS
from geodash.frozen import read_manifest
from serving import PATIENCE, ROOT, free_port, running

PLOTLY = "/lab/extensions/geodash/plotly-basic.min.js"


@pytest.fixture(scope="module")
def lab_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    # A copy, for JupyterLab writes what it has run into the notebook.
    shutil.copy(ROOT / "dashboard.ipynb", folder)
    port = free_port()
    options = [
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--IdentityProvider.token=",
        # JupyterLab would ask its makers for news.
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=",
    ]
    command = [sys.executable, "-m", "jupyterlab", "dashboard.ipynb", *options]
    # Settings and open tabs of whoever runs the tests stay out of it.
    env = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config")}
    with running(command, port, folder / "log", cwd=folder, env=env) as server:
        yield server


@pytest.mark.browser
def test_run_all_shows_the_dashboard_and_makes_a_briefing(lab_server, offline_page, tmp_path):
    asked = []
    offline_page.on("request", lambda request: asked.append(request.url))
    offline_page.goto(f"{lab_server.url}lab/tree/dashboard.ipynb")
    # Menus work once the kernel is there.
    idle = offline_page.get_by_text("Python 3 (ipykernel) | Idle")
    expect(idle).to_be_visible(timeout=PATIENCE * 1000)
    offline_page.get_by_role("menuitem", name="Run", exact=True).click()
    offline_page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    charts = offline_page.locator(".gd-chart[data-drawn]")
    expect(charts).to_have_count(len(CHARTS), timeout=PATIENCE * 1000)
    assert any(url.startswith(lab_server.url) and PLOTLY in url for url in asked)
    # JupyterLab's address is not the dashboard's.
    expect(offline_page.get_by_role("button", name="Copy link")).to_be_hidden()
    offline_page.get_by_role("button", name="China").first.click()
    expect(offline_page.get_by_text("positions: China").first).to_be_visible()
    make_briefing(offline_page, tmp_path / "briefing.html")
    manifest = read_manifest(tmp_path / "briefing.html")
    assert manifest.query == "country=CHN"
    assert list(manifest.charts) == ["stances"]
    offline_page.goto("about:blank")


def make_briefing(page, file):
    """Have the panel make a briefing of the first view, with keys that JupyterLab knows too."""
    page.get_by_role("button", name="Make a briefing").click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("button", name="Choose none").click()
    box = panel.get_by_label("Who stands where?", exact=True)
    box.check()
    # On a cell of JupyterLab, d d deletes it.
    box.press("d")
    box.press("d")
    with page.expect_download(timeout=PATIENCE * 1000) as download:
        panel.get_by_role("button", name="Download briefing").click()
    download.value.save_as(file)
