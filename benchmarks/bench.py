"""How fast the dashboard is, beside the fastest page there could be and the usual way.

    PYTHONPATH=tests python benchmarks/bench.py [--runs 5] [--quick] [--million]

A real Chromium visits real Voila servers of this machine. The page that is compared, "plain",
holds widgets with a line of HTML each, under our template, settings and pool; "FigureWidgets"
holds our charts as Plotly's own widgets, with a pool, under Voila's template. The tables say what
was measured, the median, the range over all runs, and the target with ✓ or ✗.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from browser import VIEWPORT, Reader, drawn, leave, redraws
from playwright.sync_api import Browser, Page, sync_playwright
from psutil import Process, TimeoutExpired
from report import Row, show
from servers import HTML_WIDGETS, Server, memory, serve_all, serve_ours, settle
from wire import counted

from chromium import FLAGS, installed

NAMES = {
    "ours": "ours, preheated",
    "cold": "ours, not preheated",
    "plain": f"plain page of {HTML_WIDGETS} HTML widgets, preheated",
    "figures": "the same charts as FigureWidgets, preheated",
}
OURS = ("ours", "cold")
KINDS = ("fresh", "repeat")
OPEN_VISITS = 3
FRESH_SERVERS = 10
MILLION = 1_000_000

#: Seconds after which a closed tab's kernel is taken to stay for good.
MOST_SECONDS = 15


class Bench:
    """What needs a browser: each method measures and gives lines for a table.

    Attributes
    ----------
    browser, servers
        Chromium, and the servers by the short names of `NAMES`.
    pool
        How many kernels wait for a visit to our page.
    outside
        Addresses off this machine that our page has asked for.
    """

    def __init__(self, browser: Browser, servers: dict[str, Server]) -> None:
        self.browser = browser
        self.servers = servers
        self.outside: set[str] = set()
        settle(servers.values())
        self.pool = len(servers["ours"].kernels())

    def _reader(self, name: str) -> Reader:
        """Make a reader who was never here, with an empty cache."""
        context = self.browser.new_context(viewport=VIEWPORT)
        return Reader(context, name, self.servers[name], self.outside if name in OURS else set())

    def _timed_visit(self, reader: Reader) -> tuple[float, float]:
        settle(self.servers.values())
        page = reader.visit()
        milliseconds = drawn(page)
        leave(page)
        return milliseconds

    def visits(self, runs: int) -> Iterator[Row]:
        """Time fresh and repeat visits, the pages in turn so that all see the same machine."""
        times: dict[str, dict[str, list[tuple[float, float]]]] = {
            kind: {name: [] for name in NAMES} for kind in KINDS
        }
        returning = {name: self._reader(name) for name in NAMES}
        for reader in returning.values():
            self._timed_visit(reader)  # fills its cache
        for _ in range(runs):
            for name in NAMES:
                fresh = self._reader(name)
                times["fresh"][name].append(self._timed_visit(fresh))
                fresh.context.close()
                times["repeat"][name].append(self._timed_visit(returning[name]))
        for kind, found in times.items():
            yield from _visits(kind, found)

    def first_visits(self) -> Iterator[Row]:
        """Visit freshly started servers, each as soon as it listens, and count those that stand."""
        times = []
        for _ in range(FRESH_SERVERS):
            with serve_ours() as server:
                context = self.browser.new_context(viewport=VIEWPORT)
                page = Reader(context, "ours", server, self.outside).visit()
                times.append(drawn(page)[1])
                context.close()
        yield Row(f"first visits to {FRESH_SERVERS} fresh servers, until all is drawn", times, "ms")
        up = sum(map(math.isfinite, times))
        yield Row("first visits that came up", [up], "", FRESH_SERVERS, at_least=True)

    def redraws(self) -> Iterator[Row]:
        """Time changes of filters, from the click to the redraw of the last chart."""
        settle(self.servers.values())
        page = self._reader("ours").visit()
        settle([self.servers["ours"]])
        seen, all_ = redraws(page)
        leave(page)
        yield Row(f"last chart on the screen, {len(seen)} changes of filters", seen, "ms", 120)
        yield Row(f"last chart of the page, {len(all_)} changes of filters", all_, "ms", 120)

    def traffic(self) -> Iterator[Row]:
        """Count what visits move on the wire, and what our page asked for elsewhere."""
        for name in ("ours", "plain", "figures"):
            reader = self._reader(name)
            with counted(urlsplit(reader.server.url).port) as wire:
                for kind in KINDS:
                    settle(self.servers.values())
                    http, socket = wire.http, wire.socket
                    page = reader.visit(url=wire.url)
                    page.wait_for_timeout(1000)
                    http, socket = wire.http - http, wire.socket - socket
                    leave(page)
                    what, target = f"{kind} visit, {NAMES[name]}", None
                    if (name, kind) == ("ours", "repeat"):
                        target = 300
                    yield Row(f"{what}: HTTP", [http / 1000], "KB")
                    yield Row(f"{what}: websocket", [socket / 1000], "KB")
                    yield Row(f"{what}: total", [(http + socket) / 1000], "KB", target)
            reader.context.close()
        for address in sorted(self.outside):
            print(f"left this machine: {address}")
        yield Row("requests that left this machine, all visits to ours", [len(self.outside)], "", 0)

    def memory(self, *, wait: float) -> Iterator[Row]:
        """Weigh the kernels of open visits, and what is left when they have closed.

        Parameters
        ----------
        wait
            Seconds between the last farewell and the weighing.
        """
        server, reader = self.servers["ours"], self._reader("ours")
        settle([server])
        before, start = server.kernels(), memory([server.process, *server.kernels()])
        pages = []
        for count in range(1, OPEN_VISITS + 1):
            pages.append(reader.visit())
            settle([server])
            # The oldest kernel of the pool serves first, the newest wait.
            visiting = [k for k in server.kernels() if k not in before[: -self.pool]][: -self.pool]
            if count in (1, OPEN_VISITS):
                held = [memory([kernel]) for kernel in visiting]
                yield Row(f"kernel of an open visit, {count} open", held, "MB")
        yield Row(
            "kernel gone after its tab is closed", list(map(_farewell, pages, visiting)), "s", 5
        )
        time.sleep(wait)
        settle([server])
        left = len(server.kernels()) - len(before)
        yield Row(f"kernels beyond the pool, {wait:.0f} s after closing", [left], "", 0)
        kept = memory([server.process, *server.kernels()]) - start
        yield Row(f"memory beyond the start, {wait:.0f} s after closing", [kept], "MB")


def _visits(kind: str, found: dict[str, list[tuple[float, float]]]) -> Iterator[Row]:
    """Compare visits: what is on the screen, and the whole page with what is below it."""
    for at, how in enumerate(("on the screen", "whole")):
        for name in NAMES if at else OURS:
            yield Row(
                f"{kind} visit, {how}, {NAMES[name]}", [each[at] for each in found[name]], "ms"
            )
    plain, figures = (median(each[1] for each in found[name]) for name in ("plain", "figures"))
    for at, how in enumerate(("on the screen", "whole")):
        ours = median(each[at] for each in found["ours"])
        yield Row(f"{kind} visit, {how}, ours against the plain page", [ours / plain], "×", 1.5)
        row = f"{kind} visit, {how}, FigureWidgets against ours"
        yield Row(row, [figures / ours], "×", 5, at_least=True)


def tables(*, million: bool) -> Iterator[Row]:
    """Time `load` and filters without a page, in processes of their own."""
    script = Path(__file__).with_name("tables.py")
    cases: list[tuple[str, list[str]]] = [("the default case", [])]
    if million:
        cases.append((f"{MILLION:,} positions", [str(MILLION)]))
    for case, size in cases:
        command = [sys.executable, str(script), *size]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        for what, milliseconds in json.loads(answer.stdout).items():
            yield Row(f"{what}, {case}", [milliseconds], "ms")


def _farewell(page: Page, kernel: Process) -> float:
    """Close a tab; give the seconds until its kernel is gone."""
    start = time.monotonic()
    leave(page)
    try:
        kernel.wait(timeout=MOST_SECONDS)
    except TimeoutExpired:
        return math.inf
    return time.monotonic() - start


def main() -> None:
    """Measure, and print each line as soon as it stands."""
    parser = argparse.ArgumentParser(description="How fast the dashboard is.")
    parser.add_argument("--runs", type=int, default=5, help="visits of each kind to each page")
    parser.add_argument("--quick", action="store_true", help="do not wait 60 s after closing")
    parser.add_argument("--million", action="store_true", help="also a case of that many positions")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors; load before: {load:.1f} (other work lengthens all times)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        servers = serve_all(stack, folder)
        chromium = stack.enter_context(sync_playwright()).chromium
        bench = Bench(chromium.launch(executable_path=installed(), args=FLAGS), servers)
        show("Until everything is drawn", bench.visits(arguments.runs))
        show("First visits of all", bench.first_visits())
        show("From a change of the filters to the redraw", bench.redraws())
        show("What a visit moves", bench.traffic())
        show("Memory (unique set size)", bench.memory(wait=0 if arguments.quick else 60))
    show("The tables alone", tables(million=arguments.million))


if __name__ == "__main__":
    main()
