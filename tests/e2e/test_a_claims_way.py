"""A claim from a photo in the portal to its confirmed end, seen by both sides in real browsers."""

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.command_line.installation import wait_until
from tests.e2e.conftest import Town

AGENT, OFFICER = "rquintanilla@sanisidro.example", "jarevalo@sanisidro.example"
STORY = "Hay un hueco en la pista, cada carro que pasa suena como si se le saliera la llanta."
MAIL = "vecina.del.hueco@vecinos.example"


def sign_in(page: Page, town: Town, who: str) -> None:
    page.goto("/cuenta/login/")
    page.get_by_label("Correo de la municipalidad").fill(who)
    page.get_by_label("Contraseña").fill(town.password)
    page.get_by_role("button", name="Continuar").click()
    expect(page.locator("h1")).to_be_visible()


def register(page: Page, photo: Path) -> tuple[str, str]:
    """Tell the story in four steps and return number and tracking code."""
    page.goto("/casos/nuevo/")
    page.get_by_text("Me atendieron mal").click()
    page.locator("#relato").fill(STORY)
    page.locator("input[type=file]").first.set_input_files(photo)
    expect(page.get_by_text("hueco.png")).to_be_visible()
    page.get_by_role("button", name="Continuar").click()
    page.locator("#lista").select_option("pothole")
    page.locator("#calle").fill("Av. Jorge Basadre")
    page.get_by_role("button", name="Continuar").click()
    page.locator("#nombres").fill("Rosa")
    page.locator("#apellidos").fill("Quispe Mamani")
    page.locator("input[name=canal][value=email]").check(force=True)
    page.locator("#correo").fill(MAIL)
    page.get_by_role("button", name="Continuar").click()
    page.locator("input[name=opinion]").check(force=True)
    page.get_by_role("button", name="Enviar mi caso").click()
    expect(page.locator("h1")).to_contain_text(re.compile("registr|recib", re.IGNORECASE))
    said = page.locator("main").inner_text()
    number = re.search(r"SI-\d{4}-\d{6}-[0-9A-Z]", said)
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", said)
    assert number is not None
    assert code is not None
    return number.group(), code.group()


def mails(page: Page) -> str:
    """Return what the mailbox of the demonstration shows just now."""
    page.goto("/buzon/")
    return page.locator("main").inner_text()


def act(page: Page, number: str, verb: str, **fields: str) -> None:
    """Do a verb of the desk on its own page."""
    page.goto(f"/mesa/casos/{number}/{verb}/")
    for name, text in fields.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**/mesa/casos/{number}/")


def answer(page: Page, number: str, done: str) -> None:
    act(
        page,
        number,
        "responder",
        done=done,
        next_step="Un técnico revisará el parche.",
        by_when="La revisión es el viernes.",
        outcome="solved",
        cause="maintenance",
    )


def test_a_claim_goes_from_a_photo_to_its_confirmed_end(
    visitor: Callable[[], Page], town: Town, tmp_path: Path
) -> None:
    photo = tmp_path / "hueco.png"
    Image.new("RGB", (640, 480), (90, 90, 90)).save(photo)
    citizen, agent, officer = visitor(), visitor(), visitor()

    number, code = register(citizen, photo)

    # The receipt reaches the citizen, with the number and the way back.
    mailbox = visitor()
    wait_until(lambda: number in mails(mailbox))

    # The desk sees it, and refers it to the area that the catalogue proposes.
    sign_in(agent, town, AGENT)
    agent.goto("/mesa/?vista=sin-derivar")
    expect(agent.get_by_text(number)).to_be_visible()
    agent.goto(f"/mesa/casos/{number}/derivar/")
    agent.locator("select[name=area]").select_option(index=1)
    agent.locator("main form button[type=submit]").first.click()
    agent.wait_for_url(re.compile(r"/mesa/"))

    # The area takes it, notes, and answers in three parts.
    sign_in(officer, town, OFFICER)
    act(officer, number, "tomar")
    act(officer, number, "nota", text="Entra en el bacheo de la semana.")
    expect(officer.get_by_text("Entra en el bacheo de la semana.")).to_be_visible()
    answer(officer, number, "Buenos días. Tapamos el hueco esta mañana.")
    expect(officer.locator("[aria-current=step]")).to_contain_text("Respuesta")

    # The citizen comes back with number and code, reads the answer and says no.
    back = visitor()
    back.goto("/casos/seguir/")
    back.locator("[name=numero]").fill(number.lower())
    back.locator("[name=codigo]").fill(code.lower())
    back.get_by_role("button", name="Ver mi caso").click()
    back.wait_for_url(f"**/casos/{number}/")
    expect(back.get_by_text("Tapamos el hueco esta mañana.")).to_be_visible()
    expect(back.get_by_text("Entra en el bacheo de la semana.")).to_have_count(0)
    back.goto(f"/casos/{number}/cierre/")
    back.locator("input[name=resuelto][value=no]").check(force=True)
    back.locator("#falta").fill("Se volvió a hundir con la primera lluvia.")
    back.locator("main form button[type=submit]").first.click()
    back.wait_for_url(f"**/casos/{number}/**")

    # The desk hears it; the promise goes on; the area answers again.
    officer.goto(f"/mesa/casos/{number}/")
    expect(officer.get_by_text("Se volvió a hundir con la primera lluvia.")).to_be_visible()
    expect(officer.locator("[aria-current=step]")).to_contain_text("Seguimiento")
    answer(officer, number, "Buenos días. Rehicimos el parche con rodillo.")

    # The citizen says yes and gives an opinion; both sides see the end.
    back.goto(f"/casos/{number}/cierre/")
    back.locator("input[name=resuelto][value=si]").check(force=True)
    back.locator("input[name=nota][value='5']").check(force=True)
    back.locator("main form button[type=submit]").first.click()
    back.wait_for_url(f"**/casos/{number}/**")
    back.goto(f"/casos/{number}/")
    expect(back.locator("main")).to_contain_text(re.compile("cerrado|cerramos|resuelto", re.IGNORECASE))
    officer.goto(f"/mesa/casos/{number}/")
    expect(officer.locator("main")).to_contain_text("Cerrado")
    expect(officer.locator("main")).to_contain_text("Dio su opinión")
