"""Whose X-Forwarded-* headers are believed: those of the proxies that ``CERCANA_TRUSTED_PROXIES`` names."""

import ipaddress
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from cercana.config.environment import Network

_FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


class ProxyMiddleware:
    """
    Make REMOTE_ADDR and the scheme those of the person, if a trusted proxy says them.

    The headers are removed in any case, so that nothing further in can believe a stranger's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusted: tuple[Network, ...] = settings.ENVIRONMENT.trusted_proxies

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer ``request`` as the person's own."""
        said = {name: str(request.META.pop(name, "")) for name in _FORWARDED}
        peer = str(request.META.get("REMOTE_ADDR", ""))
        if _is_among(peer, self.trusted):
            hops = [hop.strip() for hop in said["HTTP_X_FORWARDED_FOR"].split(",") if hop.strip()]
            request.META["REMOTE_ADDR"] = client_of(hops, peer, self.trusted)
            if said["HTTP_X_FORWARDED_PROTO"] == "https":
                request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


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
