"""The reply of the picture: written badly, helped by keyboard alone, sent with its date, and read by the citizen."""

import os
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Town
from tests.e2e.test_a_claims_way import (
    AGENT,
    OFFICER,
    compose,
    follow,
    open_act,
    open_mail,
    refer,
    register,
    send,
    sign_in,
    stage,
)

DRAFT = (
    "Buenos días, señora Rosa:\n"
    "Su expediente fue derivado al órgano competente, que procederá a efectuar una inspección esta noche. "
    "De verificarse la infracción, se dispondrá la medida complementaria de paralización."
)
_NEXT = "Mañana le escribimos para contarle qué encontramos."
_STRANGE = " El dueño de la obra tiene el DNI 41234567."


def look(page: Page, name: str) -> None:
    """Keep a picture of both widths where one is asked for."""
    if folder := os.environ.get("TESTS_PICTURES"):
        for width, height in ((1440, 900), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})


def lies_on(page: Page, bar: str) -> None:
    """Check that the short message of now lies on a bar that is always there."""
    message, under = (page.locator(each).last.bounding_box() for each in ("#dichos p", bar))
    assert message is not None
    assert under is not None
    assert message["y"] >= under["y"]


def score(page: Page) -> int:
    """Return the reading ease beside the message."""
    found = re.match(r"(\d+) de 100", page.locator("form.d-red__cuerpo--mensaje .d-lect b").inner_text())
    assert found is not None
    return int(found[1])


def take_proposals(officer: Page, form: Locator) -> None:
    """Write the draft, see what could be better beside it, and take it, back and forth."""
    text, side = form.locator("[name=text]"), form.locator(".d-asist")
    text.fill(DRAFT)
    expect(side.locator(".d-suger")).to_contain_text("expediente")
    expect(side.locator(".d-checks")).to_contain_text("Saluda a la persona")
    expect(form.locator(".d-espejo__capa mark").first).to_be_attached()
    expect(form.locator("[data-help-said]")).to_contain_text("por mirar")
    before = score(officer)
    assert before < 65
    look(officer, "composer-draft")

    # One is taken with one key, and taken back.
    text.press("Alt+1")
    expect(text).not_to_have_value(DRAFT)
    expect(text).to_be_focused()
    text.press("Alt+z")
    expect(text).to_have_value(DRAFT)
    # A key that has nothing to do says so, and never lies on what is pressed next.
    text.press("Alt+z")
    expect(officer.locator("#dichos")).to_contain_text("No hay ningún cambio que deshacer.")
    lies_on(officer, ".d-teclas")

    # All of them at once; then back, and again by the button of what it would be.
    expect(side.get_by_role("button", name="Aplicar todo")).to_be_visible()
    text.press("Alt+0")
    expect(text).not_to_have_value(re.compile("expediente"))
    expect(form.locator(".d-lect b")).not_to_contain_text(f"{before} de 100")
    assert score(officer) > before
    side.get_by_role("button", name="Deshacer").click()
    expect(text).to_have_value(DRAFT)
    form.get_by_role("button", name="Usar este texto").click()
    expect(text).not_to_have_value(re.compile("expediente"))


def see_the_letter(officer: Page, form: Locator, number: str) -> None:
    """See the letter before it leaves."""
    form.get_by_role("button", name="Ver cómo llega").click()
    letter = officer.locator("#acto")
    expect(letter).to_contain_text(f"Tienes un mensaje sobre tu caso {number}")
    expect(letter).to_contain_text(_NEXT)
    look(officer, "composer-letter")
    letter.get_by_role("button", name="Cerrar").click()


def send_what_is_ours(officer: Page, form: Locator) -> None:
    """Be asked about somebody else's document; without it the message goes at once."""
    text = form.locator("[name=text]")
    good = text.input_value()
    text.fill(good + _STRANGE)
    text.press("Control+Enter")
    expect(form.get_by_role("alert")).to_contain_text("un número de documento: ••• 67")
    look(officer, "composer-asked-twice")
    text.fill(good)
    form.get_by_label(re.compile("Mañana")).check()
    text.press("Control+Enter")
    expect(officer.locator("#caso-hilo").get_by_text(_NEXT).first).to_be_visible()
    expect(officer.locator("form.d-red__cuerpo--mensaje [name=text]")).to_have_value("")
    # The focus is where it went.
    expect(officer.locator("#caso-hilo :focus")).to_contain_text(_NEXT)
    officer.set_viewport_size({"width": 390, "height": 844})
    lies_on(officer, ".d-riel")
    officer.set_viewport_size({"width": 1440, "height": 900})


def test_the_reply_of_the_picture_is_helped_sent_and_read(visitor: Callable[[], Page], town: Town) -> None:
    citizen, agent, officer = visitor(), visitor(), visitor()
    number, code = register(citizen)
    sign_in(agent, town, AGENT)
    refer(agent, number)
    sign_in(officer, town, OFFICER)
    send(open_act(officer, number, "tomar"))
    expect(stage(officer)).to_contain_text("Seguimiento")
    form = compose(officer, number, "mensaje")

    take_proposals(officer, form)

    # A date becomes a promise; the draft outlives the page.
    text = form.locator("[name=text]")
    text.fill(f"{text.input_value()}\n{_NEXT}")
    form.get_by_label(re.compile("Mañana")).check()
    expect(form.locator("[data-draft-status]")).to_be_visible()
    officer.on("dialog", lambda dialog: dialog.accept())
    form = compose(officer, number, "mensaje")
    text = form.locator("[name=text]")
    expect(text).to_have_value(re.compile(_NEXT))
    form.get_by_label(re.compile("Mañana")).check()
    look(officer, "composer-better")

    see_the_letter(officer, form, number)
    send_what_is_ours(officer, form)

    # The citizen reads it on their page and in their mail, with the date as a promise.
    follow(citizen, number, code)
    expect(citizen.locator(".p-charla").get_by_text(_NEXT).first).to_be_visible()
    expect(citizen.locator(".p-charla").get_by_text("DNI")).to_have_count(0)
    look(citizen, "composer-citizen")
    expect(open_mail(citizen, f"Tienes un mensaje sobre tu caso {number}")).to_contain_text(_NEXT)
