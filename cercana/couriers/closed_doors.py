"""
Addresses at which no courier knocks, whatever somebody wrote down: this machine, link-local ones, inner networks.

Behind them stand services that trust whoever reaches them: databases, or the metadata of a cloud. What counts is the
address that is connected to, so that neither a name nor a redirect leads there. For what staff wrote down private
networks stay open, since the gateways of a municipality stand in its own.
"""

import ipaddress
import os
import socket
import sys
from collections.abc import Collection
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

_KNOCKING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
# Prefixes of IPv6 that lead on to an address of IPv4 of anybody's choice.
_LEADING_ON = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")


class Doors(StrEnum):
    """How far a courier may go: staff's messages to the neighbours, too, others to the open internet alone."""

    NEIGHBOURS = "neighbours"
    INTERNET = "internet"


class DoorClosed(OSError):
    """A message was aimed at a closed door; libraries treat it as any connection that fails."""


def keep_away(doors: Doors, *, may_reach_here: bool) -> None:
    """
    Have this process never connect to a closed door; the proxies that the environment names stay open.

    ``may_reach_here`` opens this machine, on which a gateway may stand.
    """
    proxies = _proxies()

    def check(event: str, given: tuple[object, ...]) -> None:
        if event in _KNOCKING and is_closed(given[1], doors, proxies, may_reach_here=may_reach_here):
            raise DoorClosed

    sys.addaudithook(check)


def is_closed(
    address: object, doors: Doors, proxies: Collection[tuple[str, int]] = (), *, may_reach_here: bool = False
) -> bool:
    """Tell whether ``address``, as sockets take it, lies beyond ``doors``; a socket in a file is of this machine."""
    if not isinstance(address, tuple):
        return address is not None and not may_reach_here
    host, port = str(address[0]), address[1]
    if (host, port) in proxies:
        return False
    # A name may still stand here, or an address in a spelling of old such as «127.1».
    return any(_lies_beyond(doors, each, may_reach_here) for each in _looked_up(host))


def is_of_internet(address: str) -> bool:
    """Tell whether ``address`` is one of the open internet, and of no network inside."""
    found = _at_last(ipaddress.ip_address(address))
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_of_this_machine(address: str) -> bool:
    """Tell whether ``address`` leads back to this machine."""
    return _at_last(ipaddress.ip_address(address)).is_loopback


def _lies_beyond(doors: Doors, host: str, may_reach_here: bool) -> bool:
    address = host.partition("%")[0]
    if is_of_this_machine(address):
        return not may_reach_here
    if doors is Doors.INTERNET:
        return not is_of_internet(address)
    found = _at_last(ipaddress.ip_address(address))
    return found.is_link_local or found.is_unspecified or found.is_multicast


def _at_last(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return where an address of IPv6 that stands for one of IPv4 leads in the end."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in network for network in _LEADING_ON):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    embedded = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    return embedded or address


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
