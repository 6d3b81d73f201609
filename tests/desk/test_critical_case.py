from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass
from cercana.rules.lifecycle import Stage
from tests.factories import make_case, make_user


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def officer() -> User:
    return make_user(Role.AREA_OFFICER, "obras_infraestructura", name="Lucía Arrieta")


def page_of(client: Client, user: User, case: Case) -> str:
    client.force_login(user)
    response = client.get(f"/mesa/casos/{case.number}/")
    assert response.status_code == 200
    return response.content.decode()


class TestACriticalCase:
    def test_offers_to_note_the_conversation_first(self, client: Client, officer: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now, class_=CaseClass.CRITICAL)

        page = page_of(client, officer, case)

        assert "Hablé con la persona" in page
        assert 'data-key-hint="R"' not in page


class TestTakingUpACriticalCase:
    def test_refers_and_takes_it_in_one_press(self, client: Client, now: datetime) -> None:
        case = make_case(now=now, class_=CaseClass.CRITICAL, category="noise")
        head = make_user(Role.SUPERVISOR, "alcaldia")
        address = f"/mesa/casos/{case.number}/"
        assert "Lo asumo" in page_of(client, head, case)

        client.post(f"{address}asumir/")

        taken = Case.objects.get(pk=case.pk)
        assert (taken.stage, taken.owner_id, taken.area_id) == (Stage.IN_FOLLOW_UP, head.pk, "fiscalizacion")

    def test_is_not_for_who_may_not_take_it_there(self, client: Client, now: datetime) -> None:
        case = make_case(now=now, class_=CaseClass.CRITICAL, category="noise")
        agent = make_user(Role.AGENT, "atencion_ciudadano")
        assert "Lo asumo" not in page_of(client, agent, case)

        refused = client.post(f"/mesa/casos/{case.number}/asumir/")

        assert refused.status_code == 404
        assert Case.objects.get(pk=case.pk).stage == Stage.REGISTERED
