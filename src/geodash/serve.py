"""Serve a case as a dashboard, with Voila."""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path

from geodash.case import load

HOST = "127.0.0.1"
PORT = 8866
LAST_PORT = 65535

#: How many ports are tried, counting up from the one that was asked for.
TRIES = 50


def serve(case: str | Path | None = None, *, port: int = PORT) -> int:
    """Serve a case until the process is stopped.

    Parameters
    ----------
    case
        Folder of the case; the default case if none is given.
    port
        Where to serve; the next free port is used if it is taken.

    Returns
    -------
    int
        Exit code for the command line: 1 if no port was free.

    Raises
    ------
    CaseError
        If the case cannot be loaded; nothing is served then.
    """
    # Voila takes a second to import, too long for the other commands.
    from tornado.ioloop import IOLoop
    from voila.app import Voila

    shown = load(case)
    # The notebook reads the name of the case here; its kernels run in a folder of their own.
    os.environ["GEODASH_CASE"] = str(shown.path.resolve())
    try:
        free = free_port(port)
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    folder = notebook_folder()
    app = Voila.instance(config_file_paths=[str(folder)], log_level="ERROR")
    app.initialize(
        [
            str(folder / "dashboard.ipynb"),
            f"--Voila.ip={HOST}",
            f"--Voila.port={free}",
            # Voila's own search would come too late: preheated kernels are told the port first.
            "--Voila.port_retries=0",
            "--no-browser",
        ]
    )
    # These report every lost visit; what concerns whoever serves comes from Voila's own log.
    for name in ("tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.ERROR)
    if free != port:
        print(f"Port {port} is taken; the next free one is {free}.")
    # Runs as soon as the server listens.
    IOLoop.current().add_callback(
        print, f"{shown.title}\nis at http://{HOST}:{free}/ (Ctrl+C ends it)", flush=True
    )
    app.start()
    return 0


def notebook_folder() -> Path:
    """Give the folder of dashboard.ipynb and voila.json."""
    package = Path(__file__).parent
    installed = package / "notebook"
    # In a checkout they stand at the top of the repository.
    return installed if installed.is_dir() else package.parents[1]


def free_port(port: int) -> int:
    """Give the first free port from this one on.

    Raises
    ------
    OSError
        If none of the next ports is free.
    """
    last = min(port + TRIES, LAST_PORT + 1) - 1
    for candidate in range(port, last + 1):
        with socket.socket() as probe:
            if os.name == "posix":
                # As the server does, so that a port whose last visit has just ended is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, candidate))
            except OSError:
                continue
            return candidate
    raise OSError(f"no port from {port} to {last} is free; name another with --port")
