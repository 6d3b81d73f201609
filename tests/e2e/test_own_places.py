"""The places of the desk that belong to one role, walked in a real browser; axe looks at every page on the way."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import to_lima
from cercana.ui.moments import day as day_words
from tests.e2e.conftest import Town
from tests.e2e.test_a_claims_way import register, sign_in

# Colours that are still on their way to the other theme are nobody's.
_CHANGE_THEME = """theme => {
    document.documentElement.dataset.theme = theme;
    document.getAnimations().forEach(each => each.finish());
}"""
ADMINISTRATOR, KEEPER = "cespejo@sanisidro.example", "garana@sanisidro.example"


def check(page: Page) -> None:
    """Look at a page in both widths and both themes."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for theme in ("olivar", "olivar-noche"):
            page.evaluate(_CHANGE_THEME, theme)
            found = Axe().run(page).response["violations"]
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


def next_working_day() -> date:
    """Return the first day after today from which promises of days count."""
    calendar, day = peru_calendar(), to_lima(datetime.now(UTC)).date() + timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def test_an_administrator_goes_from_a_new_holiday_to_the_promises_it_moves(
    visitor: Callable[[], Page], town: Town
) -> None:
    page = visitor()
    sign_in(page, town, ADMINISTRATOR)
    page.goto("/mesa/plazos-del-calendario/")
    expect(page.locator("h2").first).to_have_text("Ningún plazo se mueve")
    check(page)

    page.goto("/admin/organization/addedday/add/")
    page.locator("[name=day]").fill(next_working_day().strftime("%d/%m/%Y"))
    page.locator("[name=kind]").select_option("local")
    page.locator("[name=name]").fill("Aniversario")
    page.locator("[name=norm]").fill("Ordenanza 1")
    page.locator("[name=_save]").click()
    page.get_by_role("link", name="Ver los plazos que se mueven").first.click()

    expect(page.locator("[name=motivo]")).to_have_value(f"Aniversario, {day_words(next_working_day())} (Ordenanza 1)")
    check(page)
    page.get_by_role("button", name="Mover").click()
    expect(page.get_by_text("Plazos movidos.")).to_be_visible()
    expect(page.locator("h2").first).to_have_text("Ningún plazo se mueve")


def test_the_keeper_of_data_erases_a_person_in_steps(visitor: Callable[[], Page], town: Town, tmp_path: Path) -> None:
    photo = tmp_path / "hueco.png"
    Image.new("RGB", (64, 48), (90, 90, 90)).save(photo)
    register(visitor(), photo)
    page = visitor()
    sign_in(page, town, KEEPER)

    page.get_by_role("link", name="Datos", exact=True).click()
    page.locator("#q").fill("vecina.del.hueco@vecinos.example")
    page.locator("main").get_by_role("button", name="Buscar").click()
    check(page)
    page.locator("[name=persona]").first.check()
    page.get_by_role("button", name="Revisar las elegidas").click()
    check(page)
    page.locator("#motivo").fill("Lo pidió Rosa")
    page.get_by_role("button", name="Ver qué se borrará").click()
    expect(page.get_by_text("El motivo queda para siempre.")).to_be_visible()
    page.locator("#motivo").fill("Pedido por escrito.")
    page.get_by_role("button", name="Ver qué se borrará").click()
    check(page)
    page.locator("#comprobado").check()
    page.get_by_role("button", name="Borrar para siempre").click()

    expect(page.locator("h1")).to_have_text("Los datos ya no están")
    check(page)
    page.get_by_role("link", name="Buscar otra ficha").click()
    page.locator("#q").fill("vecina.del.hueco@vecinos.example")
    page.locator("main").get_by_role("button", name="Buscar").click()
    expect(page.get_by_text("No encontramos a nadie con esos datos.")).to_be_visible()
