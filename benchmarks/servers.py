"""The pages that are compared, each behind a Voila server of its own."""

from __future__ import annotations

import contextlib
import shutil
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

import nbformat
import psutil

ROOT = Path(__file__).parents[1]

#: The page of plain HTML widgets has as many: a headline, the filters' line, six views and more.
HTML_WIDGETS = 12

#: Seconds without work after which a pool is full: Voila waits for two before it fills it again.
QUIET = 3.5

HTML_CELL = f"""\
import ipywidgets as widgets

line = "<p class='bench-line'>A line of HTML</p>"
widgets.VBox([widgets.HTML(line) for _ in range({HTML_WIDGETS})])
"""

FIGURE_WIDGETS_CELL = """\
import ipywidgets as widgets
import plotly.graph_objects as go
from geodash import load
from geodash.charts import CHARTS

case = load()
widgets.VBox([go.FigureWidget(chart.draw(case)) for chart in CHARTS])
"""


@dataclass(frozen=True)
class Server:
    """A Voila server of one notebook.

    Attributes
    ----------
    url
        Address of its page.
    process
        The server; its children are the kernels.
    """

    url: str
    process: psutil.Popen

    def kernels(self) -> list[psutil.Process]:
        """Give the kernels, the oldest first."""
        kernels = []
        for child in self.process.children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if any("ipykernel" in word for word in child.cmdline()):
                    kernels.append(child)
        return sorted(kernels, key=lambda kernel: kernel.create_time())


@contextmanager
def serve(notebook: Path, *options: str) -> Iterator[Server]:
    """Serve a notebook on a free port of this machine until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = ["--Voila.ip=127.0.0.1", f"--Voila.port={port}", "--Voila.port_retries=0"]
    # Voila reads voila.json from the folder in which it is started.
    process = psutil.Popen(
        [sys.executable, "-m", "voila", notebook.name, "--no-browser", *address, *options],
        cwd=notebook.parent,
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Server(f"http://127.0.0.1:{port}/", process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def serve_ours(*options: str) -> AbstractContextManager[Server]:
    """Serve our page as `voila dashboard.ipynb` does."""
    return serve(ROOT / "dashboard.ipynb", *options)


def serve_all(stack: ExitStack, folder: Path) -> dict[str, Server]:
    """Serve our page, with and without a pool of kernels, and the two that it is compared with.

    Parameters
    ----------
    stack
        Ends the servers.
    folder
        An empty folder for notebooks.
    """
    # The plain page has the template and the settings of ours, the other those of Voila.
    plain = _write(folder / "plain" / "plain.ipynb", HTML_CELL)
    shutil.copy(ROOT / "voila.json", plain.parent)
    figures = _write(folder / "figures" / "figures.ipynb", FIGURE_WIDGETS_CELL)
    return {
        "ours": stack.enter_context(serve_ours()),
        "cold": stack.enter_context(serve_ours("--preheat_kernel=False")),
        "plain": stack.enter_context(serve(plain)),
        "figures": stack.enter_context(
            serve(figures, "--template=lab", "--preheat_kernel=True", "--pool_size=1")
        ),
    }


def settle(servers: Iterable[Server]) -> None:
    """Wait until no kernel has come, gone or worked for a while, so that the pools are full."""
    seen: object = None
    since = time.monotonic()
    while time.monotonic() - since < QUIET:
        now = [_work(server) for server in servers]
        if now != seen:
            seen, since = now, time.monotonic()
        time.sleep(0.1)


def memory(processes: Iterable[psutil.Process]) -> float:
    """Give the memory that only these processes hold (unique set size), in MB."""
    return sum(process.memory_full_info().uss for process in processes) / 1e6


def _wait_for(port: int, process: psutil.Popen) -> None:
    while process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Voila ended with code {process.returncode} before it served a page")


def _work(server: Server) -> dict[int, float]:
    """Give the processor time that the server and its kernels have used, in tenths of a second."""
    work = {}
    for process in [server.process, *server.kernels()]:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            work[process.pid] = round(times.user + times.system, 1)
    return work


def _write(path: Path, cell: str) -> Path:
    path.parent.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    nbformat.write(notebook, path)
    return path
