"""A gateway of text messages: a real HTTP server that keeps what it takes, and may refuse, stay silent or hang up."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Taken:
    """One request: where it went, its headers and its body."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> dict[str, str]:
        """The body as JSON."""
        return dict(json.loads(self.body))


@dataclass
class Gateway:
    """What a gateway took; ``answers`` are its next statuses, then 200. Status 0 hangs up without a word."""

    address: str
    taken: list[Taken] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    """Run a gateway on this machine."""
    gateway = Gateway("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            gateway.taken.append(Taken(self.path, dict(self.headers), body))
            status = gateway.answers.pop(0) if gateway.answers else 200
            if status:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            self.close_connection = True

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.address = f"http://127.0.0.1:{server.server_port}/sms"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
