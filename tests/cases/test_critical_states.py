"""Danger proposed, confirmed, rejected and left unanswered (domain.md, Triage, «Two states»)."""

from datetime import timedelta

import pytest
from django.db import connection

from cercana.accounts.models import DutyShift
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.errors import (
    AlreadyCritical,
    CaseNotFound,
    CategoryStillCritical,
    NotOnTheSpot,
    NotProposedCritical,
    TextMissing,
)
from cercana.cases.models import Event
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass, ClockKind, CriticalState, RequestKind
from cercana.rules.critical_states import Proposal
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from tests.cases.danger import DANGER, assert_replays, due_of, state
from tests.factories import NOW, PUBLIC, Given, make_actor, make_answer, make_case, make_reception, make_user

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
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


class TestAProposalAtRegistration:
    def test_stands_in_the_transaction_that_registers_with_its_reasons(self) -> None:
        case = commands.register_case(make_reception(danger=DANGER), actor=PUBLIC, now=NOW)

        events = list(case.events.order_by("sequence").values_list("type", flat=True))
        assert events == ["received", "critical_proposed", "registered"]
        assert case.events.get(type="critical_proposed").payload["reasons"] == ["health_safety"]
        assert (case.critical_state, case.class_, case.base_class) == ("proposed", "critical", "complex")
        assert_replays()

    def test_runs_the_critical_clocks_from_reception(self) -> None:
        received = NOW - HOUR
        reception = make_reception(danger=DANGER, received_at=received, source="hoja de papel")

        case = commands.register_case(reception, actor=PUBLIC, now=NOW)

        assert due_of(case, ClockKind.FIRST_RESPONSE) == received + timedelta(hours=2)
        assert due_of(case, ClockKind.RESOLUTION) == received + timedelta(hours=24)
        assert case.became_critical_at is None

    def test_waits_a_quarter_of_an_hour_from_when_it_was_typed_in(self) -> None:
        reception = make_reception(danger=DANGER, received_at=NOW - HOUR, source="hoja de papel")

        assert commands.register_case(reception, actor=PUBLIC, now=NOW).critical_proposed_at == NOW

    def test_is_marked_at_once_by_a_member_of_staff_who_says_so(self, agent: Actor) -> None:
        reception = make_reception(danger=DANGER, class_=CaseClass.CRITICAL)

        case = commands.register_case(reception, actor=agent, now=NOW)

        assert state(case).critical_state is CriticalState.MARKED
        assert case.events.get(type="critical_marked").actor == agent.signature

    def test_cannot_be_solved_on_the_spot(self, agent: Actor) -> None:
        with pytest.raises(NotOnTheSpot):
            commands.register_and_solve(
                make_reception(kind=RequestKind.INQUIRY, danger=DANGER),
                make_answer(),
                spoken_yes="Sí.",
                actor=agent,
                now=NOW,
            )


class TestAProposalLater:
    def test_runs_the_critical_clocks_from_that_moment(self, agent: Actor) -> None:
        case = make_case()
        at = NOW + HOUR

        commands.propose_critical(number=case.number, proposal=DANGER, actor=agent, now=at)

        assert due_of(case, ClockKind.FIRST_RESPONSE) == at + timedelta(hours=2)
        assert due_of(case, ClockKind.RESOLUTION) == at + timedelta(hours=24)
        assert state(case).critical_state is CriticalState.PROPOSED
        assert_replays()

    def test_keeps_an_earlier_promise(self, agent: Actor) -> None:
        case = make_case(class_=CaseClass.SIMPLE)

        commands.propose_critical(number=case.number, proposal=DANGER, actor=agent, now=NOW + timedelta(hours=40))

        assert due_of(case, ClockKind.RESOLUTION) == NOW + timedelta(hours=48)

    def test_is_made_once(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)

        with pytest.raises(AlreadyCritical):
            commands.propose_critical(number=case.number, proposal=DANGER, actor=agent, now=NOW)

    def test_needs_words(self, agent: Actor) -> None:
        with pytest.raises(TextMissing):
            commands.propose_critical(
                number=make_case().number, proposal=Proposal(DANGER.reasons, " "), actor=agent, now=NOW
            )


class TestConfirming:
    def test_marks_the_case(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)

        commands.confirm_critical(number=case.number, actor=agent, now=NOW + MINUTE)

        assert state(case).critical_state is CriticalState.MARKED
        assert case.events.get(type="critical_marked").payload == {"by": "person"}
        assert_replays()

    def test_moves_no_clock(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)
        before = state(case).clocks

        commands.confirm_critical(number=case.number, actor=agent, now=NOW + MINUTE)

        assert state(case).clocks == before

    def test_after_the_time_records_that_silence_marked_it(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)

        commands.confirm_critical(number=case.number, actor=agent, now=NOW + QUARTER)

        event = case.events.get(type="critical_marked")
        assert (event.actor, event.payload["by"], event.occurred_at) == ("system", "silence", NOW + QUARTER)

    @pytest.mark.parametrize("given", [{}, {"class_": CaseClass.CRITICAL}])
    def test_needs_a_proposal(self, agent: Actor, given: dict[str, Given]) -> None:
        with pytest.raises(NotProposedCritical):
            commands.confirm_critical(number=make_case(**given).number, actor=agent, now=NOW)

    def test_is_open_to_who_is_on_duty_after_referral(self, duty: Actor, agent: Actor) -> None:
        case = make_case(Stage.REFERRED, danger=DANGER)

        with pytest.raises(CaseNotFound):
            commands.confirm_critical(number=case.number, actor=agent, now=NOW + 2 * MINUTE)
        commands.confirm_critical(number=case.number, actor=duty, now=NOW + 2 * MINUTE)


class TestRejecting:
    def test_gives_back_the_promise_of_the_category_from_reception(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)
        plain = make_case()

        commands.reject_critical(number=case.number, reason="Solo pregunta.", actor=agent, now=NOW + 10 * MINUTE)

        after = state(case)
        assert (after.critical_state, after.class_) == (CriticalState.NONE, CaseClass.COMPLEX)
        assert due_of(case, ClockKind.RESOLUTION) == due_of(plain, ClockKind.RESOLUTION)
        response = after.clock(ClockKind.FIRST_RESPONSE)
        assert response is not None
        assert response.status is ClockStatus.VOID
        assert_replays()

    def test_needs_a_reason(self, agent: Actor) -> None:
        with pytest.raises(TextMissing):
            commands.reject_critical(number=make_case(danger=DANGER).number, reason=" ", actor=agent, now=NOW)

    @pytest.mark.parametrize(("after", "is_done"), [(QUARTER - SECOND, True), (QUARTER, False)])
    def test_is_possible_until_14_59(self, agent: Actor, after: timedelta, is_done: bool) -> None:
        case = make_case(danger=DANGER)

        if not is_done:
            with pytest.raises(NotProposedCritical):
                commands.reject_critical(number=case.number, reason="No.", actor=agent, now=NOW + after)
        else:
            commands.reject_critical(number=case.number, reason="No.", actor=agent, now=NOW + after)

        assert (state(case).critical_state is CriticalState.NONE) is is_done

    def test_is_not_for_the_area(self) -> None:
        case = make_case(Stage.REFERRED, danger=DANGER)
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")

        with pytest.raises(CaseNotFound):
            commands.reject_critical(number=case.number, reason="No.", actor=officer, now=NOW)

    def test_of_a_category_that_is_critical_itself_asks_for_a_class(self, duty: Actor) -> None:
        case = make_case(category="violence_or_child", danger=DANGER)

        with pytest.raises(CategoryStillCritical):
            commands.reject_critical(number=case.number, reason="No.", actor=duty, now=NOW)
        commands.reject_critical(number=case.number, reason="No.", class_=CaseClass.SIMPLE, actor=duty, now=NOW)

        after = state(case)
        assert (after.class_, after.category) == (CaseClass.SIMPLE, "violence_or_child")
        assert due_of(case, ClockKind.RESOLUTION) == NOW + timedelta(hours=48)

    def test_leaves_late_what_was_late(self, agent: Actor) -> None:
        case = make_case(class_=CaseClass.SIMPLE)
        late = NOW + timedelta(hours=50)
        commands.propose_critical(number=case.number, proposal=DANGER, actor=agent, now=late)

        commands.reject_critical(number=case.number, reason="No.", actor=agent, now=late + MINUTE)

        assert due_of(case, ClockKind.RESOLUTION) == NOW + timedelta(hours=48)

    def test_and_proposed_again_promises_a_response_again(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)
        commands.reject_critical(number=case.number, reason="No.", actor=agent, now=NOW + MINUTE)

        commands.propose_critical(number=case.number, proposal=DANGER, actor=agent, now=NOW + HOUR)

        response = state(case).clock(ClockKind.FIRST_RESPONSE)
        assert response is not None
        assert (response.round, response.status) == (2, ClockStatus.RUNNING)
        assert response.due_at == NOW + timedelta(hours=3)


class TestSilence:
    @pytest.mark.parametrize(("after", "count"), [(QUARTER - SECOND, 0), (QUARTER, 1)])
    def test_marks_after_fifteen_minutes_to_the_second(self, after: timedelta, count: int) -> None:
        case = make_case(danger=DANGER)

        assert commands.mark_unanswered(now=NOW + after) == count
        assert (state(case).critical_state is CriticalState.MARKED) is bool(count)

    def test_marks_once(self) -> None:
        case = make_case(danger=DANGER)

        assert [commands.mark_unanswered(now=NOW + QUARTER) for _ in range(2)] == [1, 0]
        assert case.events.filter(type=EventType.CRITICAL_MARKED).count() == 1

    def test_marks_with_the_true_instant_after_the_service_was_down(self) -> None:
        case = make_case(danger=DANGER)

        commands.mark_unanswered(now=NOW + 3 * HOUR)

        event = case.events.get(type="critical_marked")
        assert (event.occurred_at, event.recorded_at) == (NOW + QUARTER, NOW + 3 * HOUR)
        assert event.payload["source"]
        assert_replays()

    def test_leaves_alone_what_was_answered(self, agent: Actor) -> None:
        rejected, confirmed = make_case(danger=DANGER), make_case(danger=DANGER)
        commands.reject_critical(number=rejected.number, reason="No.", actor=agent, now=NOW + MINUTE)
        commands.confirm_critical(number=confirmed.number, actor=agent, now=NOW + MINUTE)

        assert commands.mark_unanswered(now=NOW + HOUR) == 0

    def test_leaves_alone_what_the_citizen_withdrew(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)
        commands.withdraw(number=case.number, words="Ya no.", actor=agent, now=NOW + MINUTE)

        assert commands.mark_unanswered(now=NOW + HOUR) == 0

    def test_is_found_by_index(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = commands.unanswered_proposals(NOW).explain()
        # With few critical cases either will do.
        assert any(f"Index Scan using {name}" in plan for name in ("cases_proposed_critical", "cases_open_critical"))


class TestReopening:
    def test_gives_a_proposal_its_quarter_of_an_hour_again(self, agent: Actor, other_head: Actor) -> None:
        case = make_case(danger=DANGER)
        commands.withdraw(number=case.number, words="Ya no.", actor=agent, now=NOW + MINUTE)

        commands.reopen(number=case.number, why="Sigue.", actor=other_head, now=NOW + HOUR)

        assert state(case).critical_proposed_at == NOW + HOUR
        assert Event.objects.filter(case=case, type="critical_marked").count() == 0
        assert_replays()
