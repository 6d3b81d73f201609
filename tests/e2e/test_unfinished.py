"""What was begun with one person is neither lost nor mixed with the next, nor seen by who sits down afterwards."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in
from tests.e2e.test_two_tabs import write_a_case

COLLEAGUE = "kayala@sanisidro.example"
STORY = "Me han cobrado dos veces el parqueo."


def begin(page: Page, name: str, story: str) -> None:
    """Tell a story in a form that begins empty, and let it be kept."""
    expect(page.locator("#name")).to_have_value("")
    expect(page.locator("#description")).to_have_value("")
    page.locator("#name").fill(name)
    page.locator("#description").fill(story)
    page.locator("#place").focus()
    expect(page.locator("[data-draft-status]")).to_be_visible()


def test_a_new_case_begins_empty_and_the_one_before_can_be_taken_up(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, town, AGENT)
    page.goto("/mesa/atender/?canal=ventanilla")
    begin(page, "Pedro Huamán", "Hay ruido de noche en la obra.")

    # The key alone goes to the next person.
    page.goto("/mesa/")
    strike(page, "n")
    waiting = page.locator("[data-unfinished]")
    expect(waiting).to_contain_text("Hay una atención sin terminar de Pedro Huamán (")
    begin(page, "Elena Soto", STORY)

    waiting.get_by_role("link", name="Retomarla").click()
    expect(page.locator("#name")).to_have_value("Pedro Huamán")
    expect(page.locator("#description")).to_have_value("Hay ruido de noche en la obra.")
    expect(page.get_by_label("Ventanilla")).to_be_checked()
    expect(waiting).to_contain_text("Hay una atención sin terminar de Elena Soto (")

    # What was thrown away by mistake comes back; and loading the page again goes on with the same person.
    waiting.get_by_role("button", name="Descartar").click()
    expect(waiting).to_contain_text("Se descartó la atención de Elena Soto.")
    waiting.get_by_role("button", name="Deshacer").click()
    page.reload()
    expect(page.locator("#name")).to_have_value("Pedro Huamán")
    expect(waiting).to_contain_text("Hay una atención sin terminar de Elena Soto (")
    waiting.get_by_role("button", name="Descartar").click()
    page.get_by_role("link", name="Empezar de nuevo").click()
    expect(page.locator("#name")).to_have_value("")
    expect(waiting).to_contain_text("Pedro Huamán")
    expect(waiting).not_to_contain_text("Elena Soto")


def test_what_was_registered_waits_no_longer(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    sign_in(page, town, AGENT)
    write_a_case(page)
    page.locator("#phone").press("Control+Enter")
    page.wait_for_url("**registrado=**")

    strike(page, "n")
    expect(page.locator("#description")).to_have_value("")
    expect(page.locator("[data-unfinished] p")).to_have_count(0)

    # Going back to the form that became a case begins another one.
    begin(page, "Elena Soto", STORY)
    page.locator("#category").select_option("pothole")
    page.locator("#type").select_option("delay")
    page.locator("#phone").fill("987654322")
    page.locator("#phone").press("Control+Enter")
    page.wait_for_url("**registrado=**")
    first = page.locator(".d-hecho__num").inner_text()
    page.go_back()
    begin(page, "Otra Vecina", "La vereda está rota.")
    page.locator("#category").select_option("pothole")
    page.locator("#type").select_option("delay")
    page.locator("#phone").fill("987654323")
    page.locator("#phone").press("Control+Enter")
    page.wait_for_url("**registrado=**")
    assert page.locator(".d-hecho__num").inner_text() != first


def test_after_a_session_that_ran_out_the_next_person_finds_nothing_of_the_one_before(
    visitor: Callable[[], Page], town: Town
) -> None:
    page = visitor()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, town, AGENT)
    page.goto("/mesa/atender/")
    begin(page, "Pedro Huamán", "Hay ruido de noche en la obra.")
    page.context.clear_cookies(name="sesion")

    sign_in(page, town, COLLEAGUE)
    page.goto("/mesa/atender/")
    expect(page.locator("#name")).to_have_value("")
    expect(page.locator("[data-unfinished] p")).to_have_count(0)

    # Whoever wrote it finds it again.
    page.context.clear_cookies(name="sesion")
    sign_in(page, town, AGENT)
    page.goto("/mesa/atender/")
    expect(page.locator("[data-unfinished]")).to_contain_text("Pedro Huamán")
