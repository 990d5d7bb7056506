"""Visits in a real Chromium, timed by the clock of the page itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, TimeoutError
from servers import HTML_WIDGETS, Server

from geodash.charts import CHARTS

VIEWPORT = {"width": 1440, "height": 900}
LOCAL = {None, "127.0.0.1", "localhost"}

#: Milliseconds without a redrawn chart after which a change is over, words and tables included.
QUIET = 1000

#: When all of a page is drawn: every chart that it shows, every line.
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
ALL = {"ours": OURS, "cold": OURS, "plain": PLAIN, "figures": FIGURES}
#: When what a reader sees of our page is drawn; the other pages stand as a whole.
SEEN = """
(() => {
  const charts = [...document.querySelectorAll(".gd-chart")].filter((chart) => !chart.hidden);
  const seen = charts.filter((chart) => {
    const { top, bottom } = chart.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  });
  return seen.length && seen.every((chart) => chart.dataset.drawn);
})()
"""
STANDS = {**ALL, "ours": SEEN, "cold": SEEN}

#: Runs before the page's own scripts. Two frames later, what was drawn is on the screen.
WATCH = """
window.bench = {};
const watch = (name, stands) => requestAnimationFrame(function look() {
  if (!stands()) return requestAnimationFrame(look);
  requestAnimationFrame(() => requestAnimationFrame(() => { bench[name] = performance.now(); }));
});
watch("stands", () => %s);
watch("drawn", () => %s);
"""

LISTEN = """() => {
  for (const chart of document.querySelectorAll(".gd-chart[data-drawn]"))
    chart.on("plotly_afterplot", () => {
      const { top, bottom } = chart.getBoundingClientRect();
      bench.redrawn = performance.now();
      if (top < innerHeight && bottom > 0) bench.seen = bench.redrawn;
    });
  for (const kind of ["click", "change"])
    document.addEventListener(kind, (event) => { bench.asked ??= event.timeStamp; }, true);
}"""
FORGET = "() => { bench.asked = bench.redrawn = bench.seen = undefined; }"
REDRAWN = f"() => performance.now() - bench.redrawn > {QUIET}"


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
        self.context.add_init_script(WATCH % (STANDS[self.name], ALL[self.name]))
        self.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in LOCAL:
            self.outside.add(request.url)

    def visit(self, *, url: str = "") -> Page:
        """Open the page, or the address by way of a counter, and wait until it stands."""
        page = self.context.new_page()
        page.goto(url or self.server.url, wait_until="commit")
        with suppress(TimeoutError):
            page.wait_for_function("window.bench?.drawn", timeout=60_000)
        return page


def drawn(page: Page) -> tuple[float, float]:
    """Give the milliseconds from the start of the visit until it stood, on the screen and whole."""
    stands, whole = page.evaluate("[bench.stands ?? Infinity, bench.drawn ?? Infinity]")
    return float(stands), float(whole)


def leave(page: Page) -> None:
    """Close a tab as a reader does, so that the page can say farewell."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def redraws(page: Page) -> tuple[list[float], list[float]]:
    """Change filters, one at a time, as soon as the last change is over.

    Nearly every change shows what was not shown before, so that nothing can have been kept.

    Returns
    -------
    seen, all_
        Milliseconds from each click to the redraw of the last chart on the screen (of changes
        that redrew one), and of the last chart of the page.
    """
    page.evaluate(LISTEN)
    chips = page.locator(".gd-chips button")
    issue, _, statement, _ = page.locator(".gd-fields select").all()
    changes: list[Callable[[], object]]
    changes = [partial(chips.nth(i).click) for i in (0, 1, 2, 3, 0, 1, 2, 3)]
    changes += [partial(issue.select_option, index=i) for i in (1, 2, 3, 0)]
    changes += [partial(statement.select_option, index=i) for i in (1, 2, 3)]
    seen, all_ = [], []
    for change in changes:
        page.evaluate(FORGET)
        change()
        page.wait_for_function(REDRAWN, timeout=10_000)
        asked, first, last = page.evaluate("[bench.asked, bench.seen, bench.redrawn]")
        all_.append(last - asked)
        if first is not None:
            seen.append(first - asked)
    return seen, all_
