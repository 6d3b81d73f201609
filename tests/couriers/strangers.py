"""Services outside, as real servers of this machine: one that answers, and one that never does."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    """One request that a service took: its headers in lower case, and its bytes."""

    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        """Return the body as JSON."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


@dataclass
class Stranger:
    """A service that answers every request with ``status``."""

    address: str = ""
    status: int = 201
    heard: list[Heard] = field(default_factory=list)


@contextmanager
def stranger(status: int = 201, tls: ssl.SSLContext | None = None) -> Iterator[Stranger]:
    """Let a service stand on a port of this machine, behind ``tls`` if it is given."""
    found = Stranger(status=status)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a request."""
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            found.heard.append(Heard(self.path, {name.lower(): each for name, each in self.headers.items()}, body))
            self.send_response(found.status)
            self.end_headers()

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    found.address = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def silence() -> Iterator[str]:
    """Let somebody stand on a port of this machine who takes every connection and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield f"127.0.0.1:{server.getsockname()[1]}"
