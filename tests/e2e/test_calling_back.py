"""A missed call from the exchange's event to the case, by the keyboard of the desk and the real API."""

import http.client
import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from cercana.demo.story import read_town
from tests.command_line.installation import Installation, copied
from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in
from tests.e2e.test_turns import look, register_by_keyboard

SUPERVISOR = "malarcon@sanisidro.example"
_LIVE_MS = 15_000
_CALLS_OF_THE_DEMONSTRATION = sum(each["way"] != "mail" for each in read_town("contacts")["contacts"])
_DESK, _PHONE = (1440, 900), (390, 844)


@dataclass
class CalledTown(Town):
    """A municipality with an exchange, which has a token of its own."""

    token: str

    def tell(self, call: str, event: str, **given: object) -> None:
        """Tell what happens to a call, as an exchange does."""
        told = json.dumps({"call": call, "event": event, **given}).encode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.uuid4()),
        }
        exchange = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        exchange.request("POST", "/api/v1/calls/events", told, headers)
        assert exchange.getresponse().status == 200
        exchange.close()


@pytest.fixture(scope="module")
def town(installed: Installation) -> Iterator[Town]:
    """Start the demonstration with an exchange that may tell of calls."""
    with copied(installed) as installation, installation.database() as url:
        assert installation.cercana("demo", "base", DATABASE_URL=url).returncode == 0
        made = installation.cercana("api", "connect", "Central", "--scope", "calls", DATABASE_URL=url)
        assert made.returncode == 0, made.stderr
        token = installation.cercana("api", "token", "Central", DATABASE_URL=url).stdout.strip()
        sheet = (installation.var / "demo-accounts.txt").read_text(encoding="utf-8")
        installation.start("serve", DATABASE_URL=url)
        password = sheet.split("Clave de todas:")[1].split()[0]
        yield CalledTown(f"http://127.0.0.1:{installation.port}", password, token)


def settle_all(desk: Page) -> None:
    """Say of everybody on the list, taken by the keyboard, that they need no case."""
    look(desk, "devoluciones-demostracion", _DESK, _PHONE)
    while desk.get_by_role("button", name=re.compile("^Tomar :")).count():
        strike(desk, "s")
        expect(desk.get_by_role("heading", name="Llame ahora")).to_be_visible()
        strike(desk, "x")
        desk.keyboard.type("Ya lo atendimos.")
        strike(desk, "Enter")
        expect(desk.get_by_text("Queda sin caso, con su motivo.")).to_be_visible()


def test_a_missed_call_is_called_back_and_becomes_a_case(visitor: Callable[[], Page], town: CalledTown) -> None:
    desk, head = visitor(), visitor()
    sign_in(desk, town, AGENT)
    desk.goto("/mesa/devoluciones/")
    settle_all(desk)
    expect(desk.get_by_role("heading", name="Nadie espera una llamada")).to_be_visible()
    look(desk, "devoluciones-nadie", _DESK, _PHONE)

    # The list lives: what the exchange tells appears without anybody loading the page.
    for call, caller in (("1", "987654321"), ("2", "987654321"), ("3", "912345678"), ("4", "anonymous")):
        town.tell(call, "ringing", caller=caller, extension="201")
        town.tell(call, "hung_up" if call == "2" else "missed", caller=caller)
    town.tell("3", "voicemail", recording_url="https://central.example/3.wav", recording_seconds=42)
    expect(desk.get_by_text("Llamó 2 veces")).to_be_visible(timeout=_LIVE_MS)
    expect(desk.get_by_role("link", name="Escuchar el mensaje de voz")).to_be_visible()
    look(desk, "devoluciones-lista", _DESK, _PHONE)

    desk.goto("/mesa/por-registrar/")
    strike(desk, "l")
    expect(desk.get_by_role("heading", name="Devolver llamadas")).to_be_visible()
    strike(desk, "s")
    expect(desk.get_by_role("heading", name="Llame ahora")).to_be_visible()
    look(desk, "devoluciones-mano", _DESK, _PHONE)
    strike(desk, "o")
    expect(desk.get_by_text("Anotado: ocupado.")).to_be_visible()
    strike(desk, "z")
    expect(desk.get_by_role("heading", name="Llame ahora")).to_be_visible()
    strike(desk, "h")
    expect(desk.get_by_text("Ya hablaron.")).to_be_visible()
    look(desk, "devoluciones-hablado", _DESK, _PHONE)

    strike(desk, "r")
    expect(desk.get_by_role("heading", name="Registrar: llamada perdida")).to_be_visible()
    assert parse_qs(urlsplit(desk.url).query)["contacto"]
    number = register_by_keyboard(desk)

    # The other call of the same number is settled with the same case, by one key more.
    desk.goto("/mesa/devoluciones/")
    expect(desk.get_by_text(f"Desde este número ya hay un caso: {number}")).to_be_visible()
    desk.get_by_role("button", name="Unir a ese caso").click()
    expect(desk.get_by_text(f"Quedó en el caso {number}")).to_be_visible()

    sign_in(head, town, SUPERVISOR)
    head.goto("/mesa/devoluciones/cifras/?dias=7")
    expect(head.get_by_role("row", name="Todo")).to_contain_text(f"Todo{4 + _CALLS_OF_THE_DEMONSTRATION}")
    look(head, "llamadas-cifras", _DESK, _PHONE)
