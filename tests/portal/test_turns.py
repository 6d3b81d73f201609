"""Kiosk, screen and phone: a turn is taken, seen, followed and given up by people nobody knows."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cercana.channels.counter import commands
from cercana.channels.counter.models import Device, DeviceKind, PreferentialCount, Room, Turn, TurnDetail
from cercana.channels.counter.queries import link_of
from cercana.rules.access import Role
from cercana.rules.turns import PreferentialGroup, Topic
from tests.channels.counter.hall import SITE, make_device, make_room, seated, take
from tests.factories import make_actor

KIOSK = f"/turnos/quiosco/{SITE}/"
SCREEN = f"/turnos/pantalla/{SITE}/"


@pytest.fixture
def room() -> Room:
    room = make_room()
    # Somebody attends, so that turns are given out whatever the hour is.
    seated(room, now=timezone.now())
    return room


def linked(client: Client, device: Device) -> Client:
    """Return the browser once it followed the link of a device."""
    assert client.get(link_of(device).removeprefix("http://127.0.0.1:8000")).status_code == 302
    return client


def answers(client: Client, **pressed: str) -> str:
    return client.post(KIOSK, {"clave": str(uuid.uuid4()), "idioma": "es", **pressed}).content.decode()


class TestADevice:
    def test_is_known_by_its_link_alone_and_until_it_is_taken_back(self, client: Client, room: Room) -> None:
        assert client.get(KIOSK).status_code == 403
        kiosk = make_device(room)
        linked(client, kiosk)
        assert client.get(KIOSK).status_code == 200
        assert client.get(SCREEN).status_code == 403

        admin = make_actor(Role.ADMINISTRATOR, "alcaldia")
        commands.revoke_device(key=kiosk.key, actor=admin, now=timezone.now())

        assert client.get(KIOSK).status_code == 403

    def test_gets_no_wider_policy_and_leaves_no_way_to_its_cookie(self, client: Client, room: Room) -> None:
        device = make_device(room)
        cookie = client.get(link_of(device).removeprefix("http://127.0.0.1:8000")).cookies["cercana_equipo"]
        policy = client.get(KIOSK).headers["Content-Security-Policy"]

        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/turnos/")
        assert "unsafe" not in policy


class TestTheKiosk:
    def test_asks_one_thing_after_the_other_and_gives_the_turn(self, client: Client, room: Room) -> None:
        linked(client, make_device(room))
        assert "¿Para qué vienes hoy?" in client.get(KIOSK).content.decode()
        assert "¿Te corresponde atención preferente?" in answers(client, tema="claim")
        assert "¿Quieres dejar tu documento?" in answers(client, tema="claim", grupo="ninguno")

        taken = client.post(
            KIOSK, {"clave": str(uuid.uuid4()), "tema": "claim", "grupo": "ninguno", "tomar": "1"}, follow=True
        )

        page = taken.content.decode()
        assert "R 001" in page
        assert f"/turnos/mi-turno/{Turn.objects.get().key}" not in page  # It stands in the QR code alone.
        assert 'class="p-qr"' in page
        assert not TurnDetail.objects.exists()

    def test_offers_the_six_groups_of_the_law_and_asks_no_proof(self, client: Client, room: Room) -> None:
        linked(client, make_device(room))
        page = answers(client, tema="inquiry")
        assert len(re.findall(r'name="grupo" value="(?!ninguno)', page)) == len(PreferentialGroup) == 6
        client.post(
            KIOSK, {"clave": str(uuid.uuid4()), "tema": "inquiry", "grupo": "disability", "tomar": "1", "documento": ""}
        )

        assert (Turn.objects.get().letter, PreferentialCount.objects.get().group) == ("P", "disability")

    def test_keeps_a_document_apart_and_refuses_what_is_none(self, client: Client, room: Room) -> None:
        linked(client, make_device(room))
        given = {"tema": "claim", "grupo": "ninguno", "tomar": "1"}
        assert "entre 6 y 15 letras o números" in answers(client, **given, documento="12")

        answers(client, **given, documento="4567 8912")

        assert TurnDetail.objects.get().document == "45678912"

    def test_speaks_english_and_passes_on_who_prefers_quechua(self, client: Client, room: Room) -> None:
        linked(client, make_device(room))
        assert "What do you come for today?" in answers(client, idioma="en")
        assert "prefieres hablar en quechua" in answers(client, idioma="qu")

        client.post(
            KIOSK, {"clave": str(uuid.uuid4()), "idioma": "qu", "tema": "claim", "grupo": "ninguno", "tomar": "1"}
        )

        assert Turn.objects.get().language == "qu"

    def test_gives_out_no_more_turns_than_people_can_take(self, client: Client, room: Room) -> None:
        linked(client, make_device(room))
        given = {"tema": "claim", "grupo": "ninguno", "tomar": "1"}
        statuses = [client.post(KIOSK, {"clave": str(uuid.uuid4()), **given}).status_code for _ in range(45)]

        assert statuses[0] == 302
        assert statuses[-1] == 429


class TestTheScreen:
    def test_shows_who_is_called_where_and_who_comes_next(self, client: Client, room: Room) -> None:
        now = timezone.now()
        kiosk = make_device(room)
        take(kiosk, topic=Topic.CLAIM, now=now)
        take(kiosk, group=PreferentialGroup.VETERAN, now=now)
        agent = seated(room, "2", now=now)
        commands.call_next(actor=agent, now=now)
        linked(client, make_device(room, DeviceKind.SCREEN))

        page = client.get(SCREEN).content.decode()

        assert 'data-said="Turno P 001, ventanilla 2."' in page
        assert '<span class="s-turno">R 001</span>' in page

    def test_sends_again_only_what_changed(self, client: Client, room: Room) -> None:
        linked(client, make_device(room, DeviceKind.SCREEN))
        tag = client.get(SCREEN).headers["ETag"]
        asked = {"If-None-Match": tag, "HX-Request": "true"}
        # The minute may turn between two questions.
        assert client.get(SCREEN, headers=asked).status_code in (200, 304)

        take(make_device(room), now=timezone.now())

        answer = client.get(SCREEN, headers=asked)
        assert answer.status_code == 200
        assert "C 001" in answer.content.decode()
        assert "<html" not in answer.content.decode()


class TestOnesOwnTurn:
    def test_is_followed_without_any_device_or_script(self, client: Client, room: Room) -> None:
        now = timezone.now()
        kiosk = make_device(room)
        take(kiosk, now=now)
        turn = take(kiosk, now=now)
        address = reverse("turns:follow", kwargs={"key": turn.key})

        page = client.get(address).content.decode()
        assert "Hay 1 persona antes que tú." in page
        assert '<noscript><meta http-equiv="refresh"' in page
        agent = seated(room, "2", now=now)
        for _ in range(2):
            commands.call_next(actor=agent, now=now)

        assert "Acércate a la ventanilla 2." in client.get(address).content.decode()

    def test_is_given_up_by_its_holder(self, client: Client, room: Room) -> None:
        turn = take(make_device(room), now=timezone.now())
        address = reverse("turns:follow", kwargs={"key": turn.key})

        assert "Dejaste este turno" in client.post(address, follow=True).content.decode()
        assert client.post(address).status_code == 409

    def test_that_is_preferential_leads_to_a_claim_if_it_was_not_kept(self, client: Client, room: Room) -> None:
        kiosk, now = make_device(room), timezone.now()
        pages = [
            client.get(reverse("turns:follow", kwargs={"key": take(kiosk, group=group, now=now).key})).content.decode()
            for group in (PreferentialGroup.CHILD, None)
        ]

        assert ["¿No te dieron atención preferente?" in page for page in pages] == [True, False]

    def test_is_over_the_next_day(self, client: Client, room: Room) -> None:
        turn = take(make_device(room), now=timezone.now())
        Turn.objects.update(day=turn.day - timedelta(days=1))

        assert client.get(reverse("turns:follow", kwargs={"key": turn.key})).status_code == 410
