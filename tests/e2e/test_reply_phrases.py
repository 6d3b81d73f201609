"""A reply phrase found, put in and sent by the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town
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


def test_is_found_put_in_and_sent_by_the_keyboard_alone(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    open_a_case(page, town)
    message = page.locator("#mensaje-text")
    page.keyboard.press("m")
    message.press_sequentially("Buenos días.")

    page.keyboard.press("Alt+f")
    search = page.get_by_role("combobox", name="Buscar")
    expect(search).to_be_focused()
    search.press_sequentially("bache tapar")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Taparemos el bache")
    search.press("Enter")

    expect(message).to_be_focused()
    expect(message).to_have_value(f"Buenos días. Taparemos el bache el [qué día]. {REST}")
    page.keyboard.type("viernes")
    expect(message).to_have_value(f"Buenos días. Taparemos el bache el viernes. {REST}")
    expect(page.locator("#dichos")).to_contain_text("Falta decir: qué día.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#caso-hilo")).to_contain_text("Taparemos el bache el viernes.")
