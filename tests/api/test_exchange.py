"""An exchange tells of calls with a token of its own; who was not attended waits for a case on the desk."""

import pytest
from django.test import Client

from cercana.api.scopes import Scope
from cercana.conversation.models import SilentNumber, UnregisteredContact
from cercana.rules.access import Role
from tests.api.calling import V1, connect
from tests.factories import make_user

pytestmark = pytest.mark.django_db
_ADDRESS = "/calls/events"
_RINGS = {"call": "1764241200.17", "event": "ringing", "caller": "987654321", "extension": "201"}


class TestCallEvents:
    def test_a_missed_call_stands_on_the_desk_however_often_it_is_told(self, client: Client) -> None:
        exchange = connect(None, Scope.CALLS)
        exchange.post(_ADDRESS, _RINGS)

        first = exchange.post(_ADDRESS, {**_RINGS, "event": "missed"})
        again = exchange.post(_ADDRESS, {**_RINGS, "event": "missed"})

        assert (first.status, first.json) == (200, {"state": "missed"})
        assert again.json == first.json
        assert UnregisteredContact.objects.count() == 1
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))
        page = client.get("/mesa/por-registrar/").content.decode()
        assert "Llamada perdida" in page
        assert "987654321" in page

    def test_need_no_key_since_an_exchange_may_tell_them_twice(self) -> None:
        exchange = connect(None, Scope.CALLS)
        head = {"Authorization": f"Bearer {exchange.token}"}

        for _ in range(2):
            answer = Client().post(f"{V1}{_ADDRESS}", _RINGS, content_type="application/json", headers=head)
            assert (answer.status_code, answer.json()) == (200, {"state": "ringing"})

    def test_refuses_a_token_made_for_something_else(self) -> None:
        assert connect(None, Scope.CATALOGUE).post(_ADDRESS, _RINGS).status == 403


class TestSmsAnswers:
    def test_ends_the_texts_to_who_says_baja(self) -> None:
        exchange = connect(None, Scope.CALLS)

        answer = exchange.post("/sms/answers", {"phone": "+51 987654321", "text": "Baja"})

        assert (answer.status, answer.json) == (200, {"understood": True})
        assert SilentNumber.objects.get().number == "+51987654321"

    def test_refuses_what_is_no_number(self) -> None:
        assert connect(None, Scope.CALLS).post("/sms/answers", {"phone": "12", "text": "BAJA"}).status == 409
