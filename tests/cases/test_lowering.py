"""A critical case taken back: a supervisor asks, and somebody else signs (domain.md, Triage, «Two states»)."""

from datetime import timedelta

import pytest

from cercana.accounts.models import DutyShift
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.errors import (
    CriticalNotLowered,
    LoweringNotPending,
    NotMarkedCritical,
    OwnLowering,
    TextMissing,
)
from cercana.cases.models import Case
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass, ClockKind, CriticalState, RequestKind
from cercana.rules.lifecycle import Stage
from tests.cases.danger import DANGER, assert_replays, due_of, state
from tests.factories import NOW, Given, make_actor, make_case, make_user

MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def other_head() -> Actor:
    return make_actor(Role.SUPERVISOR, "alcaldia")


@pytest.fixture
def duty() -> Actor:
    user = make_user(Role.DUTY_OFFICER, "alcaldia")
    DutyShift.objects.create(user=user, starts_at=NOW - DAY, ends_at=NOW + 30 * DAY)
    return actor_for(user, NOW)


def marked() -> Case:
    return make_case(Stage.IN_FOLLOW_UP, class_=CaseClass.CRITICAL)


class TestLowering:
    def test_changes_nothing_until_it_is_signed(self, head: Actor) -> None:
        case = marked()

        commands.ask_lowering(number=case.number, reason="Se cerró la llave.", actor=head, now=NOW + HOUR)

        after = state(case)
        assert (after.critical_state, after.class_) == (CriticalState.MARKED, CaseClass.CRITICAL)
        assert (after.lowering_asked_at, after.lowering_asked_by) == (NOW + HOUR, head.staff_id)
        assert_replays()

    @pytest.mark.parametrize("second", ["other_head", "duty"])
    def test_is_signed_by_a_second_supervisor_or_the_duty_officer(
        self, head: Actor, second: str, request: pytest.FixtureRequest
    ) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, danger=DANGER)
        commands.mark_unanswered(now=NOW + QUARTER)
        commands.ask_lowering(number=case.number, reason="Se cerró.", actor=head, now=NOW + HOUR)

        commands.decide_lowering(
            number=case.number, granted=True, reason="", actor=request.getfixturevalue(second), now=NOW + 2 * HOUR
        )

        after = state(case)
        assert (after.critical_state, after.class_) == (CriticalState.NONE, CaseClass.COMPLEX)
        assert after.lowering_asked_at is None
        assert_replays()

    def test_is_not_signed_by_who_asked(self, head: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, danger=DANGER)
        commands.mark_unanswered(now=NOW + QUARTER)
        commands.ask_lowering(number=case.number, reason="Se cerró.", actor=head, now=NOW + HOUR)

        with pytest.raises(OwnLowering):
            commands.decide_lowering(number=case.number, granted=True, reason="", actor=head, now=NOW + HOUR)

    def test_refused_leaves_the_case_critical_and_can_be_asked_again(self, head: Actor, other_head: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, danger=DANGER)
        commands.mark_unanswered(now=NOW + QUARTER)
        commands.ask_lowering(number=case.number, reason="Se cerró.", actor=head, now=NOW + HOUR)

        with pytest.raises(TextMissing):
            commands.decide_lowering(number=case.number, granted=False, reason="", actor=other_head, now=NOW + HOUR)
        commands.decide_lowering(
            number=case.number, granted=False, reason="Aún huele.", actor=other_head, now=NOW + HOUR
        )

        assert state(case).critical_state is CriticalState.MARKED
        commands.ask_lowering(number=case.number, reason="Ahora sí.", actor=head, now=NOW + 2 * HOUR)
        assert_replays()

    def test_is_asked_once_at_a_time_and_only_of_a_marked_case(self, head: Actor, agent: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, danger=DANGER)
        for _ in range(2):
            with pytest.raises(NotMarkedCritical):
                commands.ask_lowering(number=case.number, reason="Se cerró.", actor=head, now=NOW + HOUR)
            commands.mark_unanswered(now=NOW + QUARTER)
            if state(case).lowering_asked_at is None:
                commands.ask_lowering(number=case.number, reason="Se cerró.", actor=head, now=NOW + HOUR)

    def test_needs_somebody_who_asked(self, head: Actor) -> None:
        with pytest.raises(LoweringNotPending):
            commands.decide_lowering(number=marked().number, granted=True, reason="", actor=head, now=NOW + HOUR)

    def test_leaves_late_what_was_late(self, head: Actor, other_head: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, danger=DANGER)
        commands.mark_unanswered(now=NOW + QUARTER)
        late = NOW + timedelta(hours=30)
        commands.ask_lowering(number=case.number, reason="Se cerró.", actor=head, now=late)

        commands.decide_lowering(number=case.number, granted=True, reason="", actor=other_head, now=late + MINUTE)

        assert due_of(case, ClockKind.RESOLUTION) == NOW + timedelta(hours=24)
        assert due_of(case, ClockKind.FIRST_RESPONSE) == NOW + timedelta(hours=2)

    @pytest.mark.parametrize("given", [{"danger": DANGER}, {"class_": CaseClass.CRITICAL}])
    def test_is_not_gone_around_by_reclassifying(self, other_head: Actor, given: dict[str, Given]) -> None:
        case = make_case(**given)
        change = commands.Reclassification(
            class_=CaseClass.COMPLEX,
            category="pothole",
            kind=RequestKind.INQUIRY,
            claim_type=None,
            reason="No es para tanto.",
        )

        with pytest.raises(CriticalNotLowered):
            commands.reclassify(number=case.number, change=change, actor=other_head, now=NOW)

    def test_goes_on_waiting_when_the_category_of_a_proposed_case_changes(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)
        change = commands.Reclassification(
            class_=CaseClass.CRITICAL, category="noise", kind=RequestKind.INQUIRY, claim_type=None, reason="Es ruido."
        )

        commands.reclassify(number=case.number, change=change, actor=agent, now=NOW + MINUTE)

        after = state(case)
        assert (after.critical_state, after.critical_proposed_at) == (CriticalState.PROPOSED, NOW)
        assert_replays()
