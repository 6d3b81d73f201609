"""Handing one message over: to the address that was looked at, without redirects, reading nothing but a status."""

import http.client
import socket
import ssl
from collections.abc import Mapping

from cercana.api.webhooks.addresses import AddressClosed, Target, pinned

_SECONDS = 10
_TAKEN = range(200, 300)


class _Pinned(http.client.HTTPSConnection):
    """A connection to ``address`` that says, and has proved, the name of the host."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=_SECONDS)
        self._address, self._is_tls = address, target.scheme == "https"
        if not self._is_tls:
            self.default_port = http.client.HTTP_PORT

    def connect(self) -> None:
        """Connect to the address that was looked at, whatever the name means by now."""
        self.sock = socket.create_connection((self._address, self.port), _SECONDS)
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> str:
    """Send ``body`` and return what came of it: "" if it was taken, else a code such as «http.503»."""
    connection: _Pinned | None = None
    try:
        connection = _Pinned(target, pinned(target))
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
