"""An alarm at an open desk: seen and heard within two seconds, muted for oneself; and a push that a browser shows."""

import json
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
# Counts the tones that the page plays, without taking their place.
_COUNT_TONES = """
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) { window.tones += 1; return start.apply(this, given); };
"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "hueco.png"
    Image.new("RGB", (40, 40)).save(path)
    return path


def look(page: Page, name: str) -> None:
    """Let axe look at the page, wide and narrow, and keep a picture of each where one is asked for."""
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        if folder := os.environ.get("TESTS_PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{width}.png")


def test_an_open_desk_shows_and_sounds_an_alarm_until_it_is_muted_or_taken(
    visitor: Callable[[], Page], town: Town, photo: Path
) -> None:
    desk, citizen = visitor(), visitor()
    desk.add_init_script(_COUNT_TONES)
    sign_in(desk, town, MANAGER)
    desk.goto("/mesa/mis-avisos/")
    desk.get_by_role("heading", name="Mis avisos").click()

    number, _code = register(citizen, photo, "gas_electric_risk")

    alarm = desk.get_by_role("alert").filter(has_text=number)
    expect(alarm).to_be_visible(timeout=_AT_ONCE_MS)
    desk.wait_for_function("window.tones > 0")
    look(desk, "mesa-alarma")
    alarm.get_by_role("button", name="Silenciar para mí").click()
    expect(alarm.get_by_role("button", name="Oír las alarmas")).to_be_visible()
    desk.reload()
    expect(alarm.get_by_role("button", name="Oír las alarmas")).to_be_visible()
    assert desk.evaluate("window.tones") == 0

    wall = desk.context.new_page()
    wall.goto("/muro/")
    wall.get_by_role("button", name=f"Me hago cargo del caso {number}").click()
    expect(alarm).to_have_count(0, timeout=_AT_ONCE_MS)


def test_a_push_shows_what_it_brings_and_nothing_else(visitor: Callable[[], Page], town: Town) -> None:
    desk = visitor()
    desk.context.grant_permissions(["notifications"])
    sign_in(desk, town, MANAGER)
    desk.goto("/mesa/mis-avisos/")
    devtools = desk.context.new_cdp_session(desk)
    registered: list[dict[str, str]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: registered.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    desk.evaluate(
        """async () => {
            const { worker, scope } = document.getElementById("equipo").dataset;
            await navigator.serviceWorker.register(worker, { scope });
            await navigator.serviceWorker.ready;
        }"""
    )

    pushed = {
        "title": "Alarma: caso SI-1",
        "body": "Crítico · Obras",
        "link": f"{town.address}/alarma/x",
        "topic": "SI-1",
    }
    devtools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": town.address, "registrationId": registered[-1]["registrationId"], "data": json.dumps(pushed)},
    )
    shown = desk.wait_for_function(
        """async () => {
            const found = await (await navigator.serviceWorker.ready).getNotifications();
            return found.length && found.map(({ title, body, data, tag }) => [title, body, data, tag]);
        }"""
    ).json_value()

    assert shown == [[pushed["title"], pushed["body"], pushed["link"], pushed["topic"]]]
