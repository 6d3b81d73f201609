"""The guide beside a conversation, by keyboard alone, from the first words to the number read aloud."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in

HEAD = "ciparraguirre@sanisidro.example"
HEADINGS = {"telefono": "Atender una llamada", "ventanilla": "Atender en ventanilla"}
QUESTIONS = {"telefono": "¿Quién llama?", "ventanilla": "¿A quién atiende?"}
NUMBER = re.compile(r"SI-\d{4}-\d{6}-[0-9A-Z]")


def type_into(page: Page, field: str, text: str) -> None:
    """Go to a field by Tab and type."""
    for _ in range(60):
        if page.locator(f"#{field}").evaluate("field => field === document.activeElement"):
            page.keyboard.type(text)
            return
        strike(page, "Tab")
    raise AssertionError(field)


def now(page: Page) -> Locator:
    return page.locator("#guia-pasos [aria-current=step]")


def pass_step(page: Page, key: str, leads_to: str) -> None:
    """Press a key of the guide and wait for the step it leads to."""
    strike(page, key)
    expect(now(page)).to_have_attribute("data-step", leads_to)


@pytest.mark.parametrize(
    ("channel", "greeting", "farewell"),
    [
        ("telefono", "Le saluda", "Su número de caso es el que le dicté."),
        ("ventanilla", "Tome asiento", "Aquí está su constancia."),
    ],
)
def test_leads_to_a_registered_case_by_keyboard_alone(
    visitor: Callable[[], Page], town: Town, channel: str, greeting: str, farewell: str
) -> None:
    page = visitor()
    sign_in(page, town, AGENT)
    page.goto(f"/mesa/atender/?canal={channel}")
    guide = page.locator(".d-guia")
    expect(guide).to_contain_text(greeting)

    # Who comes is angry: the agent chooses it by its first letter, and says the words of each step.
    strike(page, "Alt+G")
    page.keyboard.type("Mol")
    expect(now(page)).to_contain_text(re.compile("no lo voy a interrumpir|lo tiene mal"))
    # Or rather slow: the words follow at once; so does the page when the person turns out to stand at the counter.
    mood = page.get_by_label("La persona está")
    mood.select_option(label="Adulta mayor")
    expect(now(page)).to_contain_text(re.compile("Vamos paso a paso|Pase primero, por favor"))
    mood.select_option(label="Molesta")
    other = page.get_by_role("radio", name="Ventanilla" if channel == "telefono" else "Teléfono")
    heading = page.get_by_role("heading", level=1, name=HEADINGS[channel], exact=True)
    expect(heading).to_be_visible()
    other.check(force=True)
    expect(heading).to_have_count(0)
    page.get_by_role("radio", name="Teléfono" if channel == "telefono" else "Ventanilla").check(force=True)
    expect(page.get_by_text(QUESTIONS[channel], exact=True)).to_be_visible()
    pass_step(page, "Alt+U", "reconocer")
    strike(page, "Alt+1")
    page.keyboard.type("Elvira Chávez")
    strike(page, "Alt+2")
    page.keyboard.type("Pagué los arbitrios y en el recibo sigue la deuda.")
    expect(guide).to_contain_text("Me dice: “Pagué los arbitrios y en el recibo sigue la deuda”.")
    pass_step(page, "Alt+U", "aclarar")
    type_into(page, "request", "Que borren la deuda")
    type_into(page, "category", "Pago")
    type_into(page, "type", "Err")
    pass_step(page, "Alt+S", "limites")
    strike(page, "Alt+M")
    page.keyboard.type("Desp")
    expect(now(page)).to_contain_text(farewell)
    strike(page, "Alt+4")
    page.keyboard.type("987654318")
    strike(page, "Control+Enter")

    expect(page.locator("h1")).to_contain_text("Caso registrado")
    expect(page.locator(".d-hecho__num")).to_contain_text(NUMBER)


def test_calls_the_supervisor_by_one_key_and_says_who_comes(visitor: Callable[[], Page], town: Town) -> None:
    page, head = visitor(), visitor()
    sign_in(head, town, HEAD)
    sign_in(page, town, AGENT)
    page.goto("/mesa/atender/?canal=ventanilla")
    strike(page, "Alt+2")
    page.keyboard.type("Me insulta y no me deja hablar.")

    strike(page, "Alt+P")
    expect(page.locator("#apoyo")).to_contain_text("Hagamos una pausa de cinco minutos")
    strike(page, "Alt+J")
    expect(page.locator("#apoyo-estado")).to_contain_text("Llamando a")
    expect(page.locator("#apoyo-titulo")).to_be_focused()

    expect(head.locator("#dichos")).to_contain_text("necesita apoyo ahora, en la ventanilla", timeout=5_000)
    head.get_by_role("button", name="Voy").click()
    expect(head.locator("h1")).to_have_text("Apoyo al equipo")
    expect(page.locator("#apoyo-estado")).to_contain_text("ya va.")
    strike(page, "Escape")
    expect(page.locator("#description")).to_have_value("Me insulta y no me deja hablar.")
