"""Whose X-Forwarded-* headers are believed: those of the proxies that ``CERCANA_TRUSTED_PROXIES`` names."""

import ipaddress
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponseBase

from cercana.config.environment import UNDECLARED_PROXY, Network

_FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)
# Where a proxy of one's own stands; from anywhere else the header is a stranger's whim.
_NEAR = tuple(
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10")
)
_NOTED_SECONDS = 60 * 60


class ProxyMiddleware:
    """
    Make REMOTE_ADDR and the scheme those of the person, if a trusted proxy says them.

    The headers are removed in any case, so that nothing further in can believe a stranger's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusted: tuple[Network, ...] = settings.ENVIRONMENT.trusted_proxies
        self._next_note = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer ``request`` as the person's own."""
        said = {name: str(request.META.pop(name, "")) for name in _FORWARDED}
        peer = str(request.META.get("REMOTE_ADDR", ""))
        if _is_among(peer, self.trusted):
            hops = [hop.strip() for hop in said["HTTP_X_FORWARDED_FOR"].split(",") if hop.strip()]
            request.META["REMOTE_ADDR"] = client_of(hops, peer, self.trusted)
            if said["HTTP_X_FORWARDED_PROTO"] == "https":
                request.META["wsgi.url_scheme"] = "https"
        elif said["HTTP_X_FORWARDED_FOR"] and _is_among(peer, _NEAR):
            self._note(peer)
        return self.get_response(request)

    def _note(self, peer: str) -> None:
        """Keep for an hour, for «cercana doctor», that ``peer`` may be a proxy that nobody declared."""
        if monotonic() < self._next_note:
            return
        self._next_note = monotonic() + _NOTED_SECONDS / 2
        # A page that needs no database is answered without one.
        with suppress(DatabaseError):
            cache.set(f"{UNDECLARED_PROXY}{peer}", True, timeout=_NOTED_SECONDS)


def client_of(hops: Sequence[str], peer: str, trusted: Sequence[Network]) -> str:
    """Return the nearest address that is not a trusted proxy; further ones can be invented by whoever calls."""
    client = peer
    for hop in reversed(hops):
        if _parse(hop) is None:
            break
        client = hop
        if not _is_among(hop, trusted):
            break
    return client


def _is_among(text: str, networks: Sequence[Network]) -> bool:
    address = _parse(text)
    return address is not None and any(address in network for network in networks)


def _parse(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
