"""A reply phrase found, put in and sent by the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in
from tests.e2e.test_two_tabs import write_a_case

REST = "Hasta entonces dejamos una señal para que nadie caiga."


def open_a_case(page: Page, town: Town) -> None:
    """Register a case and open its page."""
    sign_in(page, town, AGENT)
    write_a_case(page)
    page.locator("#phone").press("Control+Enter")
    page.wait_for_url("**registrado=**")
    page.goto(f"/mesa/casos/{page.url.split('registrado=')[1].split('&')[0]}/")


def look_for(page: Page, search: Locator) -> None:
    """Find phrases by their title before all, by the name of their group, and by what the person told."""
    chosen = page.get_by_role("option", selected=True)
    search.fill("bache")
    expect(chosen.locator("b")).to_contain_text("bache", ignore_case=True)
    search.fill("despedida")
    expect(page.get_by_role("group", name="Despedida").get_by_role("option").first).to_be_visible()
    search.fill("hueco muy grande")
    expect(chosen).to_be_visible()
    search.fill("zzz")
    expect(page.get_by_role("option")).to_have_count(0)
    search.fill("")
    expect(page.locator("#frases-lista [role=group]").first).to_contain_text("Saludo")


def test_is_found_put_in_and_sent_by_the_keyboard_alone(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    open_a_case(page, town)
    message = page.locator("#mensaje-text")
    strike(page, "m")
    message.press_sequentially("Buenos días.")

    strike(page, "Alt+f")
    search = page.get_by_role("combobox", name="Buscar")
    expect(search).to_be_focused()
    look_for(page, search)
    search.press_sequentially("bache tapar")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Taparemos el bache")
    search.press("Enter")

    expect(message).to_be_focused()
    expect(message).to_have_value(f"Buenos días. Taparemos el bache el [qué día]. {REST}")
    page.keyboard.type("viernes")
    expect(message).to_have_value(f"Buenos días. Taparemos el bache el viernes. {REST}")
    expect(page.locator("#dichos")).to_contain_text("Falta decir: qué día.")
    strike(page, "Control+Enter")
    expect(page.locator("#caso-hilo")).to_contain_text("Taparemos el bache el viernes.")
