from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from cercana.rules.acts import Act
from cercana.rules.case_state import CaseState
from cercana.rules.classification import CaseClass, Channel, CriticalState
from cercana.rules.history import Event, EventType, Payload
from cercana.rules.lifecycle import TRANSITIONS, Closure, Outcome, Stage
from cercana.rules.projection import apply

AT = datetime(2026, 11, 20, 21, 40, tzinfo=UTC)
KEY, NUMBER = "0b7f7a52-6a4e-4c64-9a55-0d0c9a1d6f11", "SI-2026-000001-C"

AREA: Payload = {"area": "pavimentos"}
OWNER: Payload = {"owner": 7}
ANSWER: Payload = {"outcome": Outcome.SOLVED.value, "cause": ""}
CLOSURE: Payload = {"closure": Closure.CONFIRMED.value, "ended_at": AT.isoformat()}

# The event that ends each act which moves a case.
LAST_EVENTS: Mapping[Act, tuple[EventType, Payload]] = {
    Act.REGISTER: (EventType.REGISTERED, {"number": NUMBER}),
    Act.SOLVE_ON_THE_SPOT: (EventType.CLOSED, CLOSURE),
    Act.REFER: (EventType.REFERRED, AREA),
    Act.HAND_BACK: (EventType.HANDED_BACK, AREA),
    Act.UNDO_REFERRAL: (EventType.REFERRAL_UNDONE, AREA),
    Act.TAKE: (EventType.TAKEN, OWNER),
    Act.ASSIGN: (EventType.ASSIGNED, OWNER),
    Act.ANSWER: (EventType.ANSWERED, ANSWER),
    Act.TELL_FORWARDED: (EventType.ANSWERED, ANSWER),
    Act.CONFIRM: (EventType.CLOSED, CLOSURE),
    Act.AGREE_TO_CLOSURE: (EventType.CLOSED, CLOSURE),
    Act.CONTEST: (EventType.CONTESTED, {}),
    Act.CLOSE_WITHOUT_CONFIRMATION: (EventType.CLOSED, CLOSURE),
    Act.WITHDRAW: (EventType.CLOSED, CLOSURE),
    Act.END_DRILL: (EventType.CLOSED, CLOSURE),
    Act.REOPEN: (EventType.REOPENED, {}),
}


def standing_in(stage: Stage) -> CaseState:
    return CaseState(
        key=KEY,
        citizen="",
        kind="inquiry",
        claim_type="",
        class_=CaseClass.SIMPLE,
        critical_state=CriticalState.NONE,
        channel=Channel.COUNTER,
        category="",
        legal_nature="",
        language="es",
        area="",
        proposed_area="",
        received_at=AT,
        notice_version=1,
        stage=stage,
    )


class TestApply:
    @pytest.mark.parametrize("act", [act for act, transition in TRANSITIONS.items() if transition.target])
    def test_brings_a_case_where_the_table_of_verbs_says(self, act: Act) -> None:
        type_, payload = LAST_EVENTS[act]

        for source in TRANSITIONS[act].sources:
            after = apply(standing_in(source), Event(KEY, 2, AT, AT, "staff:7", "", type_, payload))
            assert after.stage is TRANSITIONS[act].target
            assert (after.stage_since == AT) is (after.stage is not source)
