"""Real servers for the tests, each on a free port of this machine."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import STDOUT
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
from playwright.sync_api import Locator, Page

from geodash.charts import CHARTS

ROOT = Path(__file__).parents[1]

#: In the page: whether every chart is drawn.
DRAWN = f"document.querySelectorAll('.gd-chart[data-drawn]').length === {len(CHARTS)}"

#: Seconds for what takes a few: the machine may be busy with other things.
PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A server that runs.

    Attributes
    ----------
    url
        Where its page is.
    process
        The server; its children are the kernels.
    log
        File with all that it prints.
    """

    url: str
    process: psutil.Popen
    log: Path

    def has_kernel(self, kernel: str) -> bool:
        """Ask whether a kernel, given by its id, still runs."""
        try:
            with urlopen(f"{self.url}api/kernels/{kernel}"):
                return True
        except HTTPError as error:
            if error.code != 404:
                raise
            return False

    def kernels(self, kernel: str = "") -> list[psutil.Process]:
        """Give the processes that are kernels, or the one of this id."""
        found = []
        for child in self.process.children():
            with contextlib.suppress(psutil.NoSuchProcess):
                command = " ".join(child.cmdline())
                if "ipykernel" in command and kernel in command:
                    found.append(child)
        return found

    def end_kernel(self, kernel: str) -> None:
        """End a kernel under its page."""
        token = "0" * 32
        asked = Request(
            f"{self.url}voila/api/shutdown/{kernel}",
            data=f"_xsrf={token}".encode(),
            headers={"Cookie": f"_xsrf={token}"},
        )
        urlopen(asked).close()


def free_port() -> int:
    """Give a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], port: int, log: Path, **settings: object) -> Iterator[Server]:
    """Run a server until the block ends.

    Parameters
    ----------
    command
        What to run.
    port
        Where it will listen.
    log
        File for all that it prints.
    **settings
        As for `subprocess.Popen`: `cwd`, `env`.
    """
    with log.open("w") as out:
        process = psutil.Popen(command, stdout=out, stderr=STDOUT, **settings)
    try:
        wait_until(lambda: _listens(port) or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield Server(f"http://127.0.0.1:{port}/", process, log)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@contextmanager
def voila(
    notebook: Path, log: Path, *options: str, case: str = "", python: object = sys.executable
) -> Iterator[Server]:
    """Serve a notebook as `voila notebook.ipynb` does in the folder of the notebook."""
    port = free_port()
    # Voila would move to another port if this one were taken, and say so only in its log.
    address = [f"--Voila.port={port}", "--Voila.port_retries=0"]
    command = [str(python), "-m", "voila", notebook.name, *address, *options]
    env = {**os.environ, "GEODASH_CASE": case}
    with running(command, port, log, cwd=notebook.parent, env=env) as server:
        yield server


def write_notebook(folder: Path, code: str) -> Path:
    """Write a notebook of one cell, with the dashboard's voila.json beside it."""
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": []}
    notebook = {
        "cells": [{**cell, "source": code}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = folder / "small.ipynb"
    path.write_text(json.dumps(notebook))
    (folder / "voila.json").write_text((ROOT / "voila.json").read_text())
    return path


def wait_until(condition: object, *, seconds: float = PATIENCE) -> None:
    """Wait for a condition, a function without arguments, to hold.

    Raises
    ------
    AssertionError
        If it does not hold in time.
    """
    assert callable(condition)
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, f"not within {seconds} seconds"
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def visit(page: Page, url: str) -> Page:
    """Open the dashboard and wait until every chart is drawn."""
    page.goto(url)
    page.wait_for_function(DRAWN)
    return page


def card(page: Page, heading: str) -> Locator:
    """Find the card of a view."""
    return page.locator(".gd-card").filter(has=page.get_by_role("heading", name=heading))
