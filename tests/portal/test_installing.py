"""What a phone needs to keep the portal as an app."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from tests.portal.walking import page


@pytest.fixture
def manifest(client: Client) -> dict[str, object]:
    """The description of the app as a phone reads it."""
    answer = client.get("/app.webmanifest", headers={"Accept-Language": "en"})
    assert answer["Content-Type"] == "application/manifest+json"
    found: dict[str, object] = json.loads(answer.content)
    return found


class TestTheManifest:
    def test_names_the_municipality_in_spanish_whoever_asks(self, manifest: dict[str, object]) -> None:
        house = import_module("cercana.organization.queries").municipality().short_name

        assert manifest["name"] == f"Cercana · {house}"
        assert manifest["lang"] == "es-PE"
        assert "reclamo" in str(manifest["description"])

    @pytest.mark.parametrize("part", ["icons", "screenshots"])
    def test_shows_pictures_of_the_size_it_says(self, manifest: dict[str, object], part: str) -> None:
        pictures = manifest[part]
        assert isinstance(pictures, list)
        for each in pictures:
            found = finders.find(each["src"].removeprefix("/static/"))
            assert isinstance(found, str), each["src"]
            with Image.open(Path(found)) as picture:
                assert "x".join(map(str, picture.size)) == each["sizes"]
        purposes = {each.get("purpose") for each in pictures}
        assert purposes == ({"any", "maskable"} if part == "icons" else {None})

    def test_has_shortcuts_to_pages_that_are_there(self, client: Client, manifest: dict[str, object]) -> None:
        shortcuts = manifest["shortcuts"]
        assert isinstance(shortcuts, list)
        assert all(client.get(each["url"]).status_code == 200 for each in shortcuts)

    def test_is_named_by_the_pages_of_the_portal(self, client: Client) -> None:
        assert '<link rel="manifest" href="/app.webmanifest">' in page(client, "/")


class TestTheServiceWorker:
    def test_keeps_pages_that_say_nothing_of_anybody(self, client: Client) -> None:
        answer = client.get("/servicio.js")
        head, _, script = answer.content.decode().partition("\n")

        assert answer["Content-Type"] == "text/javascript"
        assert answer["Cache-Control"] == "no-cache"
        assert all(f" {page}" in f" {head}" for page in ("/sin-conexion/", "/casos/nuevo/sin-conexion/"))
        assert script

    def test_has_a_page_for_no_connection_with_the_phone_of_the_municipality(self, client: Client) -> None:
        html = page(client, "/sin-conexion/")

        assert "No hay conexión" in html
        assert "tel:" in html
