"""
A danger that is nowhere called so, from the portal to its end: seen, rung, passed up, answered, watched and closed.

The whole protocol in real browsers (M4.3c, M5.2), with the clock of the servers put forward where people wait.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.command_line.installation import Installation, copied, wait_until
from tests.e2e.conftest import Town
from tests.e2e.moved_time import MovedClock
from tests.e2e.test_a_claims_way import answer, follow, open_act, register, send, sign_in

MANAGER, HEAD = "malarcon@sanisidro.example", "ciparraguirre@sanisidro.example"
HIDDEN = (
    "Desde anoche la cocina huele a huevo podrido y la llamita sale anaranjada. "
    "Tengo un sueño raro y me duele la cabeza. ¿Será la basura del vecino?"
)
_AT_ONCE_MS = 2_000
_MINUTES = timedelta(minutes=1)
# The letter of an alarm to somebody, as it would have left: of a demonstration no mail does.
_LETTER = """
from cercana.cases import queries
from cercana.critical.models import AlarmMessage
from cercana.critical.wording import mail_of
message = AlarmMessage.objects.filter(case__number={number!r}, person__email={email!r}).latest("pk")
case = queries.watch_of(message.case.key)
print(mail_of(message, case, case.watch.alarm).body)
"""


@dataclass
class WatchedTown(Town):
    """The running municipality and its clock."""

    clock: MovedClock
    letter: Callable[[str, str], str]


@pytest.fixture(scope="module")
def town(installed: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WatchedTown]:
    """Start database, web and worker with a clock that the test puts forward."""
    clock = MovedClock(tmp_path_factory.mktemp("clock") / "ahead")
    with copied(installed) as installation, installation.database() as url:
        done = installation.cercana("demo", "base", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        sheet = (installation.var / "demo-accounts.txt").read_text(encoding="utf-8")

        def letter(number: str, email: str) -> str:
            command = _LETTER.format(number=number, email=email)
            return installation.cercana("manage", "shell", "-c", command, DATABASE_URL=url).stdout

        installation.start("serve", DATABASE_URL=url, **clock.environ)
        password = sheet.split("Clave de todas:")[1].split()[0]
        yield WatchedTown(f"http://127.0.0.1:{installation.port}", password, clock, letter)
        installation.close()


def look(page: Page, name: str) -> None:
    """Keep a picture where one is asked for."""
    if folder := os.environ.get("TESTS_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def taken_charge_by_mail(visitor: Callable[[], Page], town: WatchedTown, number: str, who: str) -> None:
    """Take charge through the link of the letter, in a browser where nobody has signed in."""
    link = re.search(r"http\S+/alarma/\S+", town.letter(number, who))
    assert link is not None
    phone = visitor()
    phone.goto(link.group())
    phone.get_by_role("button", name="Me hago cargo").click()
    expect(phone.get_by_role("heading", name="Usted se hizo cargo")).to_be_visible()


def open_form(page: Page, number: str, verb: str) -> Locator:
    """Open a page of its own for a verb of the menu."""
    page.goto(f"/mesa/casos/{number}/{verb}/")
    return page.locator("main form").first


def send_form(page: Page, number: str, form: Locator) -> None:
    """Send such a form and come back to the case."""
    send(form)
    page.wait_for_url(re.compile(rf"/mesa/casos/{number}/(#.*)?$"))


def do(form: Locator) -> None:
    """Send the form of a verb over the page of a case, and see that it is gone."""
    send(form)
    expect(form).to_be_hidden()


def check_in(page: Page, number: str, done: str) -> None:
    form = open_form(page, number, "revision")
    form.locator("[name=done]").fill(done)
    form.locator("[name=next_step]").fill("Seguimos en el edificio.")
    send_form(page, number, form)
    expect(page.locator("#caso-hilo").get_by_text(done)).to_be_visible()


def attend(head: Page, town: WatchedTown, number: str) -> None:
    """
    Let the head of the area do in time what the protocol asks for.

    She confirms the danger, works on it in her own area, speaks with the person, enters what is done, and answers.
    """
    sign_in(head, town, HEAD)
    do(open_act(head, number, "confirmar-critico"))
    form = open_act(head, number, "derivar")
    form.locator("select[name=area]").select_option("atencion_ciudadano")
    do(form)
    do(open_act(head, number, "tomar"))
    town.clock.forward(40 * _MINUTES)
    form = open_form(head, number, "conversacion")
    form.locator("[name=means]").select_option("phone")
    form.locator("[name=text]").fill("Le pedí cerrar la llave, abrir las ventanas y salir.")
    send_form(head, number, form)

    # A last time before the two hours are over.
    town.clock.forward(110 * _MINUTES)
    check_in(head, number, "La empresa de gas está en el edificio.")
    town.clock.forward(30 * _MINUTES)
    answer(head, number, "Buenos días. La empresa de gas cambió la manguera y midió el aire.")
    form = open_form(head, number, "sin-peligro")
    form.locator("[name=how]").fill("La empresa midió cero gas en la cocina.")
    send_form(head, number, form)


def test_a_hidden_danger_is_seen_rung_passed_up_answered_watched_and_closed(
    visitor: Callable[[], Page], town: WatchedTown
) -> None:
    wall, citizen, head = visitor(), visitor(), visitor()
    sign_in(wall, town, MANAGER)
    wall.goto("/muro/")

    number, code = register(citizen, motive="missed_collection", story=HIDDEN)

    # The machine sees it, and the wall rings within two seconds.
    alarm = wall.get_by_role("button", name=f"Me hago cargo del caso {number}")
    expect(alarm).to_be_visible(timeout=_AT_ONCE_MS)
    follow(citizen, number, code)
    expect(citizen.get_by_text("posible peligro").first).to_be_visible()

    # Nobody answers for ten minutes: it passes up to the head, who answers by the link of the letter.
    town.clock.forward(10 * _MINUTES)
    expect(wall.get_by_text("Aviso a jefatura del área").first).to_be_visible()
    look(wall, "peligro-muro")
    wait_until(lambda: "/alarma/" in town.letter(number, HEAD))
    taken_charge_by_mail(visitor, town, number, HEAD)
    expect(alarm).to_have_count(0)

    attend(head, town, number)

    # The citizen says yes, the head agrees, and the line of time shows it all.
    follow(citizen, number, code)
    citizen.goto(f"/casos/{number}/cierre/")
    citizen.locator("input[name=resuelto][value=si]").check(force=True)
    citizen.locator("main form button[type=submit]").first.click()
    citizen.wait_for_url(f"**/casos/{number}/?*")
    do(open_act(head, number, "cerrar"))
    expect(head.locator("main")).to_contain_text("Cerrado")
    head.goto(f"/mesa/casos/{number}/protocolo/")
    for words in (
        "Posible peligro",
        "Nadie se hizo cargo en 10 minutos",
        "Se hizo cargo desde su correo",
        "Confirmado como crítico",
        "Alguien lo revisó en",
        "Primera respuesta en",
        "Resuelto en",
        "Ya no hay peligro",
        "Sí, quedó resuelto.",
        "Cerrado",
    ):
        expect(head.get_by_text(words).first).to_be_visible()
    expect(head.get_by_text("Faltó anotar algo nuevo")).to_have_count(0)
    look(head, "peligro-protocolo")
