"""A claim from a photo in the portal to its confirmed end, seen by both sides in real browsers."""

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.command_line.installation import wait_until
from tests.e2e.conftest import Town

AGENT, OFFICER = "rquintanilla@sanisidro.example", "jarevalo@sanisidro.example"
STORY = "Quiero que parchen un hueco en la pista, porque ya me malogró una llanta."
MAIL = "vecina.del.hueco@vecinos.example"


def sign_in(page: Page, town: Town, who: str) -> None:
    page.goto("/cuenta/login/")
    page.get_by_label("Correo de la municipalidad").fill(who)
    page.get_by_label("Contraseña").fill(town.password)
    page.get_by_role("button", name="Continuar").click()
    expect(page.locator("h1")).to_be_visible()


def register(page: Page, photo: Path | None = None, motive: str = "pothole", story: str = STORY) -> tuple[str, str]:
    """Tell the story in four steps and return number and tracking code."""
    page.goto("/casos/nuevo/")
    page.get_by_text("Me atendieron mal").click()
    page.locator("#relato").fill(story)
    if photo is not None:
        page.locator("input[type=file]").first.set_input_files(photo)
        expect(page.get_by_text("hueco.png")).to_be_visible()
    page.get_by_role("button", name="Continuar").click()
    page.locator("#lista").select_option(motive)
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


def follow(page: Page, number: str, code: str) -> None:
    """Come back with number and code, typed as people type."""
    page.goto("/casos/seguir/")
    page.locator("[name=numero]").fill(number.lower())
    page.locator("[name=codigo]").fill(code.lower())
    page.get_by_role("button", name="Ver mi caso").click()
    page.wait_for_url(f"**/casos/{number}/")


def open_mail(page: Page, subject: str) -> Locator:
    """Wait until a mail has left, open it in the mailbox of the demonstration, and return its text."""

    def has_left() -> bool:
        page.goto("/buzon/")
        return page.get_by_role("link", name=subject).count() > 0

    wait_until(has_left)
    page.get_by_role("link", name=subject).first.click()
    return page.locator("#correo")


def stage(page: Page) -> Locator:
    """Return the step of the manual at which a page says the case is."""
    return page.locator("main [aria-current=step]").first


def open_act(page: Page, number: str, verb: str) -> Locator:
    """Open the form of a verb over the page of the case."""
    page.goto(f"/mesa/casos/{number}/")
    page.locator(f"#acto-{verb}").click()
    return page.locator("#acto form")


def send(form: Locator) -> None:
    form.locator("button[type=submit]:not([formaction])").click()


def compose(page: Page, number: str, verb: str) -> Locator:
    """Choose what to write below the conversation and return its form."""
    page.goto(f"/mesa/casos/{number}/")
    page.locator(f"label:has(#{verb})").last.click()
    return page.locator(f"form.d-red__cuerpo--{verb}")


def answer(page: Page, number: str, done: str) -> None:
    form = compose(page, number, "responder")
    form.locator("[name=done]").fill(done)
    form.locator("[name=next_step]").fill("Un técnico revisará el parche.")
    form.locator("[name=by_when]").fill("La revisión es el viernes.")
    form.locator("[name=outcome]").select_option("solved")
    form.locator("[name=cause]").select_option("maintenance")
    send(form)
    expect(page.locator("#caso-hilo").get_by_text(done)).to_be_visible()
    expect(stage(page)).to_contain_text("Respuesta")


def refer(page: Page, number: str) -> None:
    """Find the case among those that wait, and hand it to the first area of the list."""
    page.goto("/mesa/?vista=sin-derivar")
    expect(page.get_by_text(number)).to_be_visible()
    form = open_act(page, number, "derivar")
    form.locator("select[name=area]").select_option(index=1)
    send(form)
    page.wait_for_url("**/mesa/")


def contest(page: Page, missing: str) -> None:
    """Say on the page of the decision what is still missing."""
    page.locator("input[name=resuelto][value=no]").check(force=True)
    page.locator("#falta").fill(missing)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#falta")).to_have_count(0)


def confirm(page: Page, number: str) -> None:
    """Say that it is solved, with the best mark."""
    page.goto(f"/casos/{number}/cierre/")
    page.locator("input[name=resuelto][value=si]").check(force=True)
    page.locator("input[name=nota][value='5']").check(force=True)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**/casos/{number}/?*")


def test_a_claim_goes_from_a_photo_to_its_confirmed_end(
    visitor: Callable[[], Page], town: Town, tmp_path: Path
) -> None:
    photo = tmp_path / "hueco.png"
    Image.new("RGB", (640, 480), (90, 90, 90)).save(photo)
    citizen, agent, officer = visitor(), visitor(), visitor()

    number, code = register(citizen, photo)

    # The receipt reaches the citizen, with number and promise; its link leads back without a code.
    back = visitor()
    open_mail(back, f"Recibimos tu caso {number}").get_by_role("link", name="Ver mi caso").click()
    expect(back.locator("h1")).to_contain_text("hueco en la pista")
    expect(stage(back)).to_contain_text("Registro")
    due = re.search(r"\d{1,2} de [a-z]+", back.locator(".p-plazo-doble__fin").first.inner_text())
    assert due is not None

    # The desk sees it, and refers it to the area that the catalogue proposes.
    sign_in(agent, town, AGENT)
    refer(agent, number)
    follow(back, number, code)
    expect(stage(back)).to_contain_text("Derivación")

    # The area takes it, notes, and answers in three parts.
    sign_in(officer, town, OFFICER)
    send(open_act(officer, number, "tomar"))
    expect(stage(officer)).to_contain_text("Seguimiento")
    expect(officer.locator("#caso-plazos")).to_contain_text(due.group())
    note = compose(officer, number, "nota")
    note.locator("[name=text]").fill("Entra en el bacheo de la semana.")
    send(note)
    expect(officer.locator("#caso-hilo").get_by_text("Entra en el bacheo de la semana.")).to_be_visible()
    answer(officer, number, "Buenos días. Tapamos el hueco esta mañana.")

    # The citizen reads the answer, not the note, and says no from the mail.
    back.goto(f"/casos/{number}/")
    expect(stage(back)).to_contain_text("Respuesta")
    expect(back.get_by_text("Tapamos el hueco esta mañana.")).to_be_visible()
    expect(back.get_by_text("Entra en el bacheo de la semana.")).to_have_count(0)
    letter = open_mail(back, f"Ya hay respuesta a tu caso {number}")
    expect(letter).to_contain_text("Tapamos el hueco esta mañana.")
    letter.get_by_role("link", name="No, todavía falta").click()
    contest(back, "Se volvió a hundir con la primera lluvia.")
    expect(open_mail(back, f"Seguimos con tu caso {number}")).to_be_visible()

    # The desk hears it; the promise goes on; the area answers again.
    officer.goto(f"/mesa/casos/{number}/")
    expect(officer.locator("#caso-hilo").get_by_text("Se volvió a hundir con la primera lluvia.")).to_be_visible()
    expect(stage(officer)).to_contain_text("Seguimiento")
    answer(officer, number, "Buenos días. Rehicimos el parche con rodillo.")

    # The citizen says yes and gives an opinion; both sides see the end.
    confirm(back, number)
    back.goto(f"/casos/{number}/")
    expect(back.locator("main")).to_contain_text(re.compile("cerrado|cerramos|resuelto", re.IGNORECASE))
    officer.goto(f"/mesa/casos/{number}/")
    expect(officer.locator("main")).to_contain_text("Cerrado")
    expect(officer.locator("main")).to_contain_text("Dio su opinión")
    expect(open_mail(back, f"Cerramos tu caso {number}. Gracias")).to_be_visible()
