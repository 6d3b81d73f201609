import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from cercana.config.environment import UNDECLARED_PROXY, read_environment
from cercana.config.proxies import ProxyMiddleware

pytestmark = pytest.mark.django_db
_PROXY = "10.1.1.1"


def seen(settings: Settings, *, peer: str = _PROXY, trusted: str = "10.0.0.0/8", **headers: str) -> HttpRequest:
    """Return the request as a view sees it."""
    settings.ENVIRONMENT = read_environment({"CERCANA_TRUSTED_PROXIES": trusted})
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={k.replace("_", "-"): v for k, v in headers.items()})
    ProxyMiddleware(lambda _request: HttpResponse())(request)
    return request


class TestProxyMiddleware:
    def test_believes_a_trusted_proxy(self, settings: Settings) -> None:
        request = seen(settings, x_forwarded_for="203.0.113.9", x_forwarded_proto="https")

        assert request.META["REMOTE_ADDR"] == "203.0.113.9"
        assert request.is_secure()

    def test_does_not_believe_a_stranger(self, settings: Settings) -> None:
        request = seen(settings, peer="198.51.100.2", x_forwarded_for="127.0.0.1", x_forwarded_proto="https")

        assert request.META["REMOTE_ADDR"] == "198.51.100.2"
        assert not request.is_secure()

    def test_takes_the_nearest_address_that_is_no_proxy(self, settings: Settings) -> None:
        request = seen(settings, x_forwarded_for="127.0.0.1, 203.0.113.9, 10.2.2.2")

        assert request.META["REMOTE_ADDR"] == "203.0.113.9"

    def test_stops_at_what_is_no_address(self, settings: Settings) -> None:
        assert seen(settings, x_forwarded_for="203.0.113.9, <script>").META["REMOTE_ADDR"] == _PROXY

    def test_leaves_no_header_that_somebody_further_in_could_believe(self, settings: Settings) -> None:
        request = seen(
            settings, x_forwarded_for="203.0.113.9", x_forwarded_host="evil.example", x_real_ip="1.1.1.1", forwarded="x"
        )

        assert not [name for name in request.META if "FORWARDED" in name or "REAL_IP" in name]

    @pytest.mark.parametrize(
        ("peer", "trusted", "is_noted"),
        [("10.1.1.1", "", True), ("10.1.1.1", "10.0.0.0/8", False), ("203.0.113.7", "", False), ("::1", "", True)],
    )
    def test_notes_a_proxy_nearby_that_nobody_declared(
        self, settings: Settings, peer: str, trusted: str, is_noted: bool
    ) -> None:
        seen(settings, peer=peer, trusted=trusted, x_forwarded_for="203.0.113.9")

        assert cache.get(f"{UNDECLARED_PROXY}{peer}", False) is is_noted

    def test_trusts_nobody_without_being_told(self, settings: Settings) -> None:
        assert seen(settings, trusted="", x_forwarded_for="203.0.113.9").META["REMOTE_ADDR"] == _PROXY
