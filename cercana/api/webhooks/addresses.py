"""
Where webhooks may lead: hosts that the configuration names, at addresses of the open internet.

A name is looked up once, and what was looked at is what is connected to, so that it cannot lead elsewhere meanwhile.
"""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from cercana.api.errors import WebhookRefused
from cercana.couriers.closed_doors import is_of_internet, is_of_this_machine

_HTTPS = 443


class AddressClosed(OSError):
    """The name leads to an inner network, or nowhere."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to send: scheme, host and port as they are written, and the path with its query."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str) -> Target:
    """Return where ``url`` leads; raise WebhookRefused for a host that is not named, or anything but plain https."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise WebhookRefused from error
    host = (parts.hostname or "").rstrip(".").lower()
    schemes = ("https", "http") if settings.MAY_NOTIFY_THIS_MACHINE else ("https",)
    if parts.scheme not in schemes or parts.username is not None or host not in settings.WEBHOOK_HOSTS:
        raise WebhookRefused
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    if any(ord(each) <= ord(" ") for each in path):
        raise WebhookRefused
    return Target(parts.scheme, host, port or (_HTTPS if parts.scheme == "https" else 80), path)


def pinned(target: Target) -> str:
    """Return the address to connect to; raise AddressClosed if any that the name has is not of the open internet."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressClosed("unknown") from error
    addresses = [str(address[0]).partition("%")[0] for *_, address in found]
    if not addresses or not all(is_open(each) for each in addresses):
        raise AddressClosed("closed")
    return addresses[0]


def is_open(address: str) -> bool:
    """Tell whether ``address`` is of the open internet; this machine is open only to gateways that stand on it."""
    if is_of_this_machine(address):
        return bool(settings.MAY_NOTIFY_THIS_MACHINE)
    return is_of_internet(address)
