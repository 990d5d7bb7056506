"""What tests share: a browser, the served dashboard, and a page that must stay on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from choreographer.errors import ChromeNotFoundError
from playwright.sync_api import Browser, Page, sync_playwright

from chromium import FLAGS, installed
from serving import ROOT, Server, voila

# Kaleido draws with the browser of the tests, wherever that is.
if found := installed():
    os.environ.setdefault("BROWSER_PATH", found)

LOCAL = {"", "127.0.0.1", "localhost"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def voila_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard, served as `voila dashboard.ipynb` does in the repository."""
    log = tmp_path_factory.mktemp("voila") / "log"
    with voila(ROOT / "dashboard.ipynb", log) as server:
        yield server


@pytest.fixture
def offline_page(chromium: Browser) -> Iterator[Page]:
    """A new tab. Whatever it asks of another machine, and every error in its console, fails."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults: list[str] = []

    def ask(url: str) -> None:
        if (urlsplit(url).hostname or "") not in LOCAL:
            faults.append(f"left this machine: {url}")

    page.on("request", lambda request: ask(request.url))
    page.on("websocket", lambda websocket: ask(websocket.url))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which kaleido finds neither Chrome nor Chromium."""

    def fail(*args: object, **settings: object) -> None:
        raise ChromeNotFoundError

    monkeypatch.setattr("geodash.briefing.studio.Kaleido", fail)
