"""The scripts in a real browser, under the content policy of the product."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.ui.site import Site

PHOTO: FilePayload = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"foto"}


class TestShortcuts:
    def test_put_the_focus_into_the_search(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("/")
        expect(page.locator("#buscar")).to_be_focused()

    def test_put_the_focus_into_the_first_field_of_a_step(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").focus()
        page.keyboard.press("Alt+2")
        expect(page.get_by_label("Lugar")).to_be_focused()

    def test_follow_a_sequence(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("g")
        page.keyboard.press("c")
        page.wait_for_url("**/desk/queue?vista=criticos")

    def test_never_fire_inside_a_field(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").press("n")

        expect(page.get_by_label("Nota interna")).to_have_value("n")
        assert page.url.endswith("/desk")

    def test_send_a_form_from_inside_its_field_with_control_and_enter(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Va la cuadrilla.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Nota guardada")).to_be_visible()

    def test_are_listed_by_the_question_mark(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("?")

        listed = page.locator("#atajos dl")
        expect(listed).to_contain_text("Nuevo caso")
        expect(listed).to_contain_text("moverse")

    def test_can_be_switched_off(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("?")
        page.get_by_label("Usar atajos de una sola tecla").uncheck()
        page.get_by_role("button", name="Cerrar").click()

        page.keyboard.press("/")

        expect(page.locator("#buscar")).not_to_be_focused()


class TestNextField:
    def test_takes_a_person_from_the_results_by_keys(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/fields")
        page.get_by_label("Persona", exact=True).focus()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="Rosa")).to_be_checked()

        page.keyboard.press("Enter")

        expect(page.get_by_label("Teléfono")).to_be_focused()

    def test_takes_the_only_person_found_by_one_enter(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/fields")
        page.get_by_label("Persona", exact=True).press("Enter")

        expect(page.get_by_role("radio", name="Rosa")).to_be_checked()
        expect(page.get_by_label("Teléfono")).to_be_focused()

    def test_takes_nobody_who_was_found_by_the_letters_before(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/fields")
        page.get_by_label("Persona", exact=True).fill("Elvira")
        page.keyboard.press("Enter")

        expect(page.get_by_role("radio", name="Rosa")).not_to_be_checked()
        expect(page.get_by_label("Persona", exact=True)).to_be_focused()

    def test_takes_the_first_of_several_by_enter_and_goes_on_by_another(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/fields")
        page.locator("#personas label").first.evaluate("label => label.after(label.cloneNode(true))")
        page.get_by_label("Persona", exact=True).press("Enter")
        expect(page.get_by_role("radio", name="Rosa").first).to_be_checked()
        expect(page.get_by_role("radio", name="Rosa").first).to_be_focused()

        page.keyboard.press("Enter")

        expect(page.get_by_label("Teléfono")).to_be_focused()

    def test_carries_an_unknown_name_over(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/fields")
        page.get_by_label("Persona", exact=True).fill("Elvira Chávez")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

        expect(page.get_by_label("Nombre", exact=True)).to_have_value("Elvira Chávez")
        expect(page.get_by_label("Teléfono")).to_be_focused()

    def test_returns_from_a_menu_by_escape(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/fields")
        page.get_by_text("Más acciones").click()
        page.get_by_role("link", name="Unir").focus()

        page.keyboard.press("Escape")

        expect(page.get_by_role("link", name="Unir")).to_be_hidden()
        expect(page.get_by_text("Más acciones")).to_be_focused()


class TestRows:
    def test_move_and_open_by_keys(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.get_by_role("link", name="Caso 2")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/case/SI-2026-1")

    def test_offer_what_can_be_done_with_the_chosen(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        expect(page.locator("#derivar")).to_be_hidden()
        for key in ("j", "x", "j", "x"):
            page.keyboard.press(key)
        expect(page.locator("[data-bulk-count]")).to_have_text("2 elegidos")

        page.keyboard.press("Escape")

        expect(page.locator("#derivar")).to_be_hidden()
        expect(page.get_by_label("Elegir SI-2026-0")).not_to_be_checked()

    def test_keep_place_and_choice_when_the_list_comes_again(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("j")
        page.keyboard.press("x")

        site.titles[2], site.version = "Caso de otra persona", 2

        expect(page.get_by_role("link", name="Caso de otra persona")).to_be_visible()
        expect(page.get_by_label("Elegir SI-2026-0")).to_be_checked()
        expect(page.get_by_role("link", name="Caso 1")).to_be_focused()


class TestLive:
    def test_leaves_the_page_untouched_while_nothing_changed(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        with page.expect_response("**/list"):
            pass
        page.locator("[data-row]").first.evaluate("row => row.dataset.mark = 'same'")

        for _ in range(3):
            with page.expect_response(lambda response: response.url.endswith("/list") and response.status == 304):
                pass

        assert site.answers[0] == 200
        expect(page.locator("[data-row]").first).to_have_attribute("data-mark", "same")

    def test_shows_what_another_person_changed(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        site.titles.append("Caso nuevo")
        site.version = 2
        expect(page.get_by_role("link", name="Caso nuevo")).to_be_visible()


class TestRefusals:
    def test_are_said_and_nothing_typed_is_lost(self, site: Site, page: Page) -> None:
        site.is_refusing = True
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Lo veo yo.")
        page.get_by_role("button", name="Guardar nota").click()

        expect(page.get_by_role("alert")).to_contain_text("Otra persona ya lo tomó.")
        expect(page.get_by_label("Nota interna")).to_have_value("Lo veo yo.")

    def test_take_the_focus_into_sight(self, site: Site, page: Page) -> None:
        site.is_refusing = True
        page.set_viewport_size({"width": 720, "height": 200})
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Lo veo yo.")
        page.keyboard.press("Control+Enter")

        expect(page.locator("[data-refusals]")).to_be_focused()
        expect(page.get_by_role("alert")).to_be_in_viewport()

    def test_never_hide_a_field_under_the_bars(self, site: Site, page: Page) -> None:
        page.set_viewport_size({"width": 720, "height": 450})
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").focus()

        field, bar = page.get_by_label("Nota interna").bounding_box(), page.locator(".d-riel").bounding_box()

        assert field is not None
        assert bar is not None
        assert field["y"] + field["height"] <= bar["y"]

    def test_of_a_session_that_ended_lead_to_signing_in(self, site: Site, page: Page) -> None:
        page.route("**/note", lambda route: route.fulfill(body="<!doctype html><title>Ingresar</title>"))
        page.goto(f"{site.address}/desk")
        page.get_by_label("Nota interna").fill("Lo veo yo.")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("link", name="Ingresar")).to_have_attribute("target", "_blank")
        expect(page.get_by_label("Nota interna")).to_have_value("Lo veo yo.")
        page.unroute("**/note")

        page.keyboard.press("Control+Enter")

        expect(page.get_by_role("link", name="Ingresar")).to_have_count(0)


class TestPalette:
    def test_finds_and_opens_by_keys_alone(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("Control+k")
        with page.expect_response(lambda answer: "q=buzon" in (answer.request.post_data or "")):
            page.keyboard.type("buzon")
        expect(page.get_by_role("option", name="Buzón sin tapa")).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/found/2")

    def test_offers_something_as_soon_as_it_opens(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("Control+k")

        expect(page.get_by_role("option")).to_have_count(2)

    def test_searches_for_what_stands_there_if_enter_is_faster_than_the_answer(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.keyboard.press("Control+k")
        expect(page.get_by_role("option", name="Buzón sin tapa")).to_have_attribute("aria-selected", "true")
        page.keyboard.type("otro")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/search")


class TestPages:
    def test_the_clock_speaks_as_the_server_does(self, site: Site, page: Page) -> None:
        page.clock.install()
        page.goto(f"{site.address}/desk")
        before = page.locator("[data-clock]").text_content()
        page.clock.run_for(65_000)
        after = page.locator("[data-clock]").text_content()
        assert before == "lunes 23 de noviembre, 10:42\xa0a.\xa0m."
        assert after == "lunes 23 de noviembre, 10:43\xa0a.\xa0m."

    def test_a_copied_number_is_said(self, site: Site, page: Page, context: BrowserContext) -> None:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{site.address}/desk")
        page.get_by_role("button", name="Copiar el número").click()
        expect(page.get_by_role("status").filter(has_text="Número copiado")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == "SI-2026-013642"

    def test_a_text_that_is_too_long_is_not_cut_but_said(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        page.get_by_label("Cuéntalo con tus palabras").fill("a" * 2010)
        expect(page.get_by_text("Te pasaste por 10 letras")).to_be_visible()

    def test_the_answer_to_a_form_can_be_come_back_to(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        page.locator("form[data-once]").evaluate("form => form.action = '/portal'")
        with page.expect_response(lambda response: response.request.method == "POST"):
            page.get_by_role("button", name="Continuar", exact=True).click()
        expect(page.get_by_role("alert")).to_be_focused()
        page.goto(f"{site.address}/elsewhere")

        answer = page.go_back()

        assert answer is not None
        assert answer.request.method == "GET"

    def test_highlighted_words_follow_the_text(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/desk")
        page.get_by_label("Con las palabras de la persona").fill("Un Buzón sin tapa y un cable.")
        expect(page.locator("[data-mirror] mark")).to_have_text(["Buzón sin tapa"])

    def test_a_text_is_counted(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        page.get_by_label("Cuéntalo con tus palabras").fill("Hola")
        expect(page.get_by_text("4 de 2000 letras")).to_be_visible()

    def test_the_summary_of_errors_takes_the_focus(self, site: Site, page: Page) -> None:
        page.goto(f"{site.address}/portal")
        expect(page.get_by_role("alert")).to_be_focused()

    def test_the_night_comes_by_itself_and_by_choice(self, site: Site, page: Page) -> None:
        page.emulate_media(color_scheme="dark")
        page.goto(f"{site.address}/desk")
        background = "getComputedStyle(document.body).backgroundColor"
        by_device = page.evaluate(background)
        page.locator(".d-yo").click()
        page.get_by_label("Claro").check()
        by_day = page.evaluate(background)
        page.get_by_label("Oscuro").check()

        assert page.evaluate(background) == by_device != by_day
        assert re.search(r"\bcercana_tema=olivar-noche\b", page.evaluate("document.cookie"))

    @pytest.mark.parametrize("width", [320, 390, 768, 1440])
    @pytest.mark.parametrize("name", ["desk", "portal"])
    def test_nothing_runs_over_the_edge(self, site: Site, page: Page, name: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site.address}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize("theme", ["olivar", "olivar-noche"])
    @pytest.mark.parametrize("width", [390, 1440])
    @pytest.mark.parametrize("name", ["desk", "portal"])
    def test_axe_finds_nothing(self, site: Site, page: Page, name: str, width: int, theme: str) -> None:
        site.theme = theme
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{site.address}/{name}")
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


class TestTokens:
    TOKEN = "[name=csrfmiddlewaretoken]"

    def test_of_a_later_sign_in_reach_the_page_left_open_in_another_tab(
        self, site: Site, page: Page, context: BrowserContext
    ) -> None:
        page.goto(f"{site.address}/fields")

        site.token = "newer"
        context.new_page().goto(f"{site.address}/desk")

        expect(page.locator(self.TOKEN)).to_have_value("newer")
        expect(page.locator("body")).to_have_attribute("hx-headers", '{"X-CSRFToken": "newer"}')

    def test_of_another_person_do_not(self, site: Site, page: Page, context: BrowserContext) -> None:
        page.goto(f"{site.address}/fields")
        page.evaluate(
            "window.seen = []; new MutationObserver(() => seen.push(document.body.getAttribute('hx-headers')))"
            ".observe(document.body, {attributes: true})"
        )

        for person, token in (("Otra Persona", "foreign"), ("Rosa Huamán", "newer")):
            site.person, site.token = person, token
            context.new_page().goto(f"{site.address}/desk")

        expect(page.locator(self.TOKEN)).to_have_value("newer")
        assert page.evaluate("seen") == ['{"X-CSRFToken": "newer"}']
