"""How a case ends and begins again: the citizen's yes, their silence, and a reopening."""

from datetime import timedelta

import pytest

from cercana.cases import commands
from cercana.cases.errors import (
    AttemptsMissing,
    CaseNotFound,
    ConfirmationMissing,
    ReopeningOver,
    TextMissing,
)
from cercana.cases.models import Case
from cercana.rules.access import SYSTEM, Actor
from cercana.rules.classification import CaseClass
from cercana.rules.lifecycle import Closure, Stage
from tests.factories import NOW, citizen_of, make_case

LATER = NOW + timedelta(hours=1)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


class TestConfirm:
    def test_by_staff_needs_the_words_and_another_person(self, officer: Actor, head: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)

        with pytest.raises(CaseNotFound):
            commands.confirm(number=case.number, words="Sí, quedó.", actor=officer, now=LATER)
        with pytest.raises(TextMissing):
            commands.confirm(number=case.number, actor=head, now=LATER)
        commands.confirm(number=case.number, words="Sí, quedó.", actor=head, now=LATER)

        assert (fresh(case).stage, fresh(case).closure) == (Stage.CLOSED, Closure.CONFIRMED)
        assert case.events.get(type="confirmed").on_behalf_of == "citizen"

    def test_is_recorded_by_an_agent_whom_the_citizen_tells(self, officer: Actor, agent: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)

        with pytest.raises(TextMissing):
            commands.confirm(number=case.number, actor=agent, now=LATER)
        commands.confirm(number=case.number, words="Sí, ya lo taparon.", actor=agent, now=LATER)

        assert (fresh(case).stage, fresh(case).closure) == (Stage.CLOSED, Closure.CONFIRMED)
        with pytest.raises(CaseNotFound):
            commands.add_note(number=case.number, text="Ya cerró.", actor=agent, now=LATER)

    def test_of_a_critical_case_can_be_missing_after_three_attempts_by_voice(self, officer: Actor, head: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer, class_=CaseClass.CRITICAL)
        for hours, means in ((0, "phone"), (1, "email"), (2, "counter"), (3, "phone")):
            at = LATER + timedelta(hours=hours)
            commands.attempt_confirmation(number=case.number, means=means, result="No contesta.", actor=officer, now=at)
            with pytest.raises(ConfirmationMissing):
                commands.agree_to_closure(number=case.number, actor=head, now=at)
        last = LATER + timedelta(hours=4)
        commands.attempt_confirmation(number=case.number, means="phone", result="Nadie.", actor=officer, now=last)

        commands.agree_to_closure(number=case.number, actor=head, now=last)

        assert (fresh(case).stage, fresh(case).closure) == (Stage.CLOSED, Closure.WITHOUT_CONFIRMATION)

    def test_of_a_critical_case_waits_for_the_supervisor(self, officer: Actor, head: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer, class_=CaseClass.CRITICAL)
        with pytest.raises(ConfirmationMissing):
            commands.agree_to_closure(number=case.number, actor=head, now=LATER)

        commands.confirm(number=case.number, actor=citizen_of(case), now=LATER)
        assert fresh(case).stage == Stage.ANSWERED

        commands.agree_to_closure(number=case.number, actor=head, now=LATER)
        assert fresh(case).stage == Stage.CLOSED


class TestCloseWithoutConfirmation:
    def test_needs_two_attempts_on_different_days_and_three_working_days(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)
        days = [NOW + timedelta(days=offset) for offset in range(5)]
        for at in (days[1], days[1] + timedelta(hours=2)):
            commands.attempt_confirmation(
                number=case.number, means="phone", result="No contesta.", actor=officer, now=at
            )
        with pytest.raises(AttemptsMissing):
            commands.close_without_confirmation(number=case.number, actor=SYSTEM, now=days[3])

        commands.attempt_confirmation(
            number=case.number, means="email", result="Sin respuesta.", actor=officer, now=days[2]
        )
        with pytest.raises(AttemptsMissing):
            commands.close_without_confirmation(number=case.number, actor=SYSTEM, now=days[2])
        commands.close_without_confirmation(number=case.number, actor=SYSTEM, now=days[3])

        assert fresh(case).closure == Closure.WITHOUT_CONFIRMATION

    def test_never_closes_a_critical_case(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer, class_=CaseClass.CRITICAL)
        for offset in (1, 2):
            commands.attempt_confirmation(
                number=case.number,
                means="phone",
                result="No contesta.",
                actor=officer,
                now=NOW + timedelta(days=offset),
            )

        with pytest.raises(AttemptsMissing):
            commands.close_without_confirmation(number=case.number, actor=SYSTEM, now=NOW + timedelta(days=30))


class TestReopen:
    def test_is_the_citizens_for_thirty_days(self, head: Actor) -> None:
        case = make_case(Stage.CLOSED)
        closed_at = fresh(case).closed_at
        assert closed_at is not None
        late = closed_at + timedelta(days=30, microseconds=1)

        with pytest.raises(ReopeningOver):
            commands.reopen(number=case.number, why="Volvió.", actor=citizen_of(case), now=late)
        commands.reopen(number=case.number, why="Volvió.", actor=citizen_of(case), now=closed_at + timedelta(days=30))

        assert fresh(case).stage == Stage.IN_FOLLOW_UP
