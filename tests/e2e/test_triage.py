"""Triage in front of people: the notice while one writes, the suggestion while one is attended."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in

GAS = "Buenas tardes. Huele a gas en mi edificio y nadie ha venido."
HARMLESS = "Quisiera saber el horario de la piscina municipal."


def test_whoever_writes_of_danger_is_told_whom_to_call_and_goes_on(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    page.goto("/casos/nuevo/")
    notice = page.locator("[data-danger]")

    page.locator("#relato").fill(GAS)
    expect(notice.locator("mark")).to_have_text("Huele a gas")
    expect(page.locator("#relato")).to_be_focused()

    page.locator("#relato").fill(HARMLESS)
    expect(notice).to_be_empty()


def test_an_agent_accepts_by_one_key_and_corrects_by_another(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    sign_in(page, town, AGENT)
    page.goto("/mesa/atender/")
    page.locator("#description").fill(GAS)
    expect(page.locator("#triaje mark").first).to_have_text("Huele a gas")
    expect(page.locator(".d-espejo mark").first).to_have_text("Huele a gas")

    strike(page, "Alt+A")
    expect(page.locator("#class_")).to_have_value("critical")
    expect(page.locator("#type")).not_to_have_value("")
    expect(page.locator("#triaje")).to_contain_text("Así está en el formulario.")

    strike(page, "Alt+C")
    expect(page.locator("#type")).to_be_focused()
    page.locator("#type").select_option("delay")
    expect(page.locator("#triaje")).to_contain_text("Aceptar")


def test_the_form_says_so_where_triage_cannot_be_had(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    sign_in(page, town, AGENT)
    page.route("**/mesa/atender/triaje/", lambda route: route.abort())
    page.goto("/mesa/atender/")

    page.locator("#description").fill(GAS)

    expect(page.locator("#triaje")).to_contain_text("El triaje no está disponible.")
    expect(page.locator("#class_")).to_be_enabled()
