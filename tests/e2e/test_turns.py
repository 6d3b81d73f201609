"""A turn from the kiosk to the receipt, in four browsers: kiosk, waiting-room screen, phone and desk."""

import os
import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in

ADMINISTRATOR = "cespejo@sanisidro.example"
_AT_ONCE_MS = 6_000
_STALE_MS = 20_000
_PHONE, _KIOSK, _TELEVISION, _DESK = (390, 844), (1080, 1920), (1920, 1080), (1440, 900)


def look(page: Page, name: str, *screens: tuple[int, int]) -> None:
    """Let axe look at a page on some screens, and keep a picture of each where one is asked for."""
    for width, height in screens:
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("TESTS_PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{width}.png")


def link_device(admin: Page, kind: str) -> str:
    """Let the administrator make the link of a device, and return it."""
    admin.goto("/mesa/turnos/equipos/")
    form = admin.locator("form", has=admin.locator("#clase-sede_central"))
    form.get_by_label("Qué es").select_option(kind)
    form.get_by_role("button", name="Enlazar un equipo").click()
    return str(admin.locator(".t-enlace a").get_attribute("href"))


def press(page: Page, name: str) -> None:
    """Go to a button by the keyboard alone, press it, and wait for the page it leads to."""
    button = page.get_by_role("button", name=name)
    expect(button).to_be_visible()
    for _ in range(40):
        strike(page, "Tab")
        if button.evaluate("element => element === document.activeElement"):
            with page.expect_navigation():
                strike(page, "Enter")
            return
    raise AssertionError(f"no way to «{name}» by the keyboard")


def sit(desk: Page, window: str) -> None:
    """Take a window, and leave the one held before."""
    desk.goto("/mesa/turnos/")
    leave = desk.get_by_role("button", name="Dejar la ventanilla")
    if leave.count():
        leave.click()
    desk.get_by_role("button", name=f"Sede central, ventanilla {window}").click()
    expect(desk.get_by_role("heading", name=f"Sede central, ventanilla {window}")).to_be_visible()


def take_a_preferential_turn(kiosk: Page) -> str:
    """Take the first turn of the day as an older adult with a document; return the key of its page."""
    look(kiosk, "quiosco-tema", _KIOSK, _PHONE)
    press(kiosk, "Quiero hacer un reclamo")
    look(kiosk, "quiosco-grupo", _KIOSK, _PHONE)
    press(kiosk, "Tengo 60 años o más")
    look(kiosk, "quiosco-documento", _KIOSK, _PHONE)
    kiosk.get_by_label("Número de documento").fill("45678912")
    press(kiosk, "Tomar mi turno")
    expect(kiosk.locator(".k-boleto__n")).to_have_text("P 001")
    look(kiosk, "quiosco-boleto", _KIOSK, _PHONE)
    key = re.search(r"/([0-9a-f-]{36})/", kiosk.url)
    assert key is not None
    return key.group(1)


def register_by_keyboard(desk: Page) -> str:
    """Register what the person who was called tells, and return the number of the case."""
    strike(desk, "Alt+2")
    desk.keyboard.type("Hay un hueco grande en la pista y nadie lo arregla.")
    desk.locator("#place").press_sequentially("Av. Basadre")
    expect(desk.locator("#triaje")).to_contain_text("Aceptar")
    strike(desk, "Alt+a")
    expect(desk.locator("#category")).not_to_have_value("")
    desk.locator("#no_contact_reason").press_sequentially("No tiene teléfono")
    strike(desk, "Control+Enter")
    expect(desk.get_by_role("heading", name="Caso registrado")).to_be_visible()
    return desk.locator(".d-hecho__num .c-numero").inner_text()


def test_a_turn_goes_from_the_kiosk_to_the_call_the_case_and_the_receipt(
    visitor: Callable[[], Page], town: Town
) -> None:
    admin, kiosk, screen, phone, desk = (visitor() for _ in range(5))
    sign_in(admin, town, ADMINISTRATOR)
    sign_in(desk, town, AGENT)
    sit(desk, "3")
    look(desk, "turnos-sin-nadie", _DESK, _PHONE)
    screen.goto(link_device(admin, "screen"))
    look(screen, "turnos-pantalla-vacia", _TELEVISION, _PHONE)
    kiosk.goto(link_device(admin, "kiosk"))

    key = take_a_preferential_turn(kiosk)
    phone.goto(f"/turnos/mi-turno/{key}/")
    expect(phone.get_by_role("status").first).to_contain_text("Eres la siguiente persona.")
    look(phone, "turno-espera", _PHONE)

    # From here on the desk is worked by the keyboard alone.
    desk.goto("/mesa/turnos/")
    strike(desk, "s")
    expect(desk.locator(".t-turno")).to_have_text("P 001")
    expect(screen.locator(".s-llamado .s-turno")).to_have_text("P 001", timeout=_AT_ONCE_MS)
    expect(screen.locator(".s-llamado__lugar")).to_contain_text("3")
    expect(screen.locator("[data-voice]")).to_have_text("Turno P 001, ventanilla 3.")
    look(screen, "turnos-pantalla", _TELEVISION, _PHONE)
    expect(phone.get_by_role("heading", name="Es tu turno")).to_be_visible(timeout=_STALE_MS)
    look(phone, "turno-llamado", _PHONE)
    look(desk, "turnos-llamado", _DESK, _PHONE)
    strike(desk, "r")
    expect(desk.locator(".t-llamado")).to_contain_text("2 llamados")

    strike(desk, "a")
    expect(desk.get_by_role("heading", name="Atender en ventanilla")).to_be_visible()
    expect(desk.locator("#person_query")).to_have_value("45678912")
    expect(desk.locator("#preferential")).to_be_checked()
    number = register_by_keyboard(desk)

    with desk.context.expect_page() as opened:
        strike(desk, "i")
    slip = opened.value
    expect(slip.locator(".k-boleto__caso")).to_have_text(number)
    look(slip, "constancia", _PHONE)
    slip.close()

    strike(desk, "s")
    expect(desk.get_by_text("Nadie espera por ahora.")).to_be_visible()
    expect(desk.get_by_role("link", name=number)).to_be_visible()


def test_a_kiosk_without_a_network_says_where_to_ask(visitor: Callable[[], Page], town: Town) -> None:
    admin, kiosk, desk = visitor(), visitor(), visitor()
    sign_in(admin, town, ADMINISTRATOR)
    sign_in(desk, town, AGENT)
    sit(desk, "4")
    kiosk.goto(link_device(admin, "kiosk"))
    kiosk.context.set_offline(True)
    kiosk.get_by_role("button", name="Tengo una consulta").click()
    expect(kiosk.get_by_text("Sin conexión. Pide tu turno en una ventanilla.")).to_be_visible()
    kiosk.context.set_offline(False)

    kiosk.get_by_role("button", name="Tengo una consulta").click()

    expect(kiosk.get_by_role("heading", name="¿Te corresponde atención preferente?")).to_be_visible()


def test_the_screen_says_since_when_it_is_stale(visitor: Callable[[], Page], town: Town) -> None:
    admin, screen = visitor(), visitor()
    sign_in(admin, town, ADMINISTRATOR)
    screen.goto(link_device(admin, "screen"))
    notice = screen.get_by_text("Sin conexión desde")
    expect(notice).to_be_hidden()

    screen.context.set_offline(True)
    expect(notice).to_be_visible(timeout=_STALE_MS)
    expect(screen.get_by_role("heading", name="Atención preferente")).to_be_visible()
    screen.context.set_offline(False)

    expect(notice).to_be_hidden(timeout=_STALE_MS)
