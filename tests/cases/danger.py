"""What tests of danger propose, and how they look at a case afterwards."""

from datetime import datetime

from cercana.cases.models import Case
from cercana.cases.queries import verify_cases
from cercana.cases.rows import state_of
from cercana.rules.case_state import CaseState
from cercana.rules.classification import ClockKind, CriticalReason
from cercana.rules.critical_states import Proposal

DANGER = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas")


def state(case: Case) -> CaseState:
    return state_of(Case.objects.get(pk=case.pk))


def due_of(case: Case, kind: ClockKind) -> datetime:
    clock = state(case).clock(kind)
    assert clock is not None
    return clock.due_at


def assert_replays() -> None:
    assert not [found for progress in verify_cases() for found in progress.found]
