"""Handing one message over: to the address that was looked at, without redirects, reading nothing but a status."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from cercana.api.webhooks.addresses import AddressClosed, Target, pinned

# How long one step may take, such as the handshake; and all of them, shorter than the claim on a message.
_SECONDS = 10
_PATIENCE = 30.0
_TAKEN = range(200, 300)


class _Pinned(http.client.HTTPSConnection):
    """A connection to ``address`` that says, and has proved, the name of the host."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=_SECONDS)
        self._address, self._is_tls = address, target.scheme == "https"
        self._is_cut = False
        if not self._is_tls:
            self.default_port = http.client.HTTP_PORT

    def connect(self) -> None:
        """Connect to the address that was looked at, whatever the name means by now."""
        self.sock = socket.create_connection((self._address, self.port), _SECONDS)
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    @contextmanager
    def for_at_most(self, seconds: float) -> Iterator[None]:
        """
        End what goes on here after ``seconds``; raise TimeoutError then.

        A receiver that sends a letter at a time would hold us for ever.
        """
        timer = threading.Timer(seconds, self._cut)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        if self._is_cut:
            raise TimeoutError

    def _cut(self) -> None:
        self._is_cut = True
        if self.sock is not None:
            # Below TLS, whose own end would wait for the receiver; and it may have been closed meanwhile.
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def post(target: Target, body: bytes, headers: Mapping[str, str], *, patience: float = _PATIENCE) -> str:
    """
    Send ``body`` and return what came of it: "" if it was taken, else a code such as «http.503».

    It takes no longer than ``patience`` (seconds).
    """
    connection: _Pinned | None = None
    try:
        connection = _Pinned(target, pinned(target))
        connection.connect()
        with connection.for_at_most(patience):
            connection.request("POST", target.path, body, {"Content-Type": "application/json", **headers})
            status = connection.getresponse().status
    except AddressClosed as refusal:
        return f"address.{refusal}"
    except ssl.SSLError:
        return "tls"
    except (OSError, http.client.HTTPException):
        return "unreachable"
    finally:
        if connection is not None:
            connection.close()
    return "" if status in _TAKEN else f"http.{status}"
