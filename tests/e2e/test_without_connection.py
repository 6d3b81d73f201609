"""A claim written where there is no connection, in a real browser: kept, told truthfully, sent once."""

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Town
from tests.e2e.phone import (
    DELIVER,
    FORM,
    NOT_SENT,
    ON_PHONE,
    STORY,
    fill_in,
    install,
    numbers,
    send,
    write,
)

_ANOTHER = "Quiero que poden el árbol de la esquina de mi casa."
# Every browser says it so; how much room it gives cannot be told to it from outside in a lasting way.
_NO_ROOM = """() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError") };
  self.restoreRoom = () => { IDBObjectStore.prototype.put = put };
}"""
_LEAVE_WHILE_SENDING = """() => {
  const form = document.getElementById("paso");
  form.dispatchEvent(new Event("input"));
  form.requestSubmit();
  dispatchEvent(new Event("pagehide"));
}"""
_PHOTOS_THAT_WAIT = """async () => {
  const settled = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const database = await settled(indexedDB.open("cercana"));
  const waiting = await settled(database.transaction("pendientes").objectStore("pendientes").getAll());
  return waiting.map(({ files }) => files.map(({ name }) => name));
}"""
_SHARE = """() => {
  const form = Object.assign(document.createElement("form"), {
    method: "post", action: "/casos/nuevo/compartir/", enctype: "multipart/form-data" });
  form.append(Object.assign(document.createElement("input"), { name: "texto", value: "Mira este hueco." }));
  document.body.append(form);
  form.submit();
}"""


def write_in_steps(page: Page) -> None:
    """Write with a connection, in the steps of the registration, up to where it is."""
    page.goto("/casos/nuevo/")
    page.get_by_text("Se están demorando").click()
    page.locator("#relato").fill(STORY)
    page.get_by_role("button", name="Continuar").click()
    page.locator("#lista").select_option("pothole")
    page.locator("#calle").fill("Calle Los Libertadores")


class TestWithoutConnection:
    def test_a_claim_waits_truthfully_and_becomes_one_case(
        self, visitor: Callable[[], Page], town: Town, tmp_path: Path
    ) -> None:
        photo = tmp_path / "vereda.png"
        Image.effect_noise((2400, 1800), 60).save(photo)
        page = visitor()
        install(page)
        page.context.set_offline(True)

        page.goto("/casos/nuevo/")
        write(page, photo=photo)
        expect(page.get_by_text(NOT_SENT)).to_be_visible()
        expect(numbers(page)).to_have_count(0)
        page.goto("/")
        expect(page.get_by_text("Tienes un caso en este teléfono, todavía no enviado.")).to_be_visible()

        page.goto(ON_PHONE)
        page.context.set_offline(False)
        expect(numbers(page)).to_have_count(1)
        expect(page.get_by_text(NOT_SENT)).to_have_count(0)
        expect(page.locator("#lista")).to_contain_text(re.compile("solución|respuesta", re.IGNORECASE))
        said = numbers(page).inner_text()
        page.get_by_role("link", name="Ver mi caso").click()
        page.wait_for_url(f"**/casos/{said}/")
        expect(page.locator("aside")).to_contain_text(STORY)
        expect(page.locator("aside .p-adjunto")).to_have_count(1)

    def test_what_is_sent_leaves_no_draft_behind(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        page.goto(FORM)
        fill_in(page)

        page.evaluate(_LEAVE_WHILE_SENDING)

        page.wait_for_url(f"**{ON_PHONE}")
        expect(numbers(page)).to_have_count(1)
        expect(page.get_by_role("heading", name="Sin terminar")).to_have_count(0)

    def test_a_photo_goes_along_though_it_was_still_being_made_smaller(
        self, visitor: Callable[[], Page], town: Town, tmp_path: Path
    ) -> None:
        photo = tmp_path / "vereda.png"
        Image.effect_noise((2400, 1800), 60).save(photo)
        page = visitor()
        install(page)
        page.context.set_offline(True)
        page.goto(FORM)
        fill_in(page)

        page.locator("#archivos").set_input_files(photo)
        page.locator("#paso").evaluate("form => form.requestSubmit()")

        page.wait_for_url(f"**{ON_PHONE}")
        assert page.evaluate(_PHOTOS_THAT_WAIT) == [["vereda.jpg"]]

    def test_two_claims_become_two_cases(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        page.context.set_offline(True)
        for story in (STORY, _ANOTHER):
            page.goto("/casos/nuevo/")
            write(page, story)
        expect(page.get_by_text(NOT_SENT)).to_have_count(2)

        page.context.set_offline(False)

        expect(numbers(page)).to_have_count(2)
        assert len(set(numbers(page).all_inner_texts())) == 2

    def test_a_claim_is_sent_after_every_cookie_is_gone(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        page.context.set_offline(True)
        page.goto(FORM)
        write(page)
        page.context.clear_cookies()

        page.context.set_offline(False)

        expect(numbers(page)).to_have_count(1)

    def test_what_the_person_changes_is_what_is_sent(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        page.context.set_offline(True)
        page.goto(FORM)
        write(page)
        page.get_by_role("button", name="Cambiar").click()
        expect(page.locator("#relato")).to_have_value(STORY)
        page.locator("#relato").fill(_ANOTHER)
        send(page)
        expect(page.get_by_text(NOT_SENT)).to_have_count(1)

        page.context.set_offline(False)
        expect(numbers(page)).to_have_count(1)
        page.get_by_role("link", name="Ver mi caso").click()
        expect(page.locator("aside")).to_contain_text(_ANOTHER)

    def test_a_connection_lost_in_the_middle_of_the_steps_loses_nothing(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page)
        write_in_steps(page)
        page.context.set_offline(True)
        page.get_by_role("button", name="Continuar").click()

        expect(page.locator("form[data-ready]")).to_be_visible()
        expect(page.locator("#relato")).to_have_value(STORY)
        expect(page.locator("#calle")).to_have_value("Calle Los Libertadores")
        expect(page.locator("#lista")).to_have_value("pothole")
        expect(page.locator("input[name=tipo][value=delay]")).to_be_checked()

    def test_the_form_speaks_the_language_that_was_chosen(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        spoken = (
            f"() => caches.match('{FORM}').then((kept) => kept.text()).then((text) => text.includes('lang=\"en\"'))"
        )
        page.wait_for_function(spoken)
        page.context.set_offline(True)

        page.goto("/casos/nuevo/")

        expect(page.get_by_role("heading", name="Tell us what happened")).to_be_visible()

    def test_what_another_app_shares_is_added_to_what_was_written(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page)
        page.goto(FORM)
        fill_in(page)
        page.goto("/")
        page.context.set_offline(True)

        page.evaluate(_SHARE)

        page.wait_for_url(f"**{FORM}")
        expect(page.locator("#relato")).to_have_value(f"{STORY}\nMira este hueco.")


class TestWhenSendingBreaks:
    def test_an_answer_lost_after_the_server_took_the_claim_makes_no_second_case(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page, has_background=False)
        taken: list[str] = []

        def lose_answer(route: Route) -> None:
            if route.request.method == "POST" and not taken:
                taken.append(route.fetch().json()["number"])
                route.abort("connectionreset")
            else:
                route.continue_()

        page.context.route(DELIVER, lose_answer)
        page.goto(FORM)
        write(page)
        expect(page.get_by_text("Enviado, sin confirmar")).to_be_visible()
        expect(page.get_by_role("button", name="Cambiar")).to_have_count(0)
        page.get_by_role("button", name="Preguntar ahora").click()

        expect(numbers(page)).to_have_text(taken)

    def test_a_page_closed_in_the_middle_of_sending_makes_one_case(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page, has_background=False)
        taken: list[str] = []

        def hold(route: Route) -> None:
            # The server has it, and the phone never hears of it.
            if route.request.method == "POST" and not taken:
                taken.append(route.fetch().json()["number"])
            elif route.request.method != "POST":
                route.continue_()

        page.context.route(DELIVER, hold)
        page.goto(FORM)
        write(page)
        expect(page.get_by_text("Enviando…")).to_be_visible()
        expect(page.get_by_role("button", name="Borrar de este teléfono")).to_have_count(0)
        another = page.context.new_page()
        page.wait_for_function("() => navigator.locks.query().then(({ held }) => held.length)")
        page.close()
        another.context.unroute(DELIVER)
        another.goto(ON_PHONE)

        expect(numbers(another)).to_have_text(taken)

    def test_a_review_whose_answer_was_lost_is_asked_about_and_not_written_again(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page)
        write_in_steps(page)
        page.get_by_role("button", name="Continuar").click()
        page.locator("input[name=canal][value=none]").check(force=True)
        page.locator("#sin_contacto").fill("No tengo.")
        page.get_by_role("button", name="Continuar").click()
        page.wait_for_url("**/revisar/")
        page.context.set_offline(True)
        page.get_by_role("button", name="Enviar mi caso").click()
        expect(page.get_by_text("Enviado, sin confirmar")).to_be_visible()
        page.goto("/casos/nuevo/")
        expect(page.locator("form[data-ready]")).to_be_visible()
        expect(page.locator("#relato")).to_have_value("")

        page.context.set_offline(False)
        page.goto(ON_PHONE)
        page.get_by_role("link", name="Ver si llegó").click()
        page.get_by_role("button", name="Enviar mi caso").click()
        page.wait_for_url("**/registrado/")
        page.goto(ON_PHONE)

        expect(page.get_by_text("En este teléfono no hay ningún caso.")).to_be_visible()

    def test_a_server_that_cannot_take_it_is_told_and_asked_again(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page, has_background=False)
        answers = [503, 429]

        def refuse(route: Route) -> None:
            if answers:
                route.fulfill(status=answers.pop(), body="")
            else:
                route.continue_()

        page.context.route(DELIVER, refuse)
        page.goto(FORM)
        write(page)
        for _ in range(2):
            expect(page.get_by_text("La municipalidad no pudo recibirlo ahora.")).to_be_visible()
            page.get_by_role("button", name="Enviar ahora").click()

        expect(numbers(page)).to_have_count(1)

    def test_what_is_refused_says_why_and_is_mended(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page, has_background=False)
        page.goto(FORM)
        fill_in(page)
        page.locator("input[name=canal][value=email]").check(force=True)
        page.locator("#correo").fill("rosa")
        send(page)
        expect(page.get_by_text("No se pudo registrar: falta corregir algo")).to_be_visible()
        expect(page.locator("[data-part=why]")).to_contain_text("correo")
        page.get_by_role("button", name="Corregir y enviar").click()
        expect(page.locator("#errores")).to_contain_text("correo")
        page.locator("#correo").fill("rosa@vecinos.pe")
        send(page)

        expect(numbers(page)).to_have_count(1)

    def test_nothing_is_lost_when_the_phone_has_no_room_left(self, visitor: Callable[[], Page], town: Town) -> None:
        page = visitor()
        install(page)
        page.goto(FORM)
        fill_in(page)
        page.evaluate(_NO_ROOM)
        page.get_by_role("button", name="Enviar mi caso").click()
        expect(page.locator("#errores")).to_contain_text("No queda espacio en este teléfono.")
        expect(page.locator("#relato")).to_have_value(STORY)

        page.evaluate("() => restoreRoom()")
        send(page)

        expect(numbers(page)).to_have_count(1)

    def test_what_two_tabs_wrote_from_the_same_beginning_is_both_registered(
        self, visitor: Callable[[], Page], town: Town
    ) -> None:
        page = visitor()
        install(page)
        page.goto(FORM)
        fill_in(page)
        other = page.context.new_page()
        other.goto(FORM)
        fill_in(other, _ANOTHER)
        untouched = page.context.new_page()
        untouched.goto(FORM)
        expect(untouched.locator("#relato")).not_to_have_value("")

        send(page)
        expect(numbers(page)).to_have_count(1)
        expect(other.locator("#relato")).to_have_value(_ANOTHER)
        send(other)

        expect(numbers(other)).to_have_count(2)
        assert len(set(numbers(other).all_inner_texts())) == 2
        expect(untouched.locator("#relato")).to_have_value("")
