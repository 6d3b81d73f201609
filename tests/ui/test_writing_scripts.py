"""What the scripts do for whoever writes: drafts, what is missing, files on their way."""

from playwright.sync_api import BrowserContext, FilePayload, Page, Route, expect

from tests.ui.site import Site

PHOTO: FilePayload = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"foto"}


def hold_uploads(page: Page) -> list[Route]:
    """Let no upload through, and return those that are waiting."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/upload", hold)
    return held


class TestDrafts:
    def test_bring_a_text_back_after_a_closed_tab(self, site: Site, page: Page, context: BrowserContext) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Es la tercera vez.")
        expect(page.locator("[data-draft-status]")).to_contain_text("Guardado a las")
        page.close(run_before_unload=False)

        again = context.new_page()
        again.goto(f"{site.address}/desk")

        expect(again.get_by_label("Nota interna")).to_have_value("Es la tercera vez.")

    def test_go_when_a_page_says_that_the_text_arrived(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Es la tercera vez.")
        expect(page.locator("[data-draft-status]")).to_be_visible()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{site.address}/registered")

        page.goto(f"{site.address}/desk")

        expect(page.get_by_label("Nota interna")).to_have_value("")

    def test_are_those_of_whoever_signed_in(self, site: Site, page: Page, context: BrowserContext) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Es la tercera vez.")
        expect(page.locator("[data-draft-status]")).to_contain_text("Guardado a las")
        page.close(run_before_unload=False)

        for person, text in (("Otra Persona", ""), ("Rosa Huamán", "Es la tercera vez.")):
            site.person = person
            seen = context.new_page()
            seen.goto(f"{site.address}/desk")
            expect(seen.get_by_label("Nota interna")).to_have_value(text)

    def test_go_when_htmx_brings_word_that_the_text_arrived(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Es la tercera vez.")
        page.get_by_role("button", name="Guardar nota").click()
        expect(page.get_by_text("Nota guardada")).to_be_visible()

        page.goto(f"{site.address}/desk")

        expect(page.get_by_label("Nota interna")).to_have_value("")

    def test_say_that_they_came_back_and_let_go_of_them(self, site: Site, page: Page, context: BrowserContext) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Es la tercera vez.")
        expect(page.locator("[data-draft-status]")).to_be_visible()
        page.close(run_before_unload=False)
        again = context.new_page()
        again.goto(f"{site.address}/desk")
        expect(again.get_by_text("Recuperamos su borrador")).to_be_visible()

        again.get_by_role("button", name="Descartar").click()

        expect(again.get_by_label("Nota interna")).to_have_value("")
        assert again.evaluate("localStorage.length") == 0

    def test_never_replace_what_somebody_has_begun_to_type(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("De otra ventana.")
        expect(page.locator("[data-draft-status]")).to_be_visible()
        page.get_by_label("Nota interna").evaluate(
            "field => { field.value = 'Lo mío';"
            " document.dispatchEvent(new CustomEvent('htmx:load', {detail: {elt: field}})) }"
        )

        expect(page.get_by_label("Nota interna")).to_have_value("Lo mío")

    def test_stay_with_nobody_who_signs_out(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("DNI 45678901")
        expect(page.locator("[data-draft-status]")).to_be_visible()
        page.locator("summary.d-yo").click()

        page.get_by_role("button", name="Salir").click()

        page.wait_for_url("**/account_logout")
        assert page.evaluate("localStorage.length") == 0

    def test_warn_before_an_unsent_text_is_left(self, site: Site, page: Page) -> None:
        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.type))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").click()
        page.keyboard.type("Sin guardar")

        page.goto(f"{site.address}/elsewhere")

        assert asked == ["beforeunload"]

    def test_let_a_citizen_go_whose_text_is_kept(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        page.get_by_label("Cuéntalo con tus palabras").click()
        page.keyboard.type("Hay un cable suelto")

        page.goto(f"{site.address}/elsewhere")
        page.goto(f"{site.address}/portal")

        expect(page.get_by_label("Cuéntalo con tus palabras")).to_have_value("Hay un cable suelto")

    def test_show_a_way_out_to_whoever_finds_the_text_of_another(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        card = page.locator("[data-draft-card]")
        expect(card).to_be_hidden()
        page.get_by_label("Cuéntalo con tus palabras").fill("Hay un cable suelto")
        page.goto(f"{site.address}/elsewhere")
        page.goto(f"{site.address}/portal")
        expect(card).to_be_visible()

        page.get_by_role("button", name="Empezar de nuevo").click()
        page.goto(f"{site.address}/portal")

        expect(page.get_by_label("Cuéntalo con tus palabras")).to_have_value("")


class TestMissing:
    def test_is_said_beside_its_field_until_it_is_there(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/fields")
        page.get_by_role("button", name="Probar").click()
        expect(page.get_by_text("Elija una opción.")).to_be_visible()
        expect(page.get_by_label("Causa")).to_be_focused()

        page.get_by_label("Causa").select_option("x")

        expect(page.get_by_text("Elija una opción.")).to_have_count(0)


class TestUploads:
    def test_send_a_file_as_soon_as_it_is_chosen(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        page.locator("#archivos").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"foto"})
        expect(page.get_by_text("foto.jpg, listo")).to_be_visible()
        assert site.uploads == 1

    def test_refuse_a_file_that_is_too_big_without_sending_it(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        page.locator("#archivos").set_input_files(
            {"name": "video.mp4", "mimeType": "video/mp4", "buffer": b"x" * 2_400_000}
        )
        expect(page.get_by_text("No se subió: pesa 2.4 MB y el máximo es 0 MB.")).to_be_visible()
        page.get_by_role("button", name="Quitar", exact=True).click()
        expect(page.get_by_text("video.mp4")).to_be_hidden()
        assert site.uploads == 0

    def test_say_why_the_server_refused_a_file(self, site: Site, page: Page) -> None:
        site.is_refusing = True
        page.goto(f"{site.address}/portal")
        page.locator("#archivos").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"foto"})
        expect(page.get_by_text("Otra persona ya lo tomó.")).to_be_visible()

    def test_hold_the_form_back_until_every_file_has_arrived(self, site: Site, page: Page) -> None:
        on_their_way = hold_uploads(page)
        page.goto(f"{site.address}/portal")
        page.locator("#archivos").set_input_files(PHOTO)
        page.get_by_role("button", name="Continuar", exact=True).click()
        expect(page.get_by_role("alert").filter(has_text="Falta un archivo")).to_be_visible()
        assert page.url.endswith("/portal")

        on_their_way[0].continue_()

        page.wait_for_url("**/sent")
        assert site.uploads == 1

    def test_are_waited_for_at_the_desk_too(self, site: Site, page: Page) -> None:
        on_their_way = hold_uploads(page)
        page.goto(f"{site.address}/fields")
        page.locator("#archivos").set_input_files(PHOTO)
        page.get_by_role("button", name="Registrar", exact=True).click()
        expect(page.get_by_text("Falta un archivo")).to_be_visible()

        on_their_way[0].continue_()

        page.wait_for_url("**/sent")
        assert site.uploads == 1

    def test_let_the_form_go_without_a_file_at_the_wish_of_its_sender(self, site: Site, page: Page) -> None:
        hold_uploads(page)
        page.goto(f"{site.address}/portal")
        page.locator("#archivos").set_input_files(PHOTO)
        page.get_by_role("button", name="Continuar", exact=True).click()

        page.get_by_role("button", name="Continuar sin lo que falta").click()

        page.wait_for_url("**/sent")

    def test_stay_on_the_page_if_the_file_that_was_waited_for_was_refused(self, site: Site, page: Page) -> None:
        on_their_way = hold_uploads(page)
        site.is_refusing = True
        page.goto(f"{site.address}/portal")
        page.locator("#archivos").set_input_files(PHOTO)
        page.get_by_role("button", name="Continuar", exact=True).click()
        expect(page.get_by_text("Falta un archivo")).to_be_visible()

        on_their_way[0].continue_()

        expect(page.get_by_text("Otra persona ya lo tomó.")).to_be_visible()
        expect(page.get_by_text("Falta un archivo")).to_be_hidden()
        assert page.url.endswith("/portal")


class TestLine:
    def test_says_that_a_text_is_kept_and_when_the_connection_is_back(
        self, site: Site, page: Page, context: BrowserContext
    ) -> None:
        page.goto(f"{site.address}/portal", wait_until="networkidle")
        line = page.locator("[data-line]")
        expect(line).to_be_empty()

        context.set_offline(True)
        expect(page.get_by_role("status").filter(has_text="El texto que escribes queda guardado")).to_be_in_viewport()
        page.get_by_label("Cuéntalo con tus palabras").fill("Hay un cable suelto.")
        context.set_offline(False)

        expect(line).to_have_text("Volvió la conexión. Ya puedes enviar.")
        page.reload()
        expect(page.get_by_label("Cuéntalo con tus palabras")).to_have_value("Hay un cable suelto.")

    def test_promises_nothing_where_a_text_is_not_kept(self, site: Site, page: Page, context: BrowserContext) -> None:
        page.goto(f"{site.address}/portal", wait_until="networkidle")
        page.get_by_label("Cuéntalo con tus palabras").evaluate("text => delete text.dataset.draftKey")

        context.set_offline(True)

        expect(page.locator("[data-line]")).to_contain_text("Puedes leer esta página.")

    def test_promises_nothing_where_the_browser_keeps_nothing(
        self, site: Site, page: Page, context: BrowserContext
    ) -> None:
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
        page.goto(f"{site.address}/portal", wait_until="networkidle")

        context.set_offline(True)

        expect(page.locator("[data-line]")).to_contain_text("Puedes leer esta página.")
