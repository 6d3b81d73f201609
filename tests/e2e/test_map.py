"""Marking a place on a map of tiles, where one is configured: what is fetched, and what its policy lets through."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.command_line.installation import Installation, copied
from tests.e2e.conftest import Town
from tests.e2e.test_plan import to_the_place

STYLE = {
    "version": 8,
    "sources": {"calles": {"type": "vector", "tiles": ["https://teselas.example.pe/{z}/{x}/{y}.pbf"], "maxzoom": 14}},
    "layers": [
        {"id": "fondo", "type": "background", "paint": {"background-color": "#eeeeee"}},
        {"id": "calles", "type": "line", "source": "calles", "source-layer": "calles"},
    ],
}
OPEN = {"Access-Control-Allow-Origin": "*"}


@pytest.fixture(scope="module")
def town(installed: Installation) -> Iterator[Town]:
    """Start a municipality that has a map of tiles."""
    with copied(installed) as installation, installation.database() as url:
        done = installation.cercana("demo", "base", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        source = {
            "CERCANA_MAP_STYLE": "https://mapas.example.pe/estilo.json",
            "CERCANA_MAP_HOSTS": "teselas.example.pe",
        }
        installation.start("serve", DATABASE_URL=url, **source)
        yield Town(f"http://127.0.0.1:{installation.port}", "")
        installation.close()


def test_a_place_is_marked_on_the_map_of_tiles(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    fetched: list[str] = []

    def answer(route: Route) -> None:
        fetched.append(route.request.url)
        is_style = route.request.url.endswith(".json")
        route.fulfill(status=200, headers=OPEN, body=json.dumps(STYLE) if is_style else b"")

    page.context.route(re.compile(r"https://(mapas|teselas)\.example\.pe/"), answer)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    to_the_place(page, "Marcarlo en un mapa")
    assert not any("/map" in each for each in [*fetched, *loaded])

    page.get_by_text("Marcarlo en un mapa").click()
    page.locator(".maplibregl-ctrl-zoom-in").wait_for()
    drawn = page.locator("[data-place-of-map] canvas")
    drawn.click(position={"x": 200, "y": 200})
    expect(page.locator("#punto")).to_have_value(re.compile(r"^-12\.\d{5},-77\.\d{5}$"))
    expect(page.locator(".maplibregl-marker")).to_be_visible()
    assert any("teselas.example.pe" in each for each in fetched)


def test_a_map_that_cannot_be_had_leaves_the_plan(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    page.context.route(re.compile(r"https://mapas\.example\.pe/"), lambda route: route.abort())
    to_the_place(page, "Marcarlo en un mapa")

    page.get_by_text("Marcarlo en un mapa").click()

    expect(page.get_by_role("button", name="Plano del distrito")).to_be_visible()
