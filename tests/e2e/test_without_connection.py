"""A claim written where there is no connection, in a real browser: kept, told truthfully, sent once, followed."""

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Town

STORY = "Quiero que parchen el hueco de la pista de mi cuadra."
NUMBER = re.compile(r"SI-\d{4}-\d{6}-[0-9A-Z]")
DELIVER = "**/casos/nuevo/sin-conexion/enviar/"
_WORKER_READY = "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"


def install(page: Page) -> None:
    """Open the portal with a connection once, as everybody has who kept it as an app."""
    page.goto("/")
    page.wait_for_function(_WORKER_READY)


def write(page: Page, photo: Path | None = None) -> None:
    """Fill in the form of everything at once and send it."""
    expect(page.locator("form[data-ready]")).to_be_visible()
    page.get_by_text("Me atendieron mal", exact=True).click()
    page.locator("#relato").fill(STORY)
    if photo is not None:
        page.locator("#archivos").set_input_files(photo)
        expect(page.get_by_text("vereda.jpg")).to_be_visible()
    page.locator("#lista").select_option("pothole")
    page.locator("#calle").fill("Av. Jorge Basadre")
    page.get_by_text("Ayer", exact=True).click()
    page.locator("input[name=canal][value=none]").check(force=True)
    page.locator("#sin_contacto").fill("No tengo señal.")
    page.get_by_role("button", name="Enviar mi caso").click()
    page.wait_for_url("**/casos/en-este-telefono/")


def test_a_claim_without_connection_waits_truthfully_and_becomes_one_case(
    visitor: Callable[[], Page], town: Town, tmp_path: Path
) -> None:
    photo = tmp_path / "vereda.png"
    Image.effect_noise((2400, 1800), 60).save(photo)
    page = visitor()
    page.set_viewport_size({"width": 390, "height": 844})
    install(page)
    page.context.set_offline(True)

    page.goto("/casos/nuevo/")
    write(page, photo)
    expect(page.get_by_text("Guardado en este teléfono, todavía no enviado")).to_be_visible()
    expect(page.get_by_text(NUMBER)).to_have_count(0)
    page.goto("/")
    expect(page.get_by_text("Tienes un caso en este teléfono, todavía no enviado.")).to_be_visible()

    page.goto("/casos/en-este-telefono/")
    page.context.set_offline(False)
    number = page.get_by_text(NUMBER)
    expect(number).to_be_visible()
    expect(page.get_by_text("Guardado en este teléfono, todavía no enviado")).to_have_count(0)
    expect(page.locator("#lista")).to_contain_text(re.compile("solución|respuesta", re.IGNORECASE))
    said = number.inner_text()
    page.get_by_role("link", name="Ver mi caso").click()
    page.wait_for_url(f"**/casos/{said}/")
    expect(page.locator("aside")).to_contain_text(STORY)
    expect(page.locator("aside .p-adjunto")).to_have_count(1)

    page.context.set_offline(True)
    page.goto(f"/casos/{said}/")
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text("Así estaba el")).to_be_visible()
    page.get_by_role("button", name="Olvidar en este teléfono").click()
    expect(page.get_by_text("En este teléfono no hay ningún caso.")).to_be_visible()
    page.context.set_offline(False)


def test_an_answer_lost_after_the_server_took_the_claim_makes_no_second_case(
    visitor: Callable[[], Page], town: Town
) -> None:
    page = visitor()
    install(page)
    taken: list[str] = []

    def lose_answer(route: Route) -> None:
        if route.request.method == "POST" and not taken:
            taken.append(route.fetch().json()["number"])
            route.abort("connectionreset")
        else:
            route.continue_()

    page.context.route(DELIVER, lose_answer)
    page.goto("/casos/nuevo/sin-conexion/")
    write(page)
    send_again = page.get_by_role("button", name="Enviar ahora")
    expect(send_again.or_(page.get_by_text(NUMBER)).first).to_be_visible()
    if send_again.is_visible():
        send_again.click()

    expect(page.get_by_text(NUMBER)).to_have_text(taken[0])


def test_a_connection_lost_in_the_middle_of_the_steps_loses_nothing(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    install(page)
    page.goto("/casos/nuevo/")
    page.get_by_text("Se están demorando").click()
    page.locator("#relato").fill(STORY)
    page.get_by_role("button", name="Continuar").click()
    page.locator("#lista").select_option("pothole")
    page.locator("#calle").fill("Calle Los Libertadores")
    page.context.set_offline(True)
    page.get_by_role("button", name="Continuar").click()

    expect(page.locator("form[data-ready]")).to_be_visible()
    expect(page.locator("#relato")).to_have_value(STORY)
    expect(page.locator("#calle")).to_have_value("Calle Los Libertadores")
    expect(page.locator("#lista")).to_have_value("pothole")
    expect(page.locator("input[name=tipo][value=delay]")).to_be_checked()
    page.context.set_offline(False)
