"""A registration that a phone kept until there was a connection."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cercana.cases import commands, queries
from cercana.cases.models import Attachment, Case, Draft
from cercana.rules.access import Actor, ActorKind
from cercana.rules.history import EventType
from tests.portal.walking import WHAT, WHERE, WHO, Fields, page, picture

SECRET = "wqL1wuBkGQnLb3Zl8lE1xEqOQ1jR5d0mQzZf3tT9x4Y"
ADDRESS = "/casos/nuevo/sin-conexion/enviar/"


def send(client: Client, **changed: object) -> tuple[int, dict[str, object]]:
    """Send everything at once as the phone does, and return what it is told."""
    fields: Fields = {"clave": SECRET, **WHAT, **WHERE, **WHO, **changed}
    answer = client.post(ADDRESS, fields)
    return answer.status_code, json.loads(answer.content)


class TestWhatAPhoneCarried:
    def test_becomes_a_case_with_number_code_and_promise(self, client: Client) -> None:
        status, told = send(client, archivos=[picture()])

        [case] = Case.objects.all()
        assert (status, told["number"]) == (200, case.number)
        assert Attachment.objects.filter(case=case).count() == 1
        assert told["code"]
        assert told["promises"]
        assert client.get(str(told["link"])).status_code == 302

    def test_is_one_case_however_often_it_is_sent(self, client: Client) -> None:
        first = send(client, archivos=[picture()])[1]["number"]
        again = {send(client, archivos=[picture()])[1]["number"] for _ in range(3)}

        assert again == {first}
        assert Case.objects.count() == 1
        assert Attachment.objects.count() == 1

    def test_is_one_case_even_after_its_draft_was_swept(self, client: Client) -> None:
        first = send(client)[1]["number"]
        commands.sweep_drafts(datetime.now(UTC) + timedelta(days=30))
        assert not Draft.objects.exists()

        assert send(client)[1]["number"] == first
        assert Case.objects.count() == 1

    def test_is_another_case_under_another_key(self, client: Client) -> None:
        send(client)
        send(client, clave=SECRET[::-1])

        assert Case.objects.count() == 2

    def test_says_field_by_field_what_to_mend_and_keeps_nothing(self, client: Client) -> None:
        status, told = send(client, relato=" ", correo="rosa")

        faults = told["faults"]
        assert isinstance(faults, list)
        assert status == 422
        assert {name for name, _ in faults} == {"relato", "correo"}
        assert not Draft.objects.exists()
        assert send(client)[0] == 200

    def test_leaves_out_of_the_case_a_file_that_cannot_be_taken(self, client: Client) -> None:
        empty = picture()
        empty.truncate(0)
        status, told = send(client, archivos=[empty])

        assert status == 422
        assert "archivos" in str(told["faults"])
        assert not Case.objects.exists()

    def test_gives_nothing_but_the_number_once_the_code_was_changed(self, client: Client) -> None:
        send(client)
        case = Case.objects.get()
        holder = Actor(ActorKind.CITIZEN, case_key=str(case.key))
        commands.revoke_access(number=case.number, actor=holder, now=datetime.now(UTC))

        assert send(client)[1] == {"number": case.number}

    @pytest.mark.parametrize("key", ["", "short", SECRET + "A", SECRET[:-1] + "*"])
    def test_needs_a_key_that_nobody_guesses(self, client: Client, key: str) -> None:
        assert send(client, clave=key)[0] == 400

    def test_tells_where_the_phone_was(self, client: Client) -> None:
        send(client, punto="-12.097400,-77.036600")

        case = Case.objects.get()
        holder = Actor(ActorKind.CITIZEN, case_key=str(case.key))
        received = queries.tracked_case(holder, number=case.number).newest(EventType.RECEIVED)
        assert received is not None
        assert received.texts["place"] == "Av. Basadre, Cuadra 9, GPS -12.097400, -77.036600"

    def test_takes_the_place_of_the_same_story_begun_step_by_step(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        send(client)

        assert str(WHAT["relato"]) not in page(client, "/casos/nuevo/")

    def test_leaves_another_story_that_is_being_written_as_it_is(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT | {"relato": "Quiero que poden el árbol."})
        send(client)

        assert "Quiero que poden el árbol." in page(client, "/casos/nuevo/")

    def test_has_a_form_that_holds_nothing_of_anybody(self, client: Client) -> None:
        assert "csrfmiddlewaretoken" not in page(client, "/casos/nuevo/sin-conexion/")
        assert "csrfmiddlewaretoken" not in page(client, "/casos/en-este-telefono/")

    def test_may_only_be_sent_with_the_token_of_this_browser(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(ADDRESS, {"clave": SECRET}).status_code == 403
        token = json.loads(strict.get(ADDRESS).content)["token"]
        sent = {"clave": SECRET, "csrfmiddlewaretoken": token, **WHAT, **WHERE, **WHO}
        assert strict.post(ADDRESS, sent).status_code == 200


class TestWhatAnotherAppShares:
    def test_leads_to_the_form_without_a_worker_too(self) -> None:
        answer = Client(enforce_csrf_checks=True).post("/casos/nuevo/compartir/", {"texto": "Hola"})

        assert answer["Location"] == "/casos/nuevo/sin-conexion/"
