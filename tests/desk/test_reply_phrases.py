"""Reply phrases at the desk: the list of a case, what is counted when a message is sent, and how they are rated."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases.models import Case, Event
from cercana.conversation.commands import set_up_phrases
from cercana.conversation.models import ReplyPhrase, ReplyPhraseUse, ReplyPhraseVersion
from cercana.feedback.commands import GivenOpinion, give_opinion
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.factories import citizen_of, make_case, make_user

HTMX = {"HX-Request": "true"}
SAID = "Iremos al lugar el viernes, a las 9. Ese mismo día le cuento qué encontramos."
FIGURES = "/mesa/frases/"
MOST_QUERIES = 12


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def officer(client: Client, now: datetime) -> User:
    set_up_phrases(now=now)
    user = make_user(Role.AREA_OFFICER, "obras_infraestructura")
    client.force_login(user)
    return user


@pytest.fixture
def case(officer: User, now: datetime) -> Case:
    return make_case(Stage.IN_FOLLOW_UP, officer=actor_for(officer, now), now=now - timedelta(hours=2))


@pytest.fixture
def visit(officer: User) -> ReplyPhraseVersion:
    return ReplyPhraseVersion.objects.get(phrase__code="sigue_visita")


def path_of(case: Case, verb: str) -> str:
    return f"/mesa/casos/{case.number}/{verb}/"


class TestTheListOfACase:
    def test_stands_behind_one_link_of_the_composer(self, client: Client, case: Case) -> None:
        page = client.get(path_of(case, "frases")[: -len("frases/")]).content.decode()

        assert page.count(f'href="{path_of(case, "frases")}"') == 1
        assert 'data-key="Alt+F"' in page

    def test_holds_options_with_their_text_and_what_is_missing(
        self, client: Client, case: Case, visit: ReplyPhraseVersion
    ) -> None:
        listed = client.get(path_of(case, "frases"), headers=HTMX).content.decode()

        assert f'data-version="{visit.pk}"' in listed
        assert 'data-phrase="Iremos al lugar el [qué día], a las [qué hora].' in listed
        assert "Falta decir: qué día, qué hora." in listed
        assert "{" not in listed

    def test_is_a_page_to_copy_from_without_scripts(self, client: Client, case: Case) -> None:
        page = client.get(path_of(case, "frases"), {"q": "BACHE tapar"}).content.decode()

        assert "Taparemos el bache el [qué día]." in page
        assert "Iremos a verlo" not in page
        assert "Despedida" in client.get(path_of(case, "frases"), {"q": "despedida"}).content.decode()
        assert "Ninguna frase" in client.get(path_of(case, "frases"), {"q": "zzz"}).content.decode()

    def test_is_absent_for_another_area(self, client: Client, case: Case) -> None:
        client.force_login(make_user(Role.AREA_OFFICER, "fiscalizacion"))

        assert client.get(path_of(case, "frases")).status_code == 404

    def test_asks_the_database_a_bounded_number_of_times(
        self, client: Client, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(path_of(case, "frases"), headers=HTMX)


class TestSending:
    def test_counts_the_phrase_that_the_message_still_says(
        self, client: Client, case: Case, visit: ReplyPhraseVersion
    ) -> None:
        client.post(path_of(case, "mensaje"), {"text": SAID, "phrase": str(visit.pk)})

        use = ReplyPhraseUse.objects.get()
        assert (use.version, use.case, use.event.type) == (visit, case, "wrote")

    def test_counts_those_of_an_answer_in_any_of_its_parts(
        self, client: Client, case: Case, visit: ReplyPhraseVersion
    ) -> None:
        answer = {
            "done": "Buenos días, Rosa.",
            "next_step": SAID,
            "by_when": "El viernes 27 de noviembre.",
            "outcome": "solved",
            "cause": "maintenance",
        }
        client.post(path_of(case, "responder"), {**answer, "phrase": str(visit.pk)})

        assert ReplyPhraseUse.objects.get().event.type == "answered"

    @pytest.mark.parametrize("typed", ["", "abc", "999999", "-1"])
    def test_minds_no_phrase_that_there_is_not(self, client: Client, case: Case, typed: str) -> None:
        client.post(path_of(case, "mensaje"), {"text": SAID, "phrase": typed})

        assert Event.objects.filter(case=case, type="wrote").count() == 1
        assert not ReplyPhraseUse.objects.exists()

    def test_counts_no_phrase_that_was_rewritten_nor_one_of_a_note(
        self, client: Client, case: Case, visit: ReplyPhraseVersion
    ) -> None:
        client.post(path_of(case, "mensaje"), {"text": "Le llamo luego.", "phrase": str(visit.pk)})
        client.post(path_of(case, "nota"), {"text": SAID, "phrase": str(visit.pk)})

        assert not ReplyPhraseUse.objects.exists()

    def test_counts_nothing_where_the_message_was_refused(
        self, client: Client, case: Case, visit: ReplyPhraseVersion
    ) -> None:
        client.post(path_of(case, "mensaje"), {"text": SAID, "phrase": str(visit.pk), "seen": "1"})

        assert not Event.objects.filter(case=case, type="wrote").exists()
        assert not ReplyPhraseUse.objects.exists()


class TestTheFigures:
    def rated(self, visit: ReplyPhraseVersion, now: datetime, marks: list[int]) -> None:
        for mark in marks:
            case = make_case(Stage.CLOSED, now=now - timedelta(hours=3))
            event = Event.objects.filter(case=case, type="answered").get()
            ReplyPhraseUse.objects.create(event=event, version=visit, case=case, area_id="pavimentos", at=now)
            give_opinion(number=case.number, opinion=GivenOpinion(mark), actor=citizen_of(case), now=now)

    @pytest.fixture
    def analyst(self, client: Client, officer: User) -> User:
        user = make_user(Role.ANALYST, "alcaldia")
        client.force_login(user)
        return user

    @pytest.mark.usefixtures("analyst")
    def test_show_how_cases_were_rated_from_five_opinions_on(
        self, client: Client, visit: ReplyPhraseVersion, now: datetime
    ) -> None:
        self.rated(visit, now, [5, 5, 4, 4])
        before = client.get(FIGURES).content.decode()
        self.rated(visit, now, [4])
        after = client.get(FIGURES).content.decode()

        assert "menos de 5 opiniones" in before
        assert "4.4 de 5, 5 opiniones" in after
        assert "Pavimentos y Veredas (5)" in after

    @pytest.mark.usefixtures("analyst")
    def test_say_so_where_nobody_used_one(self, client: Client) -> None:
        page = client.get(FIGURES).content.decode()

        assert "Todavía nadie usó una frase" in page
        assert f"Sin uso en 90 días ({ReplyPhrase.objects.count()})" in page

    @pytest.mark.usefixtures("analyst")
    def test_ask_the_database_a_bounded_number_of_times(
        self,
        client: Client,
        visit: ReplyPhraseVersion,
        now: datetime,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        self.rated(visit, now, [5, 5, 4, 4, 3])

        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(FIGURES)

    def test_are_refused_to_who_only_attends(self, client: Client, officer: User) -> None:
        assert client.get(FIGURES).status_code == 403
