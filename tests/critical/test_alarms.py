from datetime import datetime

import pytest

from cercana.cases import commands as cases
from cercana.cases import queries
from cercana.cases.commands import Reclassification
from cercana.cases.models import Case, Event
from cercana.config.reactions import run_handler
from cercana.critical import commands
from cercana.critical.errors import AlarmQuiet
from cercana.critical.models import Vigil
from cercana.rules.access import Actor
from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.critical_states import Proposal
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.critical.scenes import HOUR, MINUTE, alarms, make_chain, make_critical, ring, steps_at
from tests.factories import NOW, make_case


class TestAlarm:
    def test_calls_the_duty_officer_as_soon_as_a_critical_case_is_registered(self) -> None:
        chain = make_chain()
        case = make_critical()

        ring(case)

        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]

    def test_is_not_raised_for_any_other_case(self) -> None:
        case = make_case()

        ring(case)

        assert alarms(case) == []
        assert not Vigil.objects.exists()

    def test_passes_on_after_ten_minutes_and_goes_round_until_somebody_takes_charge(self) -> None:
        chain = make_chain()
        case = make_critical()
        ring(case)

        for minutes in (10, 20, 30):
            steps_at(case, NOW + minutes * MINUTE)

        assert [called for _, called in alarms(case)] == [
            [chain.duty.pk],
            [chain.head.pk],
            [chain.manager.pk],
            [chain.duty.pk],
        ]

    def test_stops_once_somebody_takes_charge(self) -> None:
        chain = make_chain()
        case = make_critical()
        ring(case)

        commands.acknowledge(number=case.number, way="wall", actor=chain.actor("head"), now=NOW + MINUTE)
        steps_at(case, NOW + 10 * MINUTE)

        assert [what for what, _ in alarms(case)] == ["alarm_raised", "alarm_acknowledged"]
        with pytest.raises(AlarmQuiet):
            commands.acknowledge(number=case.number, way="wall", actor=chain.actor("duty"), now=NOW + 2 * MINUTE)

    def test_is_raised_when_a_case_becomes_critical_later_and_ends_when_it_is_lowered(self) -> None:
        chain, case = make_chain(), make_case(Stage.REFERRED)
        reclassify(case, CaseClass.CRITICAL, chain.actor("head"), NOW + HOUR)
        follow_newest(case, NOW + HOUR)
        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]

        cases.ask_lowering(number=case.number, reason="No era.", actor=chain.actor("head"), now=NOW + HOUR + MINUTE)
        cases.decide_lowering(
            number=case.number, granted=True, reason="", actor=chain.actor("duty"), now=NOW + HOUR + 2 * MINUTE
        )
        steps_at(case, NOW + 2 * HOUR)

        assert len(alarms(case)) == 1
        assert not Vigil.objects.exists()

    def test_is_raised_by_a_proposal_and_ends_when_that_is_rejected(self) -> None:
        chain, case = make_chain(), make_case(Stage.REFERRED)
        proposal = Proposal((CriticalReason.HEALTH_SAFETY,), "Huele a gas.")
        cases.propose_critical(number=case.number, proposal=proposal, actor=chain.actor("head"), now=NOW + HOUR)
        follow_newest(case, NOW + HOUR)
        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]

        cases.reject_critical(
            number=case.number, reason="Era pintura.", actor=chain.actor("duty"), now=NOW + HOUR + MINUTE
        )
        steps_at(case, NOW + 2 * HOUR)

        assert len(alarms(case)) == 1
        assert not Vigil.objects.exists()

    def test_rings_anew_when_a_critical_case_is_opened_again(self) -> None:
        chain = make_chain()
        case = make_critical(Stage.CLOSED)
        cases.reopen(number=case.number, why="Volvió.", actor=chain.actor("head"), now=NOW + HOUR)

        follow_newest(case, NOW + HOUR)

        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]

    def test_is_raised_once_however_often_its_event_is_dealt_with(self) -> None:
        make_chain()
        case = make_critical()
        event = Event.objects.get(case=case, type=EventType.REGISTERED)

        for _ in range(2):
            commands.follow(queries.turn_at(event.pk), now=NOW)

        assert len(alarms(case)) == 1

    def test_without_anybody_to_call_stands_on_the_wall_and_looks_again(self) -> None:
        case = make_critical()

        ring(case)
        steps_at(case, NOW + 10 * MINUTE)
        assert alarms(case) == [("alarm_raised", [])]
        chain = make_chain()
        steps_at(case, NOW + 20 * MINUTE)

        assert alarms(case)[1:] == [("alarm_escalated", [chain.duty.pk])]


def follow_newest(case: Case, now: datetime) -> None:
    """Let the reaction to the newest event of ``case`` happen."""
    run_handler(Event.objects.filter(case=case).latest("sequence").pk, "watch_critical", now=now)


def reclassify(case: Case, class_: CaseClass, actor: Actor, now: datetime) -> None:
    change = Reclassification(
        class_=class_,
        category=case.category_id,
        kind=RequestKind(case.kind),
        claim_type=ClaimType(case.claim_type),
        reason="Lo vio la cuadrilla.",
    )
    cases.reclassify(number=case.number, change=change, actor=actor, now=now)
