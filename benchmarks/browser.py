"""Visits in a real Chromium, timed by the clock of the page itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Page, Request
from servers import HTML_WIDGETS, Server

from geodash.charts import CHARTS

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
VIEWPORT = {"width": 1440, "height": 900}
LOCAL = {None, "127.0.0.1", "localhost"}

#: Milliseconds without a redrawn chart after which a filter's redraw is over.
QUIET = 500

#: When a page stands: every chart that shows is drawn, every line is there.
OURS = f"""
(() => {{
  const charts = [...document.querySelectorAll(".gd-chart")].filter((chart) => !chart.hidden);
  return charts.length >= {len(CHARTS)} && charts.every((chart) => chart.dataset.drawn);
}})()
"""
PLAIN = f'document.querySelectorAll(".bench-line").length >= {HTML_WIDGETS}'
FIGURES = f"""
[...document.querySelectorAll(".js-plotly-plot")]
  .filter((plot) => plot.querySelector(".main-svg")).length >= {len(CHARTS)}
"""
STANDS = {"ours": OURS, "cold": OURS, "plain": PLAIN, "figures": FIGURES}

#: Runs before the page's own scripts. Two frames later, what was drawn is on the screen.
WATCH = """
window.bench = {};
requestAnimationFrame(function look() {
  if (!(%s)) return requestAnimationFrame(look);
  requestAnimationFrame(() => requestAnimationFrame(() => { bench.drawn = performance.now(); }));
});
"""

LISTEN = """() => {
  for (const chart of document.querySelectorAll(".gd-chart[data-drawn]"))
    chart.on("plotly_afterplot", () => { bench.redrawn = performance.now(); });
  for (const kind of ["click", "change"])
    document.addEventListener(kind, (event) => { bench.asked ??= event.timeStamp; }, true);
}"""
FORGET = "() => { bench.asked = bench.redrawn = undefined; }"
REDRAWN = f"() => performance.now() - bench.redrawn > {QUIET}"


@dataclass
class Traffic:
    """What a page moves.

    Attributes
    ----------
    http, socket
        Bytes received over HTTP, headers included, and moved both ways through the websocket.
    """

    http: float = 0
    socket: int = 0

    def count(self, session: CDPSession) -> None:
        """Count what the page of this session moves from now on."""
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._add_http)
        session.on("Network.webSocketFrameReceived", self._add_frame)
        session.on("Network.webSocketFrameSent", self._add_frame)

    def _add_http(self, event: dict) -> None:
        self.http += event["encodedDataLength"]

    def _add_frame(self, event: dict) -> None:
        frame = event["response"]
        size = len(frame["payloadData"].encode())
        # Binary frames are told in base64, which takes four letters for three bytes.
        self.socket += size * 3 // 4 if frame["opcode"] == 2 else size


@dataclass
class Reader:
    """Someone who reads one of the pages: a browser context, with a cache of its own.

    Attributes
    ----------
    outside
        Addresses that were asked for off this machine.
    """

    context: BrowserContext
    name: str
    server: Server
    outside: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCH % STANDS[self.name])
        self.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in LOCAL:
            self.outside.add(request.url)

    def visit(self, *, traffic: Traffic | None = None) -> Page:
        """Open the page and wait until it stands."""
        page = self.context.new_page()
        if traffic:
            # Not while time is taken: the browser tells the contents of every frame.
            traffic.count(self.context.new_cdp_session(page))
        page.goto(self.server.url, wait_until="commit")
        page.wait_for_function("window.bench?.drawn", timeout=60_000)
        return page


def drawn(page: Page) -> float:
    """Give the milliseconds from the start of the visit until everything was drawn."""
    return float(page.evaluate("bench.drawn"))


def leave(page: Page) -> None:
    """Close a tab as a reader does, so that the page can say farewell."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def redraws(page: Page) -> list[float]:
    """Change filters, one at a time: milliseconds from each click to the last chart's redraw."""
    page.evaluate(LISTEN)
    chips = page.locator(".gd-chips button")
    menus = page.locator(".gd-fields select")
    changes = [partial(chips.nth(i).click) for i in (0, 0, 1, 1, 2, 2)]
    for menu in (menus.nth(0), menus.nth(2)):
        changes += [partial(menu.select_option, index=i) for i in (1, 2, 3, 0)]
    return [_redraw(page, change) for change in changes]


def _redraw(page: Page, change: Callable[[], object]) -> float:
    page.evaluate(FORGET)
    change()
    page.wait_for_function(REDRAWN, timeout=10_000)
    return float(page.evaluate("bench.redrawn - bench.asked"))
