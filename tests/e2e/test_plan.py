"""Marking a place on the plan of the district, in a real browser: by finger, by keys, beyond the district."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Town

STORY = "Quiero que parchen el hueco de la pista de mi cuadra."


def longitude_in(page: Page) -> float:
    """Return the longitude of the point that would be sent."""
    return float(page.locator("#punto").input_value().split(",")[1])


def to_the_place(page: Page, offer: str = "Marcarlo en un plano") -> None:
    """Come to the page of the place."""
    page.goto("/casos/nuevo/")
    page.get_by_text("Me atendieron mal").click()
    page.locator("#relato").fill(STORY)
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_text(offer)).to_be_visible()


def test_a_place_is_marked_on_the_plan_and_stands_in_the_review(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    to_the_place(page)
    assert not any("plan-san-isidro" in each for each in fetched)

    page.get_by_text("Marcarlo en un plano").click()
    paper = page.get_by_role("button", name="Plano del distrito")
    expect(paper.locator("img")).to_have_js_property("complete", value=True)
    box = paper.bounding_box()
    assert box is not None
    paper.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.5})
    expect(page.locator("#punto")).to_have_value(re.compile(r"^-12\.098\d,-77\.035\d$"))
    expect(page.get_by_text("Marcaste un punto aproximado.")).to_be_visible()

    marked = longitude_in(page)
    paper.press("ArrowRight")
    assert longitude_in(page) == pytest.approx(marked + 0.00057, abs=0.0001)

    paper.click(position={"x": 4, "y": 4})
    expect(page.get_by_text("Ese punto parece estar fuera del distrito.")).to_be_visible()
    page.get_by_role("button", name="Quitar el punto").click()
    expect(page.locator("#punto")).to_have_value("")
    expect(page.get_by_text("Ese punto parece estar fuera del distrito.")).to_have_count(0)

    paper.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.5})
    page.locator("#lista").select_option("pothole")
    page.locator("#calle").fill("Calle Los Incas")
    page.get_by_role("button", name="Continuar").click()
    page.locator("input[name=canal][value=none]").check(force=True)
    page.locator("#sin_contacto").fill("No tengo.")
    page.get_by_role("button", name="Continuar").click()
    expect(page.locator("main")).to_contain_text("Calle Los Incas, ≈ -12.098")


def test_a_phone_slides_over_the_plan(visitor: Callable[[], Page], town: Town) -> None:
    page = visitor()
    page.set_viewport_size({"width": 390, "height": 844})
    to_the_place(page)
    page.get_by_text("Marcarlo en un plano").click()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
