"""How well triage proposes, for those who supervise and those who analyse (domain.md, Triage)."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import AccessRecord, Case
from cercana.rules.access import Role
from cercana.rules.classification import ClaimType
from cercana.rules.lifecycle import Stage
from tests.factories import make_case, make_user

GAS = "Buenas tardes. Huele a gas en mi edificio y nadie ha venido."
ADDRESS = "/mesa/triaje/"
MOST_QUERIES = 12


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def head() -> User:
    return make_user(Role.SUPERVISOR, "alcaldia")


def rejected(now: datetime) -> Case:
    case = make_case(description=GAS, now=now)
    agent = actor_for(make_user(Role.AGENT, "atencion_ciudadano"), now)
    return commands.reject_critical(number=case.number, reason="Ya vinieron.", actor=agent, now=now)


def page_for(client: Client, user: User, address: str = ADDRESS) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


class TestThePage:
    def test_counts_what_was_corrected_and_names_the_case(self, client: Client, head: User, now: datetime) -> None:
        case = rejected(now)

        shown = page_for(client, head)

        assert "Peligro muestra pequeña 0 1 0" in shown
        assert "Riesgo para la salud o la seguridad muestra pequeña 0 1 0" in shown
        assert re.search(f"{case.number} .{{0,20}} Peligro crítico no crítico", shown)

    def test_leaves_out_what_nobody_answered_in_time(self, client: Client, head: User, now: datetime) -> None:
        make_case(description=GAS, now=now - timedelta(hours=1))
        commands.mark_unanswered(now=now)

        assert "Peligro sin dato aún 0 0 1" in page_for(client, head)

    def test_tells_of_the_cases_that_one_may_know_of_alone(self, client: Client, now: datetime) -> None:
        case = make_case(Stage.REFERRED, claim_type=ClaimType.ERROR, now=now)
        elsewhere = page_for(client, make_user(Role.SUPERVISOR, "fiscalizacion"))
        analyst = page_for(client, make_user(Role.ANALYST, "alcaldia"))

        assert case.number in page_for(client, make_user(Role.SUPERVISOR, "obras_infraestructura"))
        assert case.number not in elsewhere
        assert case.number not in analyst

    def test_can_show_the_corrections_of_one_decision(self, client: Client, head: User, now: datetime) -> None:
        case = rejected(now)

        assert case.number in page_for(client, head, f"{ADDRESS}?decision=critical")
        assert case.number not in page_for(client, head, f"{ADDRESS}?decision=about_staff")
        assert case.number in page_for(client, head, f"{ADDRESS}?decision=nada")

    def test_records_the_look_at_the_cases_it_names(self, client: Client, head: User, now: datetime) -> None:
        case = rejected(now)

        page_for(client, head)

        assert AccessRecord.objects.get(act="list", detail="triage").numbers == [case.number]

    def test_asks_for_as_much_of_many_cases_as_of_few(
        self, client: Client, head: User, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(4):
            make_case(now=now)
        client.force_login(head)

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(ADDRESS)

    def test_says_so_while_there_is_nothing_to_measure(self, client: Client, head: User) -> None:
        assert "Todavía no hay propuestas que medir" in page_for(client, head)

    @pytest.mark.parametrize("role", [Role.AGENT, Role.AREA_OFFICER, Role.TRAINER, Role.ADMINISTRATOR])
    def test_is_not_for_others(self, client: Client, role: Role) -> None:
        client.force_login(make_user(role, "alcaldia"))

        assert client.get(ADDRESS).status_code == 403
