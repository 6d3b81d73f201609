"""
What a case is now, as the fold of its events: the same function writes the row and proves it.

An event that starts or moves a clock carries the due instants that resulted; the fold copies them and computes
no promise. Source: domain.md, What a case keeps.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from cercana.rules.classification import CaseClass, Channel, ClockKind, CriticalState, TaskKind
from cercana.rules.history import Event, EventType, Payload, parse_instant
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockState, end_clocks, resume, start_clocks, suspend


@dataclass(frozen=True, slots=True)
class ReferralState:
    """One handing over to an area: when, and how it ended (``taken``, ``handed_back``, ``undone`` or still open)."""

    ordinal: int
    area: str
    referred_at: datetime
    ended_at: datetime | None = None
    end: str = ""


@dataclass(frozen=True, slots=True)
class TaskState:
    """Something to be done for the case; ``ordinal`` is the sequence of the event that opened it."""

    ordinal: int
    kind: TaskKind
    area: str
    due_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseState:
    """
    The projection of one case: the columns of its row, its clocks, referrals and tasks; no personal values.

    ``base_class`` is the class before it became critical (at ``became_critical_at``), or simply its class.
    """

    key: str
    citizen: str
    kind: str
    claim_type: str
    class_: CaseClass
    critical_state: CriticalState
    channel: Channel
    category: str
    legal_nature: str
    language: str
    area: str
    proposed_area: str
    received_at: datetime
    notice_version: int
    is_preferential: bool = False
    is_restricted: bool = False
    about_staff: bool = False
    complained_staff: int | None = None
    complained_area: str = ""
    complained_site: str = ""
    intake: int | None = None
    base_class: CaseClass = CaseClass.SIMPLE
    became_critical_at: datetime | None = None
    number: str = ""
    stage: Stage = Stage.RECEIVED
    owner: int | None = None
    registered_at: datetime | None = None
    stage_since: datetime | None = None
    last_contact_at: datetime | None = None
    last_citizen_at: datetime | None = None
    answered_at: datetime | None = None
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    cause: str = ""
    closure: str = ""
    contested_count: int = 0
    reopened_count: int = 0
    attempts: tuple[str, ...] = ()
    merged_into: str = ""
    absorbed_due_at: datetime | None = None
    platform_code: str = ""
    access_generation: int = 1
    erased_at: datetime | None = None
    abstained: tuple[int, ...] = ()
    attended: tuple[int, ...] = ()
    clocks: tuple[ClockState, ...] = ()
    referrals: tuple[ReferralState, ...] = ()
    tasks: tuple[TaskState, ...] = ()
    last_sequence: int = 0

    @property
    def is_critical(self) -> bool:
        """Whether the critical clocks run: proposed or marked (M5.2b)."""
        return self.critical_state is not CriticalState.NONE

    @property
    def attention_due_at(self) -> datetime | None:
        """The instant that drives the queue: the earliest break of a running clock, absorbed cases included."""
        running = [clock.breaks_at for clock in self.clocks if clock.is_running]
        if self.absorbed_due_at is not None and self.stage not in (Stage.ANSWERED, Stage.CLOSED):
            running.append(self.absorbed_due_at)
        return min(running, default=None)

    def clock(self, kind: ClockKind) -> ClockState | None:
        """Return the newest clock of ``kind``."""
        return next((clock for clock in reversed(self.clocks) if clock.kind is kind), None)


Fold: TypeAlias = Callable[[CaseState, Event], CaseState]


def project(events: Iterable[Event]) -> CaseState:
    """Return the state that ``events``, oldest first and beginning with the reception, lead to."""
    ordered = iter(events)
    state = received(next(ordered))
    for event in ordered:
        state = apply(state, event)
    return state


def received(event: Event) -> CaseState:
    """Return the state of a case whose first event is its reception."""
    given = event.payload
    state = CaseState(
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
        about_staff=bool(given.get("about_staff")),
        complained_staff=_number(given, "complained_staff"),
        complained_area=_text(given, "complained_area"),
        complained_site=_text(given, "complained_site"),
        intake=_staff_of(event.actor),
        base_class=CaseClass(str(given["class"])),
        stage_since=event.occurred_at,
        last_citizen_at=event.occurred_at,
        last_sequence=event.sequence,
    )
    return replace(state, clocks=start_clocks((), given))


def apply(state: CaseState, event: Event) -> CaseState:
    """Return ``state`` after ``event``."""
    fold = _FOLDS.get(event.type)
    after = state if fold is None else fold(state, event)
    return replace(after, last_sequence=event.sequence)


def _at(state: CaseState, stage: Stage, event: Event) -> CaseState:
    if state.stage is stage:
        return state
    return replace(state, stage=stage, stage_since=event.occurred_at)


def _registered(state: CaseState, event: Event) -> CaseState:
    state = replace(state, number=str(event.payload["number"]), registered_at=event.occurred_at)
    return _at(state, Stage.REGISTERED, event)


def _referred(state: CaseState, event: Event) -> CaseState:
    area = str(event.payload["area"])
    referral = ReferralState(len(state.referrals) + 1, area, event.occurred_at)
    state = _end_referral(state, event, "referred_on")
    state = replace(state, area=area, owner=None, referrals=(*state.referrals, referral))
    return _at(state, Stage.REFERRED, event)


def _handed_back(state: CaseState, event: Event) -> CaseState:
    end = "undone" if event.type is EventType.REFERRAL_UNDONE else "handed_back"
    state = _end_referral(state, event, end)
    return _at(replace(state, area=str(event.payload["area"]), owner=None), Stage.REGISTERED, event)


def _taken(state: CaseState, event: Event) -> CaseState:
    state = _end_referral(state, event, "taken")
    return _at(replace(state, owner=_number(event.payload, "owner")), Stage.IN_FOLLOW_UP, event)


def _end_referral(state: CaseState, event: Event, end: str) -> CaseState:
    if not state.referrals or state.referrals[-1].ended_at is not None:
        return state
    ended = replace(state.referrals[-1], ended_at=event.occurred_at, end=end)
    return replace(state, referrals=(*state.referrals[:-1], ended))


def _responded(state: CaseState, event: Event) -> CaseState:
    state = replace(state, last_contact_at=event.occurred_at, attended=_with_staff(state.attended, event.actor))
    if event.payload.get("counts_as_response") is False:
        return state
    return replace(state, clocks=end_clocks(state.clocks, event.occurred_at, ClockKind.FIRST_RESPONSE))


def _answered(state: CaseState, event: Event) -> CaseState:
    state = _responded(state, event)
    state = replace(
        state,
        answered_at=event.occurred_at,
        outcome=str(event.payload["outcome"]),
        cause=str(event.payload["cause"]),
        attempts=(),
        confirmed_at=None,
        clocks=suspend(state.clocks, event.occurred_at, ClockKind.RESOLUTION),
    )
    return _at(state, Stage.ANSWERED, event)


def _attempted(state: CaseState, event: Event) -> CaseState:
    return replace(state, attempts=(*state.attempts, str(event.payload["day"])), last_contact_at=event.occurred_at)


def _confirmed(state: CaseState, event: Event) -> CaseState:
    return replace(state, confirmed_at=event.occurred_at, last_citizen_at=event.occurred_at)


def _closed(state: CaseState, event: Event) -> CaseState:
    ended_at = parse_instant(event.payload["ended_at"])
    state = replace(
        state,
        closed_at=event.occurred_at,
        closure=str(event.payload["closure"]),
        outcome=_text(event.payload, "outcome") or state.outcome,
        clocks=end_clocks(state.clocks, ended_at),
    )
    return _at(state, Stage.CLOSED, event)


def _contested(state: CaseState, event: Event) -> CaseState:
    state = replace(
        state,
        contested_count=state.contested_count + 1,
        answered_at=None,
        confirmed_at=None,
        outcome="",
        merged_into="",
        last_citizen_at=event.occurred_at,
        clocks=resume(state.clocks, event.occurred_at),
    )
    return _at(state, Stage.IN_FOLLOW_UP, event)


def _reopened(state: CaseState, event: Event) -> CaseState:
    state = replace(
        state,
        reopened_count=state.reopened_count + 1,
        answered_at=None,
        confirmed_at=None,
        closed_at=None,
        closure="",
        outcome="",
        last_citizen_at=event.occurred_at if event.actor == "citizen" else state.last_citizen_at,
        clocks=start_clocks(state.clocks, event.payload),
    )
    return _at(state, Stage.IN_FOLLOW_UP, event)


def _merged(state: CaseState, event: Event) -> CaseState:
    state = replace(state, merged_into=str(event.payload["main"]))
    return _followed(state, event)


def _followed(state: CaseState, event: Event) -> CaseState:
    state = replace(state, area=str(event.payload["area"]), owner=_number(event.payload, "owner"))
    return _at(state, Stage(str(event.payload["stage"])), event)


def _absorbed(state: CaseState, event: Event) -> CaseState:
    due = event.payload.get("due_at")
    known = [each for each in (state.absorbed_due_at, parse_instant(due) if due else None) if each]
    return replace(state, absorbed_due_at=min(known, default=None))


def _reclassified(state: CaseState, event: Event) -> CaseState:
    given = event.payload
    class_ = CaseClass(str(given["class"]))
    if class_ is not CaseClass.CRITICAL:
        state = replace(state, base_class=class_, became_critical_at=None)
    elif state.class_ is not CaseClass.CRITICAL:
        state = replace(state, base_class=state.class_, became_critical_at=event.occurred_at)
    return replace(
        state,
        kind=_text(given, "kind") or state.kind,
        claim_type=str(given["claim_type"]) if "claim_type" in given else state.claim_type,
        category=_text(given, "category") or state.category,
        is_restricted=bool(given["restricted"]) if "restricted" in given else state.is_restricted,
        class_=class_,
        critical_state=CriticalState(str(given["critical"])),
        clocks=start_clocks(state.clocks, given),
    )


def _nature_set(state: CaseState, event: Event) -> CaseState:
    ended = end_clocks(state.clocks, event.occurred_at, ClockKind.STATUTORY, void=True)
    return replace(state, legal_nature=str(event.payload["legal_nature"]), clocks=start_clocks(ended, event.payload))


def _moved(state: CaseState, event: Event) -> CaseState:
    return replace(state, clocks=start_clocks(state.clocks, event.payload))


def _task_opened(state: CaseState, event: Event) -> CaseState:
    due = event.payload.get("due_at")
    task = TaskState(
        event.sequence,
        TaskKind(str(event.payload["task"])),
        _text(event.payload, "area") or state.area,
        parse_instant(due) if due else None,
    )
    return replace(state, tasks=(*state.tasks, task))


def _task_finished(state: CaseState, event: Event) -> CaseState:
    ordinal = _number(event.payload, "ordinal")
    tasks = tuple(
        replace(task, finished_at=event.occurred_at) if task.ordinal == ordinal else task for task in state.tasks
    )
    return replace(state, tasks=tasks)


def _notification_recorded(state: CaseState, event: Event) -> CaseState:
    if event.payload["result"] != "received":
        return state
    return replace(state, clocks=end_clocks(state.clocks, event.occurred_at, ClockKind.STATUTORY))


def _staff_identified(state: CaseState, event: Event) -> CaseState:
    return replace(state, complained_staff=_number(event.payload, "staff"))


def _abstained(state: CaseState, event: Event) -> CaseState:
    staff = _number(event.payload, "staff")
    return state if staff is None else replace(state, abstained=_joined(state.abstained, staff))


def _abstention_decided(state: CaseState, event: Event) -> CaseState:
    staff = _number(event.payload, "staff")
    if event.payload["granted"]:
        return replace(state, owner=_number(event.payload, "owner"))
    return replace(state, abstained=tuple(each for each in state.abstained if each != staff))


def _message_received(state: CaseState, event: Event) -> CaseState:
    return replace(state, last_citizen_at=event.occurred_at)


def _platform_code(state: CaseState, event: Event) -> CaseState:
    return replace(state, platform_code=str(event.payload["code"]))


def _access_revoked(state: CaseState, event: Event) -> CaseState:
    return replace(state, access_generation=state.access_generation + 1)


def _erased(state: CaseState, event: Event) -> CaseState:
    return replace(state, erased_at=event.occurred_at)


_FOLDS: Mapping[EventType, Fold] = {
    EventType.REGISTERED: _registered,
    EventType.REFERRED: _referred,
    EventType.HANDED_BACK: _handed_back,
    EventType.REFERRAL_UNDONE: _handed_back,
    EventType.TAKEN: _taken,
    EventType.ASSIGNED: _taken,
    EventType.WROTE: _responded,
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
    EventType.TASK_OPENED: _task_opened,
    EventType.TASK_FINISHED: _task_finished,
    EventType.NOTIFICATION_RECORDED: _notification_recorded,
    EventType.STAFF_IDENTIFIED: _staff_identified,
    EventType.ABSTAINED: _abstained,
    EventType.ABSTENTION_DECIDED: _abstention_decided,
    EventType.MESSAGE_RECEIVED: _message_received,
    EventType.PLATFORM_CODE_RECORDED: _platform_code,
    EventType.ACCESS_REVOKED: _access_revoked,
    EventType.ERASED: _erased,
}


def _text(payload: Payload, key: str) -> str:
    value = payload.get(key)
    return "" if value is None else str(value)


def _number(payload: Payload, key: str) -> int | None:
    value = payload.get(key)
    return value if isinstance(value, int) else None


def _staff_of(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "staff" else None


def _with_staff(staff: tuple[int, ...], actor: str) -> tuple[int, ...]:
    who = _staff_of(actor)
    return staff if who is None else _joined(staff, who)


def _joined(staff: tuple[int, ...], who: int) -> tuple[int, ...]:
    return staff if who in staff else (*staff, who)
