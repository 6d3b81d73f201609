"""Danger at the desk: seen at once in queue and case, answered by button or key, taken back with two signatures."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import DutyShift, User
from cercana.cases import commands
from cercana.cases.models import Case
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, CriticalReason
from cercana.rules.critical_states import Proposal
from cercana.rules.lifecycle import Stage
from tests.factories import make_case, make_user

DANGER = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas en la escalera")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def agent() -> User:
    return make_user(Role.AGENT, "atencion_ciudadano", name="Ana Ríos")


@pytest.fixture
def head() -> User:
    return make_user(Role.SUPERVISOR, "obras_infraestructura", name="Lucía Arrieta")


def page_of(client: Client, user: User, case: Case) -> str:
    client.force_login(user)
    return client.get(f"/mesa/casos/{case.number}/").content.decode()


def do(client: Client, user: User, case: Case, verb: str, **fields: str) -> int:
    client.force_login(user)
    return client.post(f"/mesa/casos/{case.number}/{verb}/", fields).status_code


class TestAProposal:
    def test_stands_at_the_head_of_the_case_with_its_words_and_its_minute(
        self, client: Client, agent: User, now: datetime
    ) -> None:
        page = page_of(client, agent, make_case(danger=DANGER, now=now))

        assert "Posible peligro: falta confirmarlo." in page
        assert "Riesgo para la salud o la seguridad" in page
        assert "«huele a gas en la escalera»" in page
        assert 'data-key="C"' in page
        assert 'data-key="X"' in page

    def test_is_marked_in_the_queue(self, client: Client, agent: User, now: datetime) -> None:
        make_case(danger=DANGER, now=now)
        client.force_login(agent)

        page = client.get("/mesa/?vista=criticos").content.decode()

        assert "Posible peligro" in page
        assert "CRÍTICO" not in page

    def test_is_confirmed(self, client: Client, agent: User, now: datetime) -> None:
        case = make_case(danger=DANGER, now=now)

        do(client, agent, case, "confirmar-critico")

        page = page_of(client, agent, case)
        assert Case.objects.get(pk=case.pk).critical_state == "marked"
        assert "Confirmado como crítico" in page
        assert "confirmar-critico" not in page

    def test_is_rejected_with_a_reason(self, client: Client, agent: User, now: datetime) -> None:
        case = make_case(danger=DANGER, now=now)

        do(client, agent, case, "rechazar-critico", reason="Solo pregunta por el gas.")

        page = page_of(client, agent, case)
        assert Case.objects.get(pk=case.pk).critical_state == "none"
        assert "No es crítico. Ahora es complejo" in page
        assert "Solo pregunta por el gas." in page

    def test_can_be_made_by_whoever_has_the_case(self, client: Client, head: User, now: datetime) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, now=now - timedelta(hours=1))

        do(client, head, case, "proponer-critico", danger="vulnerability", text="Vive sola y no puede salir.")

        assert Case.objects.get(pk=case.pk).critical_state == "proposed"
        assert "Persona en situación vulnerable" in page_of(client, head, case)

    def test_says_who_marked_it_when_nobody_answered(self, client: Client, agent: User, now: datetime) -> None:
        case = make_case(danger=DANGER, now=now - timedelta(minutes=20))
        commands.mark_unanswered(now=now)

        assert "nadie respondió en 15 minutos" in page_of(client, agent, case)


class TestTakingACaseBack:
    @pytest.fixture
    def duty(self, now: datetime) -> User:
        user = make_user(Role.DUTY_OFFICER, "alcaldia", name="Raúl Soto")
        hour = timedelta(hours=1)
        DutyShift.objects.create(user=user, starts_at=now - hour, ends_at=now + hour)
        return user

    @pytest.fixture
    def case(self, now: datetime) -> Case:
        return make_case(Stage.IN_FOLLOW_UP, class_=CaseClass.CRITICAL, now=now - timedelta(hours=1))

    def test_is_pending_until_somebody_else_signs(self, client: Client, head: User, duty: User, case: Case) -> None:
        do(client, head, case, "pedir-bajar", reason="Se cerró la llave.")

        for user in (head, duty):
            page = page_of(client, user, case)
            assert "Pendiente: Lucía Arrieta pidió" in page
            assert "«Se cerró la llave.»" in page
        assert "decidir-bajar" not in page_of(client, head, case)
        assert "decidir-bajar" in page_of(client, duty, case)

    def test_is_pending_in_the_queue_too(self, client: Client, head: User, case: Case) -> None:
        do(client, head, case, "pedir-bajar", reason="Se cerró la llave.")

        assert "falta una firma" in client.get("/mesa/?vista=criticos").content.decode()

    def test_is_signed(self, client: Client, head: User, duty: User, case: Case) -> None:
        do(client, head, case, "pedir-bajar", reason="Se cerró la llave.")
        do(client, duty, case, "decidir-bajar", lowered="si")

        assert Case.objects.get(pk=case.pk).class_ == "complex"
        assert "Deja de ser crítico, con dos firmas." in page_of(client, head, case)

    def test_is_not_gone_around(self, client: Client, head: User, case: Case) -> None:
        status = do(
            client,
            head,
            case,
            "reclasificar",
            class_="simple",
            category="pothole",
            kind="claim",
            claim_type="delay",
            reason="No es para tanto.",
        )

        assert status == 409
        assert Case.objects.get(pk=case.pk).critical_state == "marked"


class TestTheListOfRejections:
    def test_tells_the_supervisor_the_same_day_who_rejected_what_and_why(
        self, client: Client, agent: User, now: datetime
    ) -> None:
        case = make_case(danger=DANGER, now=now)
        do(client, agent, case, "rechazar-critico", reason="Solo pregunta por el gas.")
        client.force_login(make_user(Role.SUPERVISOR, "atencion_ciudadano"))

        page = client.get("/mesa/no-criticos/").content.decode()

        assert case.number in page
        assert "Ana Ríos" in page
        assert "Solo pregunta por el gas." in page

    def test_is_of_the_areas_that_one_supervises(self, client: Client, agent: User, head: User, now: datetime) -> None:
        case = make_case(danger=DANGER, now=now)
        do(client, agent, case, "rechazar-critico", reason="Solo pregunta.")
        client.force_login(head)

        assert case.number not in client.get("/mesa/no-criticos/").content.decode()

    def test_is_not_for_agents(self, client: Client, agent: User) -> None:
        client.force_login(agent)

        assert client.get("/mesa/no-criticos/").status_code == 403
