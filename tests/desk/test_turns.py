"""Turns at the desk: a window, one key for each act, and nothing for who attends nobody."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.channels.counter import commands
from cercana.channels.counter.models import Device, Room, Turn
from cercana.channels.counter.queries import link_of
from cercana.rules.access import Role
from cercana.rules.turns import PreferentialGroup, TurnState
from tests.channels.counter.hall import INTAKE as INTAKE_AREA
from tests.channels.counter.hall import make_device, make_room, seated, take
from tests.desk.test_alarms import heard
from tests.factories import make_user

TURNS = reverse("desk:turns")
INTAKE = reverse("desk:intake")
MOST_QUERIES = 12


@pytest.fixture
def room() -> Room:
    return make_room()


@pytest.fixture
def agent(client: Client) -> User:
    user = make_user(Role.AGENT, INTAKE_AREA)
    client.force_login(user)
    return user


def press(client: Client, step: str, **fields: object) -> str:
    return client.post(TURNS, {"paso": step, **fields}, follow=True).content.decode()


def sit(client: Client, room: Room) -> str:
    return press(client, "sentarse", ventanilla=room.windows.get(name="1").pk)


def register(client: Client, **fields: str) -> Case:
    """Return the case that a filled form gives."""
    given = {
        "client_key": str(uuid.uuid4()),
        "channel": "counter",
        "description": "Hay un bache grande en la cuadra 9.",
        "category": "pothole",
        "type": "poor_service",
        "place": "Av. Basadre",
        "no_contact_reason": "No tiene teléfono",
        **fields,
    }
    assert client.post(INTAKE, given).status_code == 302
    return Case.objects.latest("pk")


@pytest.mark.usefixtures("agent")
class TestTheTurnsOfAWindow:
    def test_begin_with_the_choice_of_a_window(self, client: Client, room: Room) -> None:
        assert "¿En qué ventanilla está?" in client.get(TURNS).content.decode()
        assert "Sede central, ventanilla 1</h1>" in sit(client, room)

    def test_are_called_ended_and_passed_on_by_what_is_pressed(self, client: Client, room: Room) -> None:
        kiosk = make_device(room)
        sit(client, room)
        now = timezone.now()
        take(kiosk, now=now, language="ay", document="45678912")
        take(kiosk, now=now)

        page = press(client, "siguiente")
        assert '<p class="t-turno">C 001</p>' in page
        assert "prefiere aimara" in page
        assert "45678912" in page
        assert "2 llamados" in press(client, "otra-vez")
        assert "la pantalla promete tres llamados" in press(client, "ausente")
        press(client, "pasar", nota="Vuelve con su recibo", ventanilla="")
        assert "Vuelve con su recibo" in press(client, "siguiente")
        press(client, "terminar")

        assert Turn.objects.get(number=1).state == TurnState.ATTENDED

    def test_say_that_nobody_waits(self, client: Client, room: Room) -> None:
        sit(client, room)

        assert "Nadie espera" in press(client, "siguiente")

    def test_are_sent_again_only_when_something_changed(
        self, client: Client, room: Room, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        sit(client, room)
        tag = client.get(TURNS).headers["ETag"]
        asked = {"If-None-Match": tag, "HX-Request": "true"}
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(TURNS, headers=asked).status_code in (200, 304)

        take(make_device(room), now=timezone.now())

        assert "C 001" in client.get(TURNS, headers=asked).content.decode()


class TestTheGuidedIntake:
    def test_begins_with_what_the_kiosk_knows_and_is_linked_to_the_turn(
        self, client: Client, room: Room, agent: User
    ) -> None:
        kiosk = make_device(room)
        sit(client, room)
        take(kiosk, now=timezone.now(), group=PreferentialGroup.PREGNANT, language="qu", document="45678912")
        press(client, "siguiente")
        turn = Turn.objects.get()

        page = client.get(INTAKE, {"canal": "ventanilla", "turno": str(turn.pk)}).content.decode()

        assert f'name="turn" value="{turn.pk}"' in page
        assert 'value="45678912"' in page
        assert re.search(r'value="qu" selected', page)
        assert re.search(r'name="preferential" value="on" checked', page)
        case = register(client, turn=str(turn.pk))
        turn.refresh_from_db()
        assert (turn.became_case, turn.detail.case_number, case.channel) == (True, case.number, "counter")
        assert case.number in client.get(TURNS).content.decode()

    def test_links_no_turn_of_another_window(self, client: Client, room: Room, agent: User) -> None:
        other = seated(room, "2", now=timezone.now())
        turn = take(make_device(room), now=timezone.now())
        commands.call_next(actor=other, now=timezone.now())
        page = client.get(INTAKE, {"turno": str(turn.pk)}).content.decode()
        register(client, turn=str(turn.pk))

        assert 'name="turn"' not in page
        assert not Turn.objects.get().became_case


class TestTheReceipt:
    def test_is_printed_from_the_browser_by_whoever_registered_it_alone(
        self, client: Client, room: Room, agent: User
    ) -> None:
        sit(client, room)
        case = register(client)
        address = reverse("desk:print-receipt", kwargs={"number": case.number})
        assert address in client.get(INTAKE, {"registrado": case.number}).content.decode()

        slip = client.get(address).content.decode()
        assert "data-prints" in slip
        assert case.number in slip
        assert client.post(address).status_code == 409  # No printer in this room.
        client.force_login(make_user(Role.AGENT, INTAKE_AREA))
        assert client.get(address).status_code == 404


class TestALongWait:
    def test_rings_on_the_desk_of_who_supervises_reception_until_they_go(self, client: Client, room: Room) -> None:
        now = timezone.now()
        seated(room, "2", now=now)
        take(make_device(room), now=now)
        Turn.objects.update(arrived_at=now - timedelta(minutes=45))
        head = make_user(Role.SUPERVISOR, INTAKE_AREA)
        stranger = make_user(Role.SUPERVISOR, "fiscalizacion")

        assert heard(client, stranger).strip() == ""
        assert "Sede central: una persona espera más de 30 minutos." in heard(client, head)
        client.post(TURNS, {"paso": "abrir", "sala": room.pk})

        assert heard(client, head).strip() == ""


class TestTheDevices:
    def test_are_linked_once_and_parted_by_an_administrator(self, client: Client, room: Room) -> None:
        client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))
        address = reverse("desk:turn-devices")

        made = client.post(address, {"paso": "enlazar", "sala": room.pk, "clase": "kiosk", "nombre": "Entrada"})

        device = Device.objects.get()
        assert link_of(device) in made.content.decode()
        assert "/turnos/equipo/" not in client.get(address).content.decode()
        client.post(address, {"paso": "quitar", "equipo": device.key})
        device.refresh_from_db()
        assert device.revoked_at is not None


class TestTheFigures:
    def test_show_hours_and_groups_to_who_supervises(self, client: Client, room: Room) -> None:
        now = timezone.now()
        agent, kiosk = seated(room, now=now), make_device(room)
        take(kiosk, now=now, group=PreferentialGroup.VETERAN)
        commands.call_next(actor=agent, now=now + timedelta(minutes=4))
        client.force_login(make_user(Role.SUPERVISOR, "fiscalizacion"))

        page = client.get(reverse("desk:turn-figures"), {"dias": "1"}).content.decode()

        assert "Veteranos de guerra" in page
        assert "<td>4 min</td>" in page
