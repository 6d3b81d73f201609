from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import AccessRecord, Case
from cercana.critical import commands
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass
from cercana.rules.lifecycle import Stage
from tests.critical.scenes import alarms, ring
from tests.factories import Given, make_actor, make_case, make_user

LIVE = {"HX-Request": "true"}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def head(client: Client) -> User:
    """Return the head of Obras, who looks at the wall."""
    head = make_user(Role.SUPERVISOR, "obras_infraestructura", name="Carmen Salazar Vega")
    client.force_login(head)
    return head


def critical(stage: Stage = Stage.REFERRED, *, ago: timedelta = MINUTE, **given: Given) -> Case:
    """Return a critical case received ``ago``, whose alarm rings since then."""
    at = timezone.now() - ago
    case = make_case(stage, class_=CaseClass.CRITICAL, now=at, **given)
    ring(case, at)
    return case


def page(client: Client) -> str:
    return client.get("/muro/").content.decode()


class TestTheWall:
    def test_is_calm_without_a_critical_case(self, client: Client, head: User) -> None:
        make_case()

        shown = page(client)

        assert "Ningún caso<br>crítico abierto" in shown
        assert "Lo que puede ver Carmen Salazar Vega" in shown

    def test_shows_both_clocks_who_has_it_and_whom_the_alarm_calls(self, client: Client, head: User) -> None:
        case = critical(ago=10 * MINUTE)

        shown = page(client)

        assert case.number in shown
        for words in ("Responder en 1 h 4", "23 h", "para resolver", "Sin responsable", "Aviso a jefatura del área"):
            assert words in shown

    def test_says_in_capitals_that_nobody_responded_in_time(self, client: Client, head: User) -> None:
        critical(ago=2 * HOUR + 16 * MINUTE)

        shown = page(client)

        assert "SIN RESPUESTA A TIEMPO" in shown
        assert "+16 min" in shown

    def test_shows_what_was_done_last(self, client: Client, head: User) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura", now=timezone.now())
        case = critical(Stage.IN_FOLLOW_UP, ago=30 * MINUTE, officer=officer)
        commands.acknowledge(number=case.number, way="desk", actor=officer, now=timezone.now() - 20 * MINUTE)
        at = timezone.now() - 4 * MINUTE
        commands.check_in(number=case.number, done="Luz del Sur en camino", next_step="Cortar", actor=officer, now=at)

        assert "Luz del Sur en camino, hace 4\N{NO-BREAK SPACE}min" in page(client)

    def test_hides_the_words_of_a_restricted_case(self, client: Client, head: User) -> None:
        case = critical()
        Case.objects.filter(pk=case.pk).update(is_restricted=True)

        shown = page(client)

        assert "Caso reservado" in shown
        assert "bache" not in shown
        assert "Basadre" not in shown

    def test_shows_no_case_that_its_viewer_may_not_see(self, client: Client, head: User) -> None:
        case = critical()
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=head)

        assert case.number not in page(client)

    def test_records_who_was_shown_which_cases_once(self, client: Client, head: User) -> None:
        case = critical()

        first = client.get("/muro/")
        client.get("/muro/", headers={**LIVE, "If-None-Match": '"0.0:' + first.headers["ETag"].split(":", 1)[1]})

        assert [each.numbers for each in AccessRecord.objects.filter(detail="muro")] == [[case.number]]


class TestALiveWall:
    def test_is_told_that_nothing_changed(self, client: Client, head: User) -> None:
        critical()
        tag = client.get("/muro/").headers["ETag"]

        answer = client.get("/muro/", headers={**LIVE, "If-None-Match": tag})

        assert (answer.status_code, answer.content) == (304, b"")

    def test_is_told_of_a_new_case(self, client: Client, head: User) -> None:
        tag = client.get("/muro/").headers["ETag"]
        case = critical()

        answer = client.get("/muro/", headers={**LIVE, "If-None-Match": tag})

        assert case.number in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_asks_no_more_than_who_it_is_and_what_is_new(
        self, client: Client, head: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        critical()
        tag = client.get("/muro/").headers["ETag"]

        # Session, account with its offices, the institution of the day, and the newest event.
        with django_assert_num_queries(4):
            client.get("/muro/", headers={**LIVE, "If-None-Match": tag})

    @pytest.mark.parametrize("cases", [1, 5])
    def test_asks_the_same_for_any_number_of_cases(
        self, client: Client, head: User, cases: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(cases):
            critical()

        # As above; then cases, clocks, their alarms, what is newest, texts, the month, names, and the look recorded.
        with django_assert_num_queries(12):
            client.get("/muro/")


class TestTakingCharge:
    def test_on_the_wall_ends_the_alarm_and_stands_in_the_history(self, client: Client, head: User) -> None:
        case = critical()

        answer = client.post(f"/muro/casos/{case.number}/cargo/", {"alarma": ""}, headers=LIVE)

        assert answer.status_code == 204
        assert alarms(case)[-1] == ("alarm_acknowledged", [])
        shown = client.get(f"/mesa/casos/{case.number}/").content.decode()
        assert "Suena la alarma, caso crítico: se llama a Carmen Salazar Vega (jefatura del área)" in shown
        assert "Se hizo cargo desde el muro" in shown

    def test_is_refused_to_who_may_only_look(self, client: Client, head: User) -> None:
        case = critical()
        client.force_login(make_user(Role.AUDITOR, "alcaldia"))

        assert case.number in page(client)
        assert "Me hago cargo" not in page(client)
        assert client.post(f"/muro/casos/{case.number}/cargo/", headers=LIVE).status_code == 404

    def test_on_the_desk_is_offered_while_the_alarm_rings(self, client: Client, head: User) -> None:
        case = critical()
        address = f"/mesa/casos/{case.number}/"

        assert "acto-hacerse-cargo" in client.get(address).content.decode()
        client.post(f"{address}hacerse-cargo/")

        assert "acto-hacerse-cargo" not in client.get(address).content.decode()
