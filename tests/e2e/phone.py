"""What somebody does with the portal on a phone: open it once, fill in the form of everything, see what comes of it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

STORY = "Quiero que parchen el hueco de la pista de mi cuadra."
NUMBER = re.compile(r"SI-\d{4}-\d{6}-[0-9A-Z]")
DELIVER = "**/casos/nuevo/sin-conexion/enviar/"
FORM = "/casos/nuevo/sin-conexion/"
ON_PHONE = "/casos/en-este-telefono/"
NOT_SENT = "Guardado en este teléfono, todavía no enviado"
_WORKER_READY = "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"
# As in a browser that knows nothing of it: everything is then sent by the pages.
_NO_BACKGROUND = "self.ServiceWorkerRegistration && delete ServiceWorkerRegistration.prototype.sync"


def install(page: Page, *, has_background: bool = True) -> None:
    """Open the portal with a connection once, as everybody has who kept it as an app."""
    if not has_background:
        page.context.add_init_script(_NO_BACKGROUND)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    page.wait_for_function(_WORKER_READY)


def fill_in(page: Page, story: str = STORY, photo: Path | None = None) -> None:
    """Fill in the form of everything at once."""
    expect(page.locator("form[data-ready]")).to_be_visible()
    page.get_by_text("Me atendieron mal", exact=True).click()
    page.locator("#relato").fill(story)
    if photo is not None:
        page.locator("#archivos").set_input_files(photo)
        expect(page.get_by_text("vereda.jpg")).to_be_visible()
    page.locator("#lista").select_option("pothole")
    page.locator("#calle").fill("Av. Jorge Basadre")
    page.get_by_text("Ayer", exact=True).click()
    page.locator("input[name=canal][value=none]").check(force=True)
    page.locator("#sin_contacto").fill("No tengo señal.")


def send(page: Page) -> None:
    """Press the button of the form and come to where its state is told."""
    page.get_by_role("button", name="Enviar mi caso").click()
    page.wait_for_url(f"**{ON_PHONE}")


def write(page: Page, story: str = STORY, photo: Path | None = None) -> None:
    """Fill in the form of everything at once and send it."""
    fill_in(page, story, photo)
    send(page)


def numbers(page: Page) -> Locator:
    """Return the numbers of the cases that the phone shows."""
    return page.locator("#lista [data-part=number]")


def register(page: Page) -> str:
    """Register a case by the phone with a connection and return its number."""
    page.goto(FORM)
    write(page)
    expect(numbers(page)).to_have_count(1)
    return numbers(page).inner_text()
