"""Claims that come again: found by index among the earlier ones, and proposed as critical while registering (M5.1b)."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cercana.cases import commands
from cercana.cases.models import Case, CaseText
from cercana.cases.queries.recurrence import earlier_cases
from cercana.cases.search_text import erase_case_text
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass, CriticalReason, RequestKind
from cercana.rules.critical_states import Proposal
from cercana.rules.lifecycle import Stage
from cercana.rules.near_places import spot_of
from cercana.rules.recurrence import EarlierCase
from tests.factories import NOW, Given, make_actor, make_case, make_person, make_reception

DAY = timedelta(days=1)
PLACE = "Av. Jorge Basadre, cuadra 9"
SAYS_SO = Proposal((CriticalReason.RECURRENCE,), "ya van tres veces")


def told(place: str = PLACE, *, days_ago: int = 0, stage: Stage = Stage.REGISTERED, **given: Given) -> Case:
    """Return a case about a pothole that somebody told so many days ago."""
    return make_case(stage, place=place, now=NOW - days_ago * DAY, **given)


def reasons_of(case: Case) -> list[str]:
    event = case.events.filter(type="critical_proposed").first()
    return event.payload["reasons"] if event else []


class TestAtRegistration:
    def test_the_third_time_in_sixty_days_is_proposed_with_its_words(self) -> None:
        told(days_ago=59)
        told("basadre jorge 870", days_ago=20)

        case = told()

        assert reasons_of(case) == ["recurrence"]
        assert Case.objects.get(pk=case.pk).critical_state == "proposed"

    def test_counts_the_same_citizen_wherever_it_is(self, agent: Actor) -> None:
        first = told("Av. Arequipa 900", days_ago=30)
        person = make_person(key=first.citizen_id)
        for days in (20, 0):
            case = commands.register_case(
                make_reception(person=person, place=f"Calle Los Cedros {days + 100}"), actor=agent, now=NOW - days * DAY
            )

        assert reasons_of(case) == ["recurrence"]

    @pytest.mark.parametrize(
        "given",
        [
            {"place": "Av. Jorge Basadre, cuadra 12"},
            {"category": "noise"},
            {"kind": RequestKind.INQUIRY},
        ],
        ids=["another place", "another matter", "a question"],
    )
    def test_leaves_alone_what_is_another_matter(self, given: dict[str, Given]) -> None:
        told(days_ago=20)
        told(days_ago=10)

        assert reasons_of(make_case(**{"place": PLACE, **given})) == []

    def test_leaves_alone_what_is_older_than_sixty_days(self) -> None:
        told(days_ago=61)
        told(days_ago=10)

        assert reasons_of(told()) == []

    def test_leaves_alone_what_was_attended(self) -> None:
        told(days_ago=2, stage=Stage.CLOSED)
        told(days_ago=1, stage=Stage.CLOSED)

        assert reasons_of(told(danger=SAYS_SO)) == []

    def test_leaves_alone_what_a_person_found_critical(self) -> None:
        told(days_ago=20)
        told(days_ago=10)

        assert told(class_=CaseClass.CRITICAL).critical_state == "marked"

    def test_does_not_look_while_a_past_is_told(self) -> None:
        numbers = iter(range(900_001, 900_100))
        with commands.replaying_past(lambda _year: next(numbers)):
            cases = [told(days_ago=days) for days in (30, 20, 10)]

        assert [reasons_of(case) for case in cases] == [[], [], []]


class TestEarlierCases:
    def found(self, now: datetime = NOW, citizen: Case | None = None) -> list[EarlierCase]:
        somebody = citizen or told("Parque El Olivar", days_ago=200)
        return earlier_cases(category="pothole", citizen=somebody.citizen_id, spot=spot_of(PLACE), now=now)

    def test_know_what_was_late(self) -> None:
        told(days_ago=20)

        assert self.found() == [EarlierCase(is_late=True, is_unanswered=True)]

    def test_know_what_was_answered_in_time(self) -> None:
        told(days_ago=20, stage=Stage.ANSWERED)

        assert self.found() == [EarlierCase()]

    def test_know_what_was_reopened(self) -> None:
        case = told(days_ago=2, stage=Stage.CLOSED)
        head = make_actor(Role.SUPERVISOR, "obras_infraestructura")
        commands.reopen(number=case.number, why="Se hundió.", actor=head, now=NOW - DAY)

        assert self.found() == [EarlierCase(is_unanswered=True, is_reopened=True)]

    def test_leave_out_what_was_withdrawn(self, agent: Actor) -> None:
        case = told(days_ago=2)
        commands.withdraw(number=case.number, words="Ya no.", actor=agent, now=NOW - DAY)

        assert self.found() == []

    def test_count_once_what_is_near_and_of_the_same_citizen(self) -> None:
        case = told(days_ago=2)

        assert len(self.found(citizen=case)) == 1

    def test_take_one_statement(self) -> None:
        case = told(days_ago=2)
        with CaptureQueriesContext(connection) as asked:
            self.found(citizen=case)

        assert len(asked) == 1

    def test_are_found_by_index(self) -> None:
        told(days_ago=2)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        near = CaseText.objects.filter(street="basadr jorg", told_at__gte=NOW - 60 * DAY).order_by("-told_at")[:50]

        assert "cases_text_street" in near.explain()

    def test_forget_where_it_was_with_the_words_of_the_case(self) -> None:
        case = told(days_ago=2)
        erase_case_text([case.pk])

        assert self.found() == []
