"""What every open desk is told of the alarms that ring."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.critical import commands
from cercana.rules.access import Role
from tests.critical.scenes import Chain, make_chain, make_critical, ring
from tests.factories import make_person, make_user

ALARMS = "/mesa/alarmas/"


@pytest.fixture
def chain() -> Chain:
    chain = make_chain()
    chain.duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
    return chain


def ringing() -> Case:
    """Return a critical case whose alarm rings now."""
    case = make_critical(person=make_person(name="Rosa Quispe Mamani"))
    ring(case, timezone.now())
    return case


def heard(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(ALARMS).content.decode()


class TestAnOpenDesk:
    def test_of_everybody_who_may_take_charge_shows_the_alarm(self, client: Client, chain: Chain) -> None:
        case = ringing()
        colleague = make_user(Role.AREA_OFFICER, "obras_infraestructura")

        for user in (chain.duty, chain.head, chain.manager, colleague):
            assert case.number in heard(client, user)

    @pytest.mark.parametrize(
        ("role", "area"), [(Role.AREA_OFFICER, "fiscalizacion"), (Role.AUDITOR, "alcaldia"), (Role.AGENT, "alcaldia")]
    )
    def test_of_anybody_else_stays_quiet(self, client: Client, chain: Chain, role: Role, area: str) -> None:
        ringing()

        assert heard(client, make_user(role, area)).strip() == ""

    def test_shows_nothing_of_the_citizen(self, client: Client, chain: Chain) -> None:
        ringing()

        page = heard(client, chain.head)

        assert "Obras e Infraestructura" in page
        assert not any(word in page for word in ("Rosa", "Quispe", "bache", "Basadre"))

    def test_falls_silent_once_somebody_took_charge(self, client: Client, chain: Chain) -> None:
        case = ringing()
        now = timezone.now()
        commands.acknowledge(number=case.number, way="wall", actor=chain.actor("duty", now), now=now)

        assert heard(client, chain.head).strip() == ""

    def test_asks_only_for_changes(
        self, client: Client, chain: Chain, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.force_login(chain.head)
        tag = client.get(ALARMS).headers["ETag"]

        with django_assert_max_num_queries(7):
            same = client.get(ALARMS, headers={"If-None-Match": tag})
        case = ringing()
        changed = client.get(ALARMS, headers={"If-None-Match": tag})

        assert same.status_code == 304
        assert case.number in changed.content.decode()

    def test_is_not_told_again_of_what_it_shows_when_something_else_happens(self, client: Client, chain: Chain) -> None:
        ringing()
        client.force_login(chain.head)
        tag = client.get(ALARMS).headers["ETag"]

        make_critical()

        assert client.get(ALARMS, headers={"If-None-Match": tag}).status_code == 304
