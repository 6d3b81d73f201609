"""
Addresses at which no courier knocks, whatever staff wrote down: this machine, and link-local ones.

Behind them stand services that trust whoever reaches them: databases, or the metadata of a cloud. What counts is the
address that is connected to, so that neither a name nor a redirect leads there. Private networks stay open, since the
gateways of a municipality stand in its own.
"""

import ipaddress
import os
import socket
import sys
from collections.abc import Collection
from urllib.parse import urlsplit

_KNOCKING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")


class DoorClosed(OSError):
    """A message was aimed at this machine; libraries treat it as any connection that fails."""


def keep_away() -> None:
    """Have this process never connect to a closed door; the proxies that the environment names stay open."""
    proxies = _proxies()

    def check(event: str, given: tuple[object, ...]) -> None:
        if event in _KNOCKING and is_closed(given[1], proxies):
            raise DoorClosed

    sys.addaudithook(check)


def is_closed(address: object, proxies: Collection[tuple[str, int]] = ()) -> bool:
    """Tell whether ``address``, as sockets take it, is of this machine or link-local; a socket in a file is, too."""
    if not isinstance(address, tuple):
        return address is not None
    host, port = str(address[0]), address[1]
    if (host, port) in proxies:
        return False
    # A name may still stand here, or an address in a spelling of old such as «127.1».
    return any(_is_near(each) for each in _looked_up(host))


def _is_near(host: str) -> bool:
    found = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast


def _looked_up(host: str) -> list[str]:
    """Return the addresses of ``host``; none if it has none, so that connecting fails by itself."""
    try:
        return [str(address[0]) for *_, address in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except OSError:
        return []


def _proxies() -> frozenset[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for parts in (urlsplit(os.environ[name]) for name in _PROXIES if os.environ.get(name)):
        try:
            known = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
        except (OSError, ValueError):
            continue
        found |= {(str(address[0]), int(address[1])) for *_, address in known}
    return frozenset(found)
