"""What somebody has open while the same person goes on in another tab of the browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in


def write_a_case(page: Page) -> None:
    """Fill the form of attention by what a keyboard can, and send nothing."""
    page.goto("/mesa/atender/")
    page.locator("#person_query").fill("Elvira Quispe Rojas")
    page.locator("#person_query").press("Enter")
    expect(page.locator("#name")).to_have_value("Elvira Quispe Rojas")
    page.locator("#description").fill("Hay un hueco muy grande en la pista de mi calle.")
    page.locator("#place").fill("Av. Jorge Basadre 498")
    page.locator("#category").select_option("pothole")
    page.locator("#type").select_option("delay")
    page.locator("#phone").fill("987654321")


def total(page: Page) -> int:
    """Return how many open cases the queue says there are."""
    return int(page.locator("#vista-todos b").inner_text())


def test_a_form_left_open_is_sent_after_signing_in_again_and_the_queue_beside_counts_it(
    visitor: Callable[[], Page], town: Town
) -> None:
    queue = visitor()
    sign_in(queue, town, AGENT)
    queue.goto("/mesa/?vista=criticos")
    before = total(queue)
    form = queue.context.new_page()
    write_a_case(form)
    queue.context.clear_cookies(name="sesion")
    again = queue.context.new_page()
    sign_in(again, town, AGENT)
    again.wait_for_url("**/mesa/**")

    form.locator("#phone").press("Control+Enter")

    form.wait_for_url(re.compile("registrado="))
    expect(queue.locator("#vista-todos b")).to_have_text(str(before + 1))


def test_a_filter_keeps_the_focus_when_it_is_chosen_and_when_it_is_taken_off(
    visitor: Callable[[], Page], town: Town
) -> None:
    page = visitor()
    sign_in(page, town, AGENT)
    page.goto("/mesa/?vista=todos")

    page.locator("#filtro-clase").select_option("simple")
    expect(page.get_by_role("link", name="Prioridad: Simple quitar filtro")).to_be_focused()
    strike(page, "Enter")

    expect(page.get_by_role("combobox", name="Prioridad")).to_be_focused()
