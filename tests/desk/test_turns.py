"""Turns at the desk: a window, one key for each act, and nothing for who attends nobody."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cercana.accounts.models import User
from cercana.channels.counter.models import Room, Turn
from cercana.rules.access import Role
from cercana.rules.turns import TurnState
from tests.channels.counter.hall import INTAKE, make_device, make_room, take
from tests.factories import make_user

TURNS = reverse("desk:turns")


@pytest.fixture
def room() -> Room:
    return make_room()


@pytest.fixture
def agent(client: Client) -> User:
    user = make_user(Role.AGENT, INTAKE)
    client.force_login(user)
    return user


def press(client: Client, step: str, **fields: object) -> str:
    return client.post(TURNS, {"paso": step, **fields}, follow=True).content.decode()


def sit(client: Client, room: Room) -> str:
    return press(client, "sentarse", ventanilla=room.windows.get(name="1").pk)


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

    def test_are_sent_again_only_when_something_changed(self, client: Client, room: Room) -> None:
        sit(client, room)
        tag = client.get(TURNS).headers["ETag"]
        asked = {"If-None-Match": tag, "HX-Request": "true"}
        assert client.get(TURNS, headers=asked).status_code in (200, 304)

        take(make_device(room), now=timezone.now())

        assert "C 001" in client.get(TURNS, headers=asked).content.decode()
