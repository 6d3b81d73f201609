"""
What a case is now, as the fold of its events: the same function writes the row and proves it.

An event that starts or moves a clock carries the due instants that resulted; the fold copies them and computes
no promise. Source: domain.md, What a case keeps.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from cercana.rules.case_state import CaseState, ReferralState, TaskState
from cercana.rules.classification import CaseClass, Channel, ClockKind, CriticalState, TaskKind
from cercana.rules.history import GIVEN_UP, SILENCE, Event, EventType, Payload, parse_instant, staff_of
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import (
    end_clocks,
    end_round,
    give_up_clocks,
    mark_warned,
    resume,
    start_clocks,
    suspend,
)
from cercana.rules.projected_danger import DANGER_FOLDS

Fold: TypeAlias = Callable[[CaseState, Event], CaseState]


def project(events: Iterable[Event]) -> CaseState:
    """Return the state that ``events``, oldest first and beginning with the reception, lead to."""
    ordered = iter(events)
    event = next(ordered)
    state = received(event)
    for event in ordered:
        state = _folded(state, event)
    # Once, not at every event: a copy each is what replaying costs.
    return state._replace(last_sequence=event.sequence)


def received(event: Event) -> CaseState:
    """Return the state of a case whose first event is its reception."""
    given = event.payload
    return CaseState(
        key=event.case_key,
        citizen=str(given["citizen"]),
        kind=str(given["kind"]),
        claim_type=_text(given, "claim_type"),
        class_=CaseClass(str(given["class"])),
        critical_state=CriticalState(str(given["critical"])),
        channel=Channel(str(given["channel"])),
        category=str(given["category"]),
        legal_nature=str(given["legal_nature"]),
        language=str(given["language"]),
        area=str(given["area"]),
        proposed_area=str(given["proposed_area"]),
        received_at=event.occurred_at,
        notice_version=_number(given, "notice_version") or 0,
        is_preferential=bool(given.get("preferential")),
        is_restricted=bool(given.get("restricted")),
        is_drill=bool(given.get("drill")),
        about_staff=bool(given.get("about_staff")),
        complained_staff=_number(given, "complained_staff"),
        complained_area=_text(given, "complained_area"),
        complained_site=_text(given, "complained_site"),
        intake=staff_of(event.actor),
        base_class=CaseClass(str(given["class"])),
        stage_since=event.occurred_at,
        last_citizen_at=event.occurred_at,
        clocks=start_clocks((), given),
        last_sequence=event.sequence,
    )


def apply(state: CaseState, event: Event) -> CaseState:
    """Return ``state`` after ``event``."""
    return _folded(state, event)._replace(last_sequence=event.sequence)


def _folded(state: CaseState, event: Event) -> CaseState:
    fold = _FOLDS.get(event.type)
    return state if fold is None else fold(state, event)


def _at(state: CaseState, stage: Stage, event: Event) -> dict[str, Any]:
    """Return what changes when ``state`` comes to ``stage``: nothing if it is there."""
    return {} if state.stage is stage else {"stage": stage, "stage_since": event.occurred_at}


def _registered(state: CaseState, event: Event) -> CaseState:
    return state._replace(
        number=str(event.payload["number"]),
        registered_at=event.occurred_at,
        **_at(state, Stage.REGISTERED, event),
    )


def _referred(state: CaseState, event: Event) -> CaseState:
    area = str(event.payload["area"])
    referral = ReferralState(len(state.referrals) + 1, area, event.occurred_at)
    referrals = (*_end_referral(state.referrals, event, "referred_on"), referral)
    clocks = end_clocks(state.clocks, event.occurred_at, ClockKind.DERIVE)
    referred = _at(state, Stage.REFERRED, event)
    return state._replace(area=area, owner=None, referrals=referrals, clocks=clocks, **referred)


def _handed_back(state: CaseState, event: Event) -> CaseState:
    end = "undone" if event.type is EventType.REFERRAL_UNDONE else "handed_back"
    return state._replace(
        area=str(event.payload["area"]),
        owner=None,
        referrals=_end_referral(state.referrals, event, end),
        **_at(state, Stage.REGISTERED, event),
    )


def _taken(state: CaseState, event: Event) -> CaseState:
    return state._replace(
        owner=_number(event.payload, "owner"),
        referrals=_end_referral(state.referrals, event, "taken"),
        **_at(state, Stage.IN_FOLLOW_UP, event),
    )


def _end_referral(referrals: tuple[ReferralState, ...], event: Event, end: str) -> tuple[ReferralState, ...]:
    if not referrals or referrals[-1].ended_at is not None:
        return referrals
    return (*referrals[:-1], referrals[-1]._replace(ended_at=event.occurred_at, end=end))


def _wrote(state: CaseState, event: Event) -> CaseState:
    """Fold a message: one that counts as no response reached nobody, so the citizen knows nothing new (M4.2c)."""
    if event.payload.get("counts_as_response") is False:
        return state._replace(attended=_with_staff(state.attended, event.actor))
    return _responded(state, event)


def _responded(state: CaseState, event: Event) -> CaseState:
    return state._replace(**_contact(state, event))


def _contact(state: CaseState, event: Event) -> dict[str, Any]:
    """Return what changes when somebody reaches the citizen, which may be the first response."""
    clocks = state.clocks
    if event.payload.get("counts_as_response") is not False:
        clocks = end_clocks(clocks, event.occurred_at, ClockKind.FIRST_RESPONSE)
    attended = _with_staff(state.attended, event.actor)
    return {"last_contact_at": event.occurred_at, "attended": attended, "clocks": clocks}


def _answered(state: CaseState, event: Event) -> CaseState:
    contact = _contact(state, event)
    clocks = suspend(contact["clocks"], event.occurred_at, ClockKind.RESOLUTION)
    contact["clocks"] = start_clocks(clocks, event.payload)
    return state._replace(
        answered_at=event.occurred_at,
        outcome=str(event.payload["outcome"]),
        cause=str(event.payload["cause"]),
        attempts=(),
        confirmed_at=None,
        **contact,
        **_at(state, Stage.ANSWERED, event),
    )


def _attempted(state: CaseState, event: Event) -> CaseState:
    return state._replace(attempts=(*state.attempts, str(event.payload["day"])), last_contact_at=event.occurred_at)


def _confirmed(state: CaseState, event: Event) -> CaseState:
    return state._replace(confirmed_at=event.occurred_at, last_citizen_at=event.occurred_at)


def _closed(state: CaseState, event: Event) -> CaseState:
    ended_at = parse_instant(event.payload["ended_at"])
    # Older withdrawals do not say so, and are replayed as they were projected.
    end = give_up_clocks if event.payload.get("promises") == GIVEN_UP else end_clocks
    return state._replace(
        closed_at=event.occurred_at,
        closure=str(event.payload["closure"]),
        outcome=_text(event.payload, "outcome") or state.outcome,
        clocks=end(state.clocks, ended_at),
        lowering_asked_at=None,
        lowering_asked_by=None,
        **_at(state, Stage.CLOSED, event),
    )


def _contested(state: CaseState, event: Event) -> CaseState:
    return state._replace(
        contested_count=state.contested_count + 1,
        answered_at=None,
        confirmed_at=None,
        outcome="",
        merged_into="",
        last_citizen_at=event.occurred_at,
        clocks=end_clocks(resume(state.clocks, event.occurred_at), event.occurred_at, ClockKind.NOTIFY, void=True),
        **_at(state, Stage.IN_FOLLOW_UP, event),
    )


def _reopened(state: CaseState, event: Event) -> CaseState:
    return state._replace(
        reopened_count=state.reopened_count + 1,
        answered_at=None,
        confirmed_at=None,
        closed_at=None,
        closure="",
        outcome="",
        # Somebody has to look at a proposal again, in as many minutes.
        critical_proposed_at=event.occurred_at if state.critical_state is CriticalState.PROPOSED else None,
        last_citizen_at=event.occurred_at if event.actor == "citizen" else state.last_citizen_at,
        clocks=start_clocks(state.clocks, event.payload),
        **_at(state, Stage.IN_FOLLOW_UP, event),
    )


def _merged(state: CaseState, event: Event) -> CaseState:
    return _followed(state, event)._replace(merged_into=str(event.payload["main"]))


def _followed(state: CaseState, event: Event) -> CaseState:
    return state._replace(
        area=str(event.payload["area"]),
        owner=_number(event.payload, "owner"),
        **_at(state, Stage(str(event.payload["stage"])), event),
    )


def _absorbed(state: CaseState, event: Event) -> CaseState:
    due = event.payload.get("due_at")
    known = [each for each in (state.absorbed_due_at, parse_instant(due) if due else None) if each]
    return state._replace(absorbed_due_at=min(known, default=None))


def _reclassified(state: CaseState, event: Event) -> CaseState:
    given = event.payload
    class_ = CaseClass(str(given["class"]))
    base: dict[str, Any] = {}
    if class_ is not CaseClass.CRITICAL:
        base = {"base_class": class_, "became_critical_at": None}
    elif state.class_ is not CaseClass.CRITICAL:
        base = {"base_class": state.class_, "became_critical_at": event.occurred_at}
    critical_state = CriticalState(str(given["critical"]))
    return state._replace(
        kind=_text(given, "kind") or state.kind,
        claim_type=str(given["claim_type"]) if "claim_type" in given else state.claim_type,
        category=_text(given, "category") or state.category,
        is_restricted=bool(given["restricted"]) if "restricted" in given else state.is_restricted,
        class_=class_,
        critical_state=critical_state,
        critical_proposed_at=state.critical_proposed_at if critical_state is CriticalState.PROPOSED else None,
        clocks=start_clocks(state.clocks, given),
        **base,
    )


def _nature_set(state: CaseState, event: Event) -> CaseState:
    ended = end_clocks(state.clocks, event.occurred_at, ClockKind.STATUTORY, void=True)
    return state._replace(legal_nature=str(event.payload["legal_nature"]), clocks=start_clocks(ended, event.payload))


def _moved(state: CaseState, event: Event) -> CaseState:
    return state._replace(clocks=start_clocks(state.clocks, event.payload))


def _task_opened(state: CaseState, event: Event) -> CaseState:
    due = event.payload.get("due_at")
    task = TaskState(
        event.sequence,
        TaskKind(str(event.payload["task"])),
        _text(event.payload, "area") or state.area,
        parse_instant(due) if due else None,
    )
    return state._replace(tasks=(*state.tasks, task))


def _task_finished(state: CaseState, event: Event) -> CaseState:
    ordinal = _number(event.payload, "ordinal")
    tasks = tuple(
        task._replace(finished_at=event.occurred_at) if task.ordinal == ordinal else task for task in state.tasks
    )
    return state._replace(tasks=tasks)


def _notified(state: CaseState, event: Event) -> CaseState:
    return state._replace(clocks=end_clocks(state.clocks, event.occurred_at, ClockKind.NOTIFY))


def _notification_recorded(state: CaseState, event: Event) -> CaseState:
    if event.payload["result"] != "received":
        return state
    return state._replace(clocks=end_clocks(state.clocks, event.occurred_at, ClockKind.STATUTORY))


def _staff_identified(state: CaseState, event: Event) -> CaseState:
    return state._replace(complained_staff=_number(event.payload, "staff"))


def _abstained(state: CaseState, event: Event) -> CaseState:
    staff = _number(event.payload, "staff")
    if staff is None:
        return state
    return state._replace(abstained=_joined(state.abstained, staff), clocks=start_clocks(state.clocks, event.payload))


def _abstention_decided(state: CaseState, event: Event) -> CaseState:
    staff = _number(event.payload, "staff")
    open_ones = [clock.round for clock in state.clocks if clock.kind is ClockKind.DECIDE and clock.ended_at is None]
    first = min(open_ones, default=None)
    state = state._replace(clocks=end_round(state.clocks, event.occurred_at, ClockKind.DECIDE, first))
    if event.payload["granted"]:
        return state._replace(owner=_number(event.payload, "owner"))
    return state._replace(abstained=tuple(each for each in state.abstained if each != staff))


def _message_received(state: CaseState, event: Event) -> CaseState:
    # Internal is what somebody else than the citizen wrote.
    return state if event.payload.get("internal") else state._replace(last_citizen_at=event.occurred_at)


def _call_attended(state: CaseState, event: Event) -> CaseState:
    """Fold a call: whoever attended it does not take down what the person thinks of that (domain.md, Lifecycle)."""
    who = _number(event.payload, "attended_by")
    return state if who is None else state._replace(attended=_joined(state.attended, who))


def _platform_code(state: CaseState, event: Event) -> CaseState:
    return state._replace(platform_code=str(event.payload["code"]))


def _access_revoked(state: CaseState, event: Event) -> CaseState:
    return state._replace(access_generation=state.access_generation + 1)


def _erased(state: CaseState, event: Event) -> CaseState:
    return state._replace(erased_at=event.occurred_at)


def _promise_kept(state: CaseState, event: Event) -> CaseState:
    return state._replace(
        clocks=end_round(state.clocks, event.occurred_at, ClockKind.DATED, _number(event.payload, "round"))
    )


def _warned(state: CaseState, event: Event) -> CaseState:
    if event.payload["clock"] == SILENCE:
        return state._replace(silence_warned_for=parse_instant(event.payload["since"]))
    return state._replace(clocks=mark_warned(state.clocks, event.payload))


_FOLDS: Mapping[EventType, Fold] = {
    EventType.REGISTERED: _registered,
    EventType.REFERRED: _referred,
    EventType.HANDED_BACK: _handed_back,
    EventType.REFERRAL_UNDONE: _handed_back,
    EventType.TAKEN: _taken,
    EventType.ASSIGNED: _taken,
    EventType.WROTE: _wrote,
    EventType.SPOKE: _responded,
    EventType.ANSWERED: _answered,
    EventType.CONFIRMATION_ATTEMPTED: _attempted,
    EventType.CONFIRMED: _confirmed,
    EventType.CLOSED: _closed,
    EventType.CONTESTED: _contested,
    EventType.REOPENED: _reopened,
    EventType.MERGED: _merged,
    EventType.FOLLOWED: _followed,
    EventType.ABSORBED: _absorbed,
    EventType.RECLASSIFIED: _reclassified,
    EventType.NATURE_SET: _nature_set,
    EventType.PROMISE_MOVED: _moved,
    EventType.PROMISED: _moved,
    EventType.TASK_OPENED: _task_opened,
    EventType.TASK_FINISHED: _task_finished,
    EventType.NOTIFIED: _notified,
    EventType.NOTIFICATION_RECORDED: _notification_recorded,
    EventType.STAFF_IDENTIFIED: _staff_identified,
    EventType.ABSTAINED: _abstained,
    EventType.ABSTENTION_DECIDED: _abstention_decided,
    EventType.MESSAGE_RECEIVED: _message_received,
    EventType.CALL_ATTENDED: _call_attended,
    EventType.PLATFORM_CODE_RECORDED: _platform_code,
    EventType.ACCESS_REVOKED: _access_revoked,
    EventType.ERASED: _erased,
    **DANGER_FOLDS,
    EventType.WARNED: _warned,
    EventType.PROMISE_KEPT: _promise_kept,
}


def _text(payload: Payload, key: str) -> str:
    value = payload.get(key)
    return "" if value is None else str(value)


def _number(payload: Payload, key: str) -> int | None:
    value = payload.get(key)
    return value if isinstance(value, int) else None


def _with_staff(staff: tuple[int, ...], actor: str) -> tuple[int, ...]:
    who = staff_of(actor)
    return staff if who is None else _joined(staff, who)


def _joined(staff: tuple[int, ...], who: int) -> tuple[int, ...]:
    return staff if who in staff else (*staff, who)
