"""How what the assistant finds is laid over the fields of a form, and what it is told of a case."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.queries import actor_for
from cercana.cases import commands, queries
from cercana.cases.commands import DatedPromise
from cercana.cases.models import Case
from cercana.cases.queries import situation_of
from cercana.desk.writing_help import help_for
from cercana.rules.access import Actor, Role
from cercana.rules.classification import RequestKind
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import Due
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Situation
from tests.factories import citizen_of, make_case, make_user

OFFICE = "Buenos días. Gracias por avisarnos. Su expediente está aquí. Iremos el viernes."


def units(text: str, start: int, end: int) -> str:
    """Return a piece of ``text`` by places as a browser counts them."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


class TestHelpFor:
    @pytest.mark.parametrize("before", ["", "🙂👍🏽 ", "Ñandú, "])
    def test_places_a_finding_as_the_browser_counts(self, before: str) -> None:
        texts = {"text": before + OFFICE}

        swaps = [each for each in help_for("mensaje", texts, Situation()).swaps if "expediente" in each.finding.words]

        assert swaps
        assert units(texts["text"], swaps[0].start, swaps[0].end) == swaps[0].finding.words

    def test_finds_the_field_in_which_words_stand(self) -> None:
        texts = {
            "done": "Buenos días. Tapamos el hueco.",
            "next_step": "Su expediente sigue aquí.",
            "by_when": "el lunes",
        }

        found = help_for("responder", texts, Situation())

        swap = next(each for each in found.swaps if "expediente" in each.finding.words)
        assert swap.field == "next_step"
        assert texts["next_step"][swap.start : swap.end] == swap.finding.words
        assert any("expediente" in words for words in found.words_in("next_step"))
        assert found.words_in("done") == []

    def test_takes_everything_field_by_field(self) -> None:
        texts = {"done": "Tapamos el hueco.", "next_step": "Su expediente sigue aquí.", "by_when": "el lunes"}

        taken = help_for("responder", texts, Situation(first_name="Rosa")).all_taken

        assert taken["done"].startswith("Buenos días, Rosa")
        assert taken["done"].endswith("Tapamos el hueco.")
        assert taken["by_when"] == "el lunes"

    def test_lets_the_field_for_the_day_say_when(self) -> None:
        texts = {"done": "Buenos días. Tapamos el hueco.", "next_step": "Un técnico revisa el parche.", "by_when": ""}

        without = help_for("responder", texts, Situation())
        given = help_for("responder", {**texts, "by_when": "el viernes"}, Situation())

        assert Fault.NO_NEXT_STEP not in given.review.problems
        assert given.count <= without.count

    def test_asks_for_no_apology_where_none_is_due(self) -> None:
        calm = help_for("mensaje", {"text": OFFICE}, Situation(kind=RequestKind.INQUIRY))
        late = help_for("mensaje", {"text": OFFICE}, Situation(kind=RequestKind.CLAIM, is_late=True))

        assert not [each for each in calm.courtesies if "disculpas" in each.text]
        assert [each.text for each in late.courtesies if "disculpas" in each.text] == ["Falta pedir disculpas"]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def officer(now: datetime) -> Actor:
    return actor_for(make_user(Role.AREA_OFFICER, "obras_infraestructura"), now)


@pytest.fixture
def case(officer: Actor, now: datetime) -> Case:
    return make_case(Stage.IN_FOLLOW_UP, officer=officer, now=now - timedelta(hours=2))


def told(officer: Actor, case: Case, now: datetime, cause: str = "") -> Situation:
    return situation_of(queries.page_of_case(officer, case.number), now, cause=cause)


class TestSituationOf:
    def test_is_late_once_a_promise_is_broken(self, officer: Actor, case: Case, now: datetime) -> None:
        assert not told(officer, case, now).is_late
        assert told(officer, case, now + timedelta(days=30)).is_late

    def test_asks_the_database_nothing(
        self, officer: Actor, case: Case, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        page = queries.page_of_case(officer, case.number)

        with django_assert_num_queries(0):
            situation_of(page, now)

    def test_knows_the_first_name_and_what_the_citizen_wrote_last(
        self, officer: Actor, case: Case, now: datetime
    ) -> None:
        first = told(officer, case, now)
        commands.write_to_citizen(number=case.number, text="Buenos días.", actor=officer, now=now)
        commands.receive_message(
            number=case.number, text="¿Van a venir o no?", channel="app", actor=citizen_of(case), now=now
        )

        assert first.question
        assert told(officer, case, now).question == "¿Van a venir o no?"
        assert " " not in first.first_name

    def test_holds_a_fault_ours_by_the_cause_that_was_chosen(self, officer: Actor, case: Case, now: datetime) -> None:
        assert told(officer, case, now).is_our_fault is None
        assert told(officer, case, now, "backlog").is_our_fault is True
        assert told(officer, case, now, "weather").is_our_fault is False

    @pytest.mark.parametrize(
        ("told_us", "is_ours"),
        [
            ("En mi recibo de arbitrios pusieron un monto equivocado, corrijan el error.", True),
            ("La señorita de la ventanilla me gritó y me trató mal.", True),
            ("Hay un hueco muy grande en la pista.", None),
        ],
    )
    def test_takes_the_fault_from_triage_while_nobody_chose_a_cause(
        self, officer: Actor, now: datetime, told_us: str, is_ours: bool | None
    ) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, now=now - timedelta(hours=2), description=told_us)

        assert told(officer, case, now).is_our_fault is is_ours
        assert told(officer, case, now, "weather").is_our_fault is False

    def test_knows_the_day_that_was_promised(self, officer: Actor, case: Case, now: datetime) -> None:
        due = Due(now + timedelta(days=1), inclusive=True)
        commands.promise_date(
            number=case.number, promise=DatedPromise(text="Pasa la cuadrilla.", due=due), actor=officer, now=now
        )

        assert told(officer, case, now).promised.startswith("hasta")
