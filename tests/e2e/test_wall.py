"""The alarm of a critical case, from the portal to the wall in another browser, and who takes charge of it there."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town
from tests.e2e.test_a_claims_way import register, sign_in

MANAGER = "malarcon@sanisidro.example"
_AT_ONCE_MS = 2_000
# It turns stale after five seconds without an answer.
_STALE_MS = 10_000
_SCREENS = ((1440, 900), (1920, 1080))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "hueco.png"
    Image.new("RGB", (40, 40)).save(path)
    return path


def look(page: Page, name: str) -> None:
    """Let axe look at the wall on both screens, and keep a picture of each where one is asked for."""
    for width, height in _SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        if folder := os.environ.get("TESTS_PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{width}.png")


def test_a_critical_case_of_the_portal_rings_on_the_wall_until_somebody_takes_charge(
    visitor: Callable[[], Page], town: Town, photo: Path
) -> None:
    wall, citizen = visitor(), visitor()
    sign_in(wall, town, MANAGER)
    wall.goto("/muro/")
    look(wall, "muro-antes")

    number, _code = register(citizen, photo, "gas_electric_risk")

    button = wall.get_by_role("button", name=f"Me hago cargo del caso {number}")
    expect(button).to_be_visible(timeout=_AT_ONCE_MS)
    expect(wall.locator("#muro-voz")).to_contain_text("Suena", timeout=_AT_ONCE_MS)
    look(wall, "muro-alarma")
    button.click()
    expect(button).to_have_count(0, timeout=_AT_ONCE_MS)
    look(wall, "muro-a-cargo")

    wall.goto(f"/mesa/casos/{number}/")
    expect(wall.locator("#caso-hilo").get_by_text("Suena la alarma, caso crítico")).to_be_visible()
    expect(wall.locator("#caso-hilo").get_by_text("Se hizo cargo desde el muro")).to_be_visible()


def test_the_wall_says_loudly_when_it_is_stale(visitor: Callable[[], Page], town: Town) -> None:
    wall = visitor()
    sign_in(wall, town, MANAGER)
    wall.goto("/muro/")
    expect(wall.locator("#muro-viejo")).to_be_hidden()

    wall.context.set_offline(True)
    expect(wall.locator("#muro-viejo")).to_be_visible(timeout=_STALE_MS)
    expect(wall.locator("#muro-viejo")).to_contain_text("no hay conexión")
    expect(wall.get_by_role("button", name="Imprimir los casos y el protocolo en papel")).to_be_visible()
    wall.emulate_media(media="print")
    expect(wall.get_by_role("heading", name="Sin red, siga estos pasos")).to_be_visible()
    wall.emulate_media(media="screen")
    wall.context.set_offline(False)

    expect(wall.locator("#muro-viejo")).to_be_hidden(timeout=_STALE_MS)


def test_the_wall_keeps_nothing_however_often_it_is_drawn_again(visitor: Callable[[], Page], town: Town) -> None:
    wall = visitor()
    sign_in(wall, town, MANAGER)
    # Without the version it holds, every answer brings the whole wall.
    wall.route("**/muro/", lambda route: route.continue_(headers={**route.request.headers, "if-none-match": ""}))
    wall.goto("/muro/")
    memory = wall.context.new_cdp_session(wall)

    def kept_after(answers: int) -> tuple[int, int]:
        for _ in range(answers):
            with wall.expect_response("**/muro/"):
                pass
        memory.send("HeapProfiler.collectGarbage")
        counted = memory.send("Memory.getDOMCounters")
        return counted["nodes"], counted["jsEventListeners"]

    nodes, listeners = kept_after(4)
    nodes_later, listeners_later = kept_after(8)

    assert nodes_later <= nodes * 1.1
    assert listeners_later <= listeners
