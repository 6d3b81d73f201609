import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def paths(resolver: URLResolver, prefix: str = "/") -> list[str]:
    """Return an address for every pattern, with something in the place of each of its parts."""
    found: list[str] = []
    for pattern in resolver.url_patterns:
        route = prefix + "".join(part.split(">")[-1] for part in str(pattern.pattern).replace("^", "").split("<"))
        if isinstance(pattern, URLPattern):
            found.append(route.rstrip("$"))
        else:
            found.extend(paths(pattern, route))
    return found


def policy_of(client: Client, path: str) -> dict[str, list[str]]:
    header = client.get(path)["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in header.split(";"))}


class TestContentPolicy:
    def test_lets_no_page_outside_the_admin_run_what_is_written_into_it(self, client: Client) -> None:
        everywhere = {path for path in paths(get_resolver()) if not path.startswith("/admin/")}

        assert "/cuenta/login/" in everywhere
        for path in everywhere:
            policy = policy_of(client, path)
            assert policy["default-src"] == ["'none'"], path
            assert policy["script-src"] == ["'self'"], path
            assert policy["style-src"] == ["'self'"], path

    def test_grants_the_admin_what_its_library_needs_and_no_more(self, client: Client) -> None:
        policy = policy_of(client, "/admin/")

        assert policy["script-src"] == ["'self'", "'unsafe-eval'"]
        assert policy["style-src"] == ["'self'", "'unsafe-inline'"]
        assert policy["default-src"] == ["'none'"]

    def test_is_not_fooled_by_an_address_that_only_begins_like_the_admin(self, client: Client) -> None:
        assert policy_of(client, "/administrar/")["script-src"] == ["'self'"]


class TestSecurityHeaders:
    def test_are_sent_with_every_page(self, client: Client) -> None:
        answer = client.get("/cuenta/login/")

        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"

    def test_lets_a_map_fetch_from_where_it_is_configured_and_no_other_page(
        self, client: Client, settings: Settings
    ) -> None:
        settings.MAP_ORIGINS = ("https://mapas.example.pe",)

        assert policy_of(client, "/casos/nuevo/donde-y-cuando/")["connect-src"] == [
            "'self'",
            "https://mapas.example.pe",
        ]
        assert policy_of(client, "/static/cercana/map-worker.0123456789ab.js")["connect-src"][1:]
        for path in ("/", "/mesa/", "/casos/seguir/", "/static/cercana/portal.js"):
            assert policy_of(client, path)["connect-src"] == ["'self'"], path

    def test_lets_nobody_fetch_from_elsewhere_without_a_map(self, client: Client) -> None:
        assert policy_of(client, "/casos/nuevo/donde-y-cuando/")["connect-src"] == ["'self'"]
