"""Section 6 of the manual: a case is closed with the citizen."""

from datetime import timedelta

import pytest

from cercana.cases import commands
from cercana.cases.models import Case
from cercana.rules.access import SYSTEM, Role
from cercana.rules.lifecycle import Closure, Outcome, Stage, StageRefused
from tests.factories import NOW, citizen_of, make_actor, make_case


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


class TestClosure:
    def test_m6_1a_the_citizen_closes_with_a_yes(self) -> None:
        case = make_case(Stage.ANSWERED)

        commands.confirm(number=case.number, actor=citizen_of(case), now=NOW + timedelta(days=1))

        assert (fresh(case).stage, fresh(case).closure) == (Stage.CLOSED, Closure.CONFIRMED)

    def test_m6_1a_a_no_takes_the_case_up_again(self) -> None:
        case = make_case(Stage.ANSWERED)

        commands.contest(number=case.number, why="Sigue el hueco.", actor=citizen_of(case), now=NOW + timedelta(days=1))

        assert (fresh(case).stage, fresh(case).outcome) == (Stage.IN_FOLLOW_UP, "")

    def test_m6_1a_silence_is_recorded_as_that_after_documented_attempts(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.ANSWERED, officer=officer)
        for days in (1, 2):
            commands.attempt_confirmation(
                number=case.number, means="phone", result="No contesta.", actor=officer, now=NOW + timedelta(days=days)
            )

        commands.close_without_confirmation(number=case.number, actor=SYSTEM, now=NOW + timedelta(days=3))

        assert fresh(case).closure == Closure.WITHOUT_CONFIRMATION
        assert case.events.filter(type="confirmation_attempted").count() == 2

    def test_m6_1b_keeps_who_when_outcome_and_cause(self) -> None:
        case = make_case(Stage.CLOSED)

        closed = fresh(case)
        assert (closed.outcome, closed.cause) == (Outcome.SOLVED, "maintenance")
        assert closed.closed_at is not None
        assert case.events.get(type="closed").actor == "citizen"

    def test_m6_1b_nothing_is_closed_before_an_answer(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP)

        with pytest.raises(StageRefused):
            commands.confirm(number=case.number, actor=citizen_of(case), now=NOW)
