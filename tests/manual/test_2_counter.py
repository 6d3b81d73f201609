"""Sections 2.2b and 2.3a of the manual: attention in person, from the turn to the receipt, eyes on the person."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.channels.counter.models import DeviceKind, Room, Turn
from cercana.channels.counter.queries import link_of
from cercana.rules.access import Role
from cercana.rules.history import EventType
from tests.channels.counter.hall import INTAKE, SITE, make_device, make_room
from tests.factories import make_user

TURNS, ATTEND = "/mesa/turnos/", "/mesa/atender/"


@pytest.fixture
def room() -> Room:
    return make_room()


@pytest.fixture
def agent(client: Client) -> User:
    user = make_user(Role.AGENT, INTAKE)
    client.force_login(user)
    return user


def visit(room: Room, kind: DeviceKind) -> Client:
    """Return the browser of a device that an administrator linked."""
    browser = Client()
    browser.get(link_of(make_device(room, kind)).removeprefix("http://127.0.0.1:8000"))
    return browser


def press(client: Client, step: str, **fields: str) -> str:
    return client.post(TURNS, {"paso": step, **fields}, follow=True).content.decode()


def take(kiosk: Client, group: str) -> str:
    """Take a turn at the kiosk, and return its ticket."""
    pressed = {"tema": "claim", "grupo": group, "tomar": "1", "clave": ""}
    page = kiosk.post(f"/turnos/quiosco/{SITE}/", pressed, follow=True).content.decode()
    ticket = re.search(r"k-boleto__n\">(\w \d+)<", page)
    assert ticket is not None
    return ticket.group(1)


class TestInPerson:
    def test_m2_3a_turn_call_registration_and_receipt(self, client: Client, room: Room, agent: User) -> None:
        press(client, "sentarse", ventanilla=str(room.windows.get(name="2").pk))
        kiosk, screen = visit(room, DeviceKind.KIOSK), visit(room, DeviceKind.SCREEN)
        assert [take(kiosk, group) for group in ("ninguno", "older_adult")] == ["R 001", "P 001"]

        # Preferential attention takes the next free counter; the screen calls both by their tickets alone.
        for ticket in ("P 001", "R 001"):
            press(client, "siguiente")
            assert f"Turno {ticket}, ventanilla 2." in screen.get(f"/turnos/pantalla/{SITE}/").content.decode()

        turn = Turn.objects.get(letter="R")
        assert 'name="channel" value="counter" checked' in client.get(ATTEND, {"turno": str(turn.pk)}).content.decode()
        registered = client.post(
            ATTEND,
            {
                "client_key": "7a1c2b1e-0000-4000-8000-000000000001",
                "channel": "counter",
                "turn": str(turn.pk),
                "description": "Hay un bache grande en la cuadra 9.",
                "category": "pothole",
                "type": "poor_service",
                "place": "Av. Basadre",
                "no_contact_reason": "No tiene teléfono",
            },
        )
        case = Case.objects.get()

        assert (case.channel, turn.detail.case_number) == ("counter", case.number)
        assert [each.type for each in case.events.order_by("sequence")][:2] == [
            EventType.RECEIVED,
            EventType.REGISTERED,
        ]
        receipt = client.get(f"/mesa/turnos/constancia/{case.number}/").content.decode()
        assert case.number in receipt
        assert "Código para seguir tu caso" in receipt
        assert client.get(registered.headers["Location"]).status_code == 200

    def test_m2_2b_what_to_do_with_eyes_and_hands_stands_beside_the_call_and_keys_do_the_rest(
        self, client: Client, room: Room, agent: User
    ) -> None:
        press(client, "sentarse", ventanilla=str(room.windows.get(name="2").pk))
        take(visit(room, DeviceKind.KIOSK), "ninguno")

        page = press(client, "siguiente")

        assert "mire a la persona antes que a la pantalla" in page
        assert "Deje las manos a la vista" in page
        assert set("SRAUPT") <= set(re.findall(r'data-key="([A-Z])"', page))


class TestWhatIsKept:
    def test_m2_3a_a_turn_names_nobody(self, room: Room, client: Client, agent: User) -> None:
        press(client, "sentarse", ventanilla=str(room.windows.get(name="2").pk))
        kiosk = visit(room, DeviceKind.KIOSK)
        kiosk.post(
            f"/turnos/quiosco/{SITE}/", {"tema": "claim", "grupo": "pregnant", "tomar": "1", "documento": "45678912"}
        )

        stored = [str(value) for row in Turn.objects.values_list() for value in row]

        assert not {"45678912", "pregnant"} & set(stored)
        assert Turn.objects.get().day == timezone.localdate()
