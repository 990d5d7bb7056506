"""A way to a server that counts what passes, as it stands on the wire."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import BaseRequestHandler, ThreadingTCPServer

#: Bytes taken at a time.
PIECE = 65_536


@dataclass
class Wire:
    """Bytes that pass between browser and server.

    Compressed frames count as they travel, and headers count too; what the browser's own tools
    tell of a websocket is its contents after unpacking.

    Attributes
    ----------
    url
        Address of the server by way of the counter.
    http, socket
        Bytes both ways, over connections of plain HTTP and of websockets.
    """

    url: str = ""
    http: int = 0
    socket: int = 0


@contextmanager
def counted(port: int) -> Iterator[Wire]:
    """Count what passes to and from a port of this machine until the block ends."""
    wire, lock = Wire(), threading.Lock()

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            first = self.request.recv(PIECE)
            kind = "socket" if b"upgrade: websocket" in first.lower() else "http"

            def add(piece: bytes) -> None:
                with lock:
                    setattr(wire, kind, getattr(wire, kind) + len(piece))

            def pump(source: socket.socket, target: socket.socket) -> None:
                # Either side may end the connection at any time.
                with contextlib.suppress(OSError):
                    while piece := source.recv(PIECE):
                        add(piece)
                        target.sendall(piece)
                    target.shutdown(socket.SHUT_WR)

            with socket.create_connection(("127.0.0.1", port)) as server:
                add(first)
                server.sendall(first)
                back = threading.Thread(target=pump, args=(server, self.request))
                back.start()
                pump(self.request, server)
                back.join()

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as counter:
        # A browser keeps its connections open for as long as it runs.
        counter.daemon_threads = True
        wire.url = f"http://127.0.0.1:{counter.server_address[1]}/"
        threading.Thread(target=counter.serve_forever, daemon=True).start()
        yield wire
        counter.shutdown()
