"""A matter told twice is noticed before it is registered twice, and only by those who may see the first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cercana.cases.models import Case
from cercana.cases.queries.similar import SimilarCase, similar_cases
from cercana.rules.access import Actor, Role
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, Given, make_actor, make_case

PLACE = "Miguel Dasso con Conquistadores"


@pytest.fixture
def case() -> Case:
    """Return the case that is told again."""
    return make_case(description="Buenas tardes. Hay un buzón sin tapa frente al mercado.", place=PLACE)


def similar(actor: Actor, **given: Given) -> list[SimilarCase]:
    """Return what is found for somebody who tells of the open manhole again, from the corner of the same street."""
    told: Given = {
        "words": "Buzón abierto al frente del mercado",
        "place": "miguel dasso 126",
        "category": "pothole",
        "citizen": None,
        "now": NOW,
    }
    return similar_cases(actor, **{**told, **given})


class TestSimilarCases:
    def test_finds_the_same_category_at_a_similar_place(self, agent: Actor, case: Case) -> None:
        (found,) = similar(agent)

        assert (found.number, found.is_open, found.may_absorb) == (case.number, True, True)
        assert (found.likeness.same_place, found.likeness.same_citizen) == (True, False)

    def test_finds_what_the_same_person_told(self, agent: Actor, case: Case) -> None:
        (found,) = similar(agent, words="El buzón sigue igual", place="", citizen=case.citizen_id, category="")

        assert (found.number, found.likeness.same_citizen) == (case.number, True)

    @pytest.mark.parametrize("typed", ["", "   ", "& | ! ( : *", "'"])
    def test_finds_nothing_for_no_words(self, agent: Actor, case: Case, typed: str) -> None:
        assert similar(agent, words=typed, place=typed) == []

    def test_finds_the_same_place_told_under_another_motive(self, agent: Actor, case: Case) -> None:
        told = "El buzón sin tapa frente al mercado mete mucho ruido"

        (found,) = similar(agent, words=told, place=PLACE, category="noise")

        assert (found.number, found.likeness.same_place) == (case.number, True)

    def test_finds_nothing_at_another_place_or_of_another_category(self, agent: Actor, case: Case) -> None:
        assert similar(agent, place="Av. Salaverry 2800", words="Pista hundida frente al colegio") == []
        assert similar(agent, category="noise") == []
        assert similar(agent, citizen=uuid4(), category="") == []

    def test_forgets_what_was_closed_more_than_sixty_days_ago(self) -> None:
        analyst = make_actor(Role.ANALYST, "alcaldia")
        case = make_case(Stage.CLOSED, place="Miguel Dasso 126", description="Buzón abierto frente al mercado")

        assert [each.number for each in similar(analyst, now=NOW + timedelta(days=59))] == [case.number]
        assert similar(analyst, now=NOW + timedelta(days=61)) == []

    def test_remembers_an_open_case_however_old(self, agent: Actor, case: Case) -> None:
        assert [each.number for each in similar(agent, now=NOW + timedelta(days=400))] == [case.number]

    def test_shows_nothing_the_actor_may_not_see(self, case: Case) -> None:
        assert similar(make_actor(Role.AREA_OFFICER, "fiscalizacion")) == []

    def test_lets_nobody_join_a_case_to_one_that_is_over_or_that_they_only_read(self) -> None:
        make_case(Stage.CLOSED, place="Miguel Dasso 126", description="Buzón abierto frente al mercado")
        open_ = make_case(place="Miguel Dasso 126", description="Buzón abierto frente al mercado")
        auditor, head = make_actor(Role.AUDITOR, "alcaldia"), make_actor(Role.SUPERVISOR, "alcaldia")

        assert [each.may_absorb for each in similar(auditor)] == [False, False]
        assert [each.number for each in similar(head) if each.may_absorb] == [open_.number]

    def test_never_shows_a_restricted_case(self) -> None:
        make_case(category="violence_or_child", place="Miguel Dasso 126", description="Buzón abierto")

        boss = make_actor(Role.SUPERVISOR, "alcaldia")
        assert similar(boss, category="violence_or_child", place="Miguel Dasso 126", words="Buzón abierto") == []

    def test_never_shows_a_case_that_follows_another(self, agent: Actor, case: Case) -> None:
        Case.objects.filter(pk=case.pk).update(merged_into="SI-2026-000002-X")

        assert similar(agent) == []

    def test_asks_the_database_twice_however_many_there_are(self, agent: Actor, case: Case) -> None:
        for _ in range(4):
            make_case(place="Miguel Dasso 126")

        with CaptureQueriesContext(connection) as asked:
            similar(agent, citizen=case.citizen_id)

        assert len(asked) == 2
