"""The help beside what the staff writes to a citizen, the second look before it leaves, and the figures that stay."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases.models import Case, MessageFigures
from cercana.cases.queries import message_figures
from cercana.rules.access import Role
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.writing.labels import Fault
from tests.factories import make_case, make_user

MOST_QUERIES = 12
HTMX = {"HX-Request": "true"}
BARE = "Vamos a reparar la vereda el viernes 4 de diciembre."
STRANGE = "Buenos días. Su vecina tiene el DNI 41234567 y el teléfono 987 111 222. Iremos mañana."
ANSWER = {
    "done": "Buenos días. Gracias por avisarnos. Lamentamos la espera. Tapamos el hueco de su cuadra.",
    "next_step": "Un técnico revisa el parche.",
    "by_when": "el viernes",
    "outcome": "solved",
    "cause": "maintenance",
}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def officer(client: Client) -> User:
    user = make_user(Role.AREA_OFFICER, "obras_infraestructura")
    client.force_login(user)
    return user


@pytest.fixture
def case(officer: User, now: datetime) -> Case:
    return make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=2))


def address(case: Case, verb: str, part: str = "") -> str:
    return f"/mesa/casos/{case.number}/{verb}/{part}"


def helped(client: Client, case: Case, text: str) -> str:
    return client.post(address(case, "mensaje", "ayuda/"), {"text": text}, headers=HTMX).content.decode()


def sent(case: Case) -> int:
    return case.events.filter(type__in=[EventType.WROTE, EventType.ANSWERED]).count()


class TestHelp:
    def test_says_what_is_missing_with_the_line_of_the_manual(self, client: Client, case: Case) -> None:
        said = helped(client, case, BARE)

        assert "Falta saludar" in said
        assert "(2.1c)" in said
        assert 'data-take="text" data-start="0"' in said
        assert 'data-key="Alt+1"' in said

    def test_says_how_easily_it_is_read_and_shows_it_with_every_change(self, client: Client, case: Case) -> None:
        said = helped(client, case, BARE)

        assert "de 100" in said
        assert "meta 65" in said
        assert "Así quedaría" in said

    def test_has_nothing_to_say_of_an_empty_text(self, client: Client, case: Case) -> None:
        said = helped(client, case, "  ")

        assert "Usted decide" in said
        assert "data-take" not in said

    def test_keeps_and_records_nothing(self, client: Client, case: Case) -> None:
        entries = case.events.count()

        helped(client, case, BARE)

        assert case.events.count() == entries

    def test_asks_the_database_as_often_as_the_page_of_the_case(
        self, client: Client, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(MOST_QUERIES):
            helped(client, case, BARE)

    def test_takes_no_text_in_an_address(self, client: Client, case: Case) -> None:
        assert client.get(address(case, "mensaje", "ayuda/"), {"text": BARE}).status_code == 405

    def test_exists_only_for_what_goes_to_the_citizen(self, client: Client, case: Case) -> None:
        assert client.post(address(case, "nota", "ayuda/"), {"text": BARE}).status_code == 404

    def test_reads_the_three_parts_of_an_answer_as_one(self, client: Client, case: Case) -> None:
        said = client.post(address(case, "responder", "ayuda/"), ANSWER, headers=HTMX).content.decode()

        assert "Dice qué sigue y cuándo" in said
        assert "Falta decir qué sigue" not in said


class TestHelpWithoutScripts:
    def test_stands_on_a_page_of_its_own_with_everything_typed(self, client: Client, case: Case) -> None:
        page = client.post(address(case, "responder", "ayuda/"), ANSWER).content.decode()

        assert "Ayuda para escribir claro" in page
        assert f"{ANSWER['done']}</textarea>" in page
        assert '<option value="solved" selected>' in page

    def test_takes_one_proposal_and_gives_it_back(self, client: Client, case: Case) -> None:
        taken = client.post(address(case, "mensaje", "ayuda/"), {"text": BARE, "tomar": "1"}).content.decode()
        back = {"text": "x", "antes-text": BARE, "tomar": "deshacer"}
        given_back = client.post(address(case, "mensaje", "ayuda/"), back).content.decode()

        assert "\nBuenos días" in taken
        assert f'name="antes-text" value="{BARE}"' in taken
        assert f"\n{BARE}</textarea>" in given_back

    def test_takes_all_proposals(self, client: Client, case: Case) -> None:
        page = client.post(address(case, "mensaje", "ayuda/"), {"text": BARE, "tomar": "todo"}).content.decode()

        assert "Falta saludar" not in page
        assert BARE in page

    @pytest.mark.parametrize("asked", ["99", "²", "nada", "-1"])
    def test_changes_nothing_for_what_is_not_offered(self, client: Client, case: Case, asked: str) -> None:
        page = client.post(address(case, "mensaje", "ayuda/"), {"text": BARE, "tomar": asked}).content.decode()

        assert f"\n{BARE}</textarea>" in page


class TestPreview:
    def test_shows_the_mail_the_page_and_what_to_say(self, client: Client, case: Case) -> None:
        shown = client.post(address(case, "responder", "vista/"), ANSWER, headers=HTMX).content.decode()

        assert f"Ya hay respuesta a tu caso {case.number}" in shown
        assert "Sí, quedó resuelto" in shown
        assert "En la página de su caso" in shown
        assert "Para decirlo por teléfono o en persona" in shown
        assert sent(case) == 0

    def test_is_a_page_without_scripts(self, client: Client, case: Case) -> None:
        page = client.post(address(case, "mensaje", "vista/"), {"text": BARE}).content.decode()

        assert f"Tienes un mensaje sobre tu caso {case.number}" in page
        assert BARE in page


class TestWhatIsAskedTwice:
    def test_somebody_elses_data_wait_for_a_second_yes(self, client: Client, case: Case) -> None:
        asked = client.post(address(case, "mensaje"), {"text": STRANGE}, headers=HTMX)
        said = asked.content.decode()

        assert (asked.status_code, sent(case)) == (422, 0)
        assert "un número de documento: ••• 67" in said
        assert "41234567" not in said
        key = said.split('name="anyway" value="')[1].split('"')[0]

        client.post(address(case, "mensaje"), {"text": STRANGE.replace("41234567", "41234568"), "anyway": key})
        assert sent(case) == 0

        client.post(address(case, "mensaje"), {"text": STRANGE, "anyway": key}, headers=HTMX)
        assert sent(case) == 1

    def test_a_blank_that_nobody_filled_in_waits_too(self, client: Client, case: Case) -> None:
        page = client.post(address(case, "mensaje"), {"text": "Buenos días, iremos el ____ por la tarde."})

        assert (page.status_code, sent(case)) == (422, 0)
        assert "Quedó algo sin llenar" in page.content.decode()
        assert "iremos el ____ por la tarde.</textarea>" in page.content.decode()

    def test_the_persons_own_data_go_at_once(self, client: Client, case: Case) -> None:
        mine = client.post(f"/mesa/casos/{case.number}/datos/", headers=HTMX).content.decode()
        mail = next(word for word in mine.replace("<", " ").replace(">", " ").split() if "@" in word)

        client.post(address(case, "mensaje"), {"text": f"Buenos días. Le escribimos a {mail} el lunes."})

        assert sent(case) == 1

    def test_advice_never_waits(self, client: Client, case: Case) -> None:
        client.post(address(case, "mensaje"), {"text": "Su expediente fue derivado. Espere."})

        assert sent(case) == 1


class TestFigures:
    def test_stay_with_what_was_sent(self, client: Client, case: Case, now: datetime) -> None:
        client.post(address(case, "mensaje"), {"text": BARE})
        client.post(address(case, "responder"), ANSWER)

        rows = list(MessageFigures.objects.filter(case=case).order_by("sequence"))
        types = [case.events.get(sequence=row.sequence).type for row in rows]
        assert types == [EventType.WROTE, EventType.ANSWERED]
        assert Fault.NO_GREETING in rows[0].problems
        assert rows[1].has_next_step
        assert 0 < rows[1].ease <= 100

    def test_are_read_for_a_span_without_anybodys_name(self, client: Client, case: Case, now: datetime) -> None:
        client.post(address(case, "responder"), ANSWER)

        inside = list(message_figures(now, now + timedelta(minutes=5)))

        assert [each.has_next_step for each in inside] == [True]
        assert list(message_figures(now + timedelta(minutes=5), now + timedelta(days=1))) == []

    def test_tell_that_an_apology_was_due_and_given(self, client: Client, case: Case) -> None:
        client.post(address(case, "responder"), {**ANSWER, "cause": "backlog"})

        row = MessageFigures.objects.get(case=case)
        assert (row.apology_due, row.apologises) == (True, True)
