"""The page of call-backs: from the missed call to a case, one key for each act, live and with nobody forgotten."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.channels.phone import commands
from cercana.channels.phone.callback_models import CallBackAttempt
from cercana.channels.phone.commands import CallNews
from cercana.conversation.models import UnregisteredContact
from cercana.rules.access import Role
from cercana.rules.calls import CallEvent
from tests.factories import make_case, make_user

PAGE = "/mesa/devoluciones/"
MOST_QUERIES = 14


@pytest.fixture
def agent(client: Client) -> User:
    """Return somebody who attends people, signed in."""
    user = make_user(Role.AGENT, "atencion_ciudadano", name="Rosa Huamán")
    client.force_login(user)
    return user


def miss(exchange_id: str, caller: str = "987654321") -> None:
    for event in (CallEvent.RINGING, CallEvent.MISSED):
        now = timezone.now() - timedelta(minutes=5)
        commands.hear(CallNews(exchange_id=exchange_id, event=event, caller=caller), now=now)


def page_of(client: Client, address: str = PAGE) -> str:
    return str(client.get(address).content.decode())


def press(client: Client, step: str, **given: str) -> str:
    """Press a button of the page, and return what the next page says."""
    return str(client.post(PAGE, {"paso": step, **given}, follow=True).content.decode())


def key_on(page: str) -> str:
    found = re.search(r'name="llamada" value="([0-9a-f-]{36})"', page)
    assert found is not None
    return found[1]


class TestThePage:
    def test_says_that_nobody_waits(self, client: Client, agent: User) -> None:
        assert "Nadie espera una llamada" in page_of(client)

    def test_takes_the_next_notes_the_attempt_and_takes_it_back(self, client: Client, agent: User) -> None:
        miss("1")

        taken = press(client, "siguiente")
        assert "Llame ahora" in taken
        key = key_on(taken)
        assert "no contestó" in press(client, "anotar", llamada=key, resultado="no_answer")
        undone = press(client, "deshacer", llamada=key)

        assert "Llame ahora" in undone
        assert not CallBackAttempt.objects.exists()

    def test_leads_from_the_talk_to_a_case_of_the_telephone(self, client: Client, agent: User) -> None:
        miss("1")
        key = key_on(press(client, "siguiente"))

        spoken = press(client, "anotar", llamada=key, resultado="spoke")

        assert f"/mesa/atender/?contacto={key}" in spoken
        assert "Habló" not in re.findall(r'data-key-label="([^"]*)"', spoken)
        assert 'value="987654321"' in page_of(client, f"/mesa/atender/?contacto={key}")

    def test_joins_the_case_that_is_there(self, client: Client, agent: User) -> None:
        case = make_case()
        miss("1")
        key = key_on(press(client, "siguiente"))

        assert f"Quedó en el caso {case.number}" in press(client, "unir", llamada=key, numero=case.number)
        assert UnregisteredContact.objects.get().case == Case.objects.get()

    def test_keeps_whoever_has_no_case_and_no_reason(self, client: Client, agent: User) -> None:
        miss("1")
        key = key_on(press(client, "siguiente"))

        assert client.post(PAGE, {"paso": "sin-caso", "llamada": key, "por_que": ""}).status_code == 422
        assert "987\N{NO-BREAK SPACE}654\N{NO-BREAK SPACE}321" in page_of(client)

    @pytest.mark.parametrize("given", [{"paso": "anotar"}, {"paso": "otro"}, {"paso": "tomar", "llamada": "x"}])
    def test_answers_nonsense_with_not_found(self, client: Client, agent: User, given: dict[str, str]) -> None:
        assert client.post(PAGE, given).status_code == 404

    def test_sends_its_list_again_only_when_something_changed(self, client: Client, agent: User) -> None:
        htmx = {"HX-Request": "true"}
        first = client.get(PAGE, headers=htmx)
        held = htmx | {"If-None-Match": first.headers["ETag"]}
        miss("1")

        changed = client.get(PAGE, headers=held)

        assert changed.status_code == 200
        assert client.get(PAGE, headers=htmx | {"If-None-Match": changed.headers["ETag"]}).status_code in (200, 304)

    def test_needs_few_queries_however_many_called(
        self, client: Client, agent: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for last in range(5):
            miss(str(last), caller=f"98765432{last}")

        with django_assert_max_num_queries(MOST_QUERIES):
            page_of(client)


class TestTheFigures:
    def test_are_told_by_the_hour_to_who_supervises(self, client: Client) -> None:
        client.force_login(make_user(Role.SUPERVISOR, "alcaldia"))
        miss("1")

        page = page_of(client, f"{PAGE}cifras/?dias=1")

        assert "Perdidas" in page
        assert '<th scope="row">Todo</th><td>1</td>' in page

    def test_say_so_while_nobody_called(self, client: Client) -> None:
        client.force_login(make_user(Role.ANALYST, "alcaldia"))

        assert "Todavía no hay llamadas" in page_of(client, f"{PAGE}cifras/")
