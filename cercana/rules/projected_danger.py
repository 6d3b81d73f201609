"""The two states of danger as their events leave them: proposed, marked, rejected, lowered (domain.md, Triage)."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from cercana.rules.case_state import CaseState
from cercana.rules.classification import CaseClass, CriticalState
from cercana.rules.history import Event, EventType, parse_instant, staff_of
from cercana.rules.projected_clocks import start_clocks

Fold: TypeAlias = Callable[[CaseState, Event], CaseState]


def _proposed(state: CaseState, event: Event) -> CaseState:
    since = parse_instant(event.payload["since"])
    return state._replace(
        class_=CaseClass.CRITICAL,
        base_class=state.base_class if state.class_ is CaseClass.CRITICAL else state.class_,
        became_critical_at=since if since > state.received_at else None,
        critical_state=CriticalState.PROPOSED,
        critical_proposed_at=event.occurred_at,
        clocks=start_clocks(state.clocks, event.payload),
    )


def _marked(state: CaseState, _event: Event) -> CaseState:
    return state._replace(critical_state=CriticalState.MARKED, critical_proposed_at=None)


def _lowered(state: CaseState, event: Event) -> CaseState:
    """Fold that a case is not critical: the event says which class and promise it has instead."""
    given = event.payload
    class_ = CaseClass(str(given["class"]))
    return state._replace(
        class_=class_,
        base_class=class_,
        became_critical_at=None,
        critical_state=CriticalState.NONE,
        critical_proposed_at=None,
        lowering_asked_at=None,
        lowering_asked_by=None,
        clocks=start_clocks(state.clocks, given),
    )


def _lowering_asked(state: CaseState, event: Event) -> CaseState:
    return state._replace(lowering_asked_at=event.occurred_at, lowering_asked_by=staff_of(event.actor))


def _lowering_decided(state: CaseState, event: Event) -> CaseState:
    if event.payload["granted"]:
        return _lowered(state, event)
    return state._replace(lowering_asked_at=None, lowering_asked_by=None)


DANGER_FOLDS: Mapping[EventType, Fold] = {
    EventType.CRITICAL_PROPOSED: _proposed,
    EventType.CRITICAL_MARKED: _marked,
    EventType.CRITICAL_REJECTED: _lowered,
    EventType.LOWERING_ASKED: _lowering_asked,
    EventType.LOWERING_DECIDED: _lowering_decided,
}
