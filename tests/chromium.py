"""The browser of the tests: the one that is installed, else `python tests/chromium.py` gets one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

FLAGS = [
    # Chromium refuses to run as root, as in most containers, with its sandbox.
    "--no-sandbox",
    "--disable-gpu",
    # What Chromium itself asks of the network is no request of the page.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


def installed() -> str | None:
    """Give the path of a browser on this machine, Playwright's own if it has one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def debian_root() -> bool:
    """Tell whether Debian's packages can be installed here."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return bool(shutil.which("apt-get")) and root


def commands() -> list[list[str]]:
    """Give the commands that install a browser here."""
    if debian_root():
        return [
            ["apt-get", "update"],
            ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
        ]
    return [[sys.executable, "-m", "playwright", "install", "chromium"]]


def main() -> int:
    """See to it that there is a browser."""
    if installed():
        return 0
    print("The tests need Chromium; installing it.", flush=True)
    done = all(subprocess.run(command, check=False).returncode == 0 for command in commands())
    if done and installed():
        return 0
    print(
        "Chromium could not be installed. Please install Chromium or Google Chrome so that "
        f"one of {', '.join(NAMES)} is found on the PATH, for example on Debian with "
        "`sudo apt install chromium`, and run `make test` again."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
