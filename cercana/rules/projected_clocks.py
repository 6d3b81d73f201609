"""The clocks of a case as its events leave them; nothing here computes a promise."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from cercana.rules.classification import CaseClass, ClockKind
from cercana.rules.history import Payload, instant_text, parse_instant
from cercana.rules.promises import Due

_TICK = timedelta(microseconds=1)
# Only doing them ends these.
_OUTLIVING = (ClockKind.DATED, ClockKind.NOTIFY)
# The shares of a clock's time, in percent, at which the watch warns (domain.md, Clocks).
ALL = 100
LEVELS = (50, 80, ALL)


class ClockStatus(StrEnum):
    """
    Whether a clock runs, waits for the citizen's yes, was kept, was broken, or no longer applies.

    A withdrawn one was given up by the citizen before it broke: it counts neither as kept nor as broken.
    """

    RUNNING = "running"
    SUSPENDED = "suspended"
    MET = "met"
    BREACHED = "breached"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class ClockState(NamedTuple):
    """
    One promise: ``round`` counts the promises of its kind on this case, ``term`` is the legal term's id or "".

    ``breached_at`` is the instant at which it was broken, once known; ``ended_at`` when the matter was done;
    ``warned`` the highest of LEVELS that was warned of, or 0.
    """

    kind: ClockKind
    round: int
    started_at: datetime
    due_at: datetime
    inclusive: bool
    whole_day: bool
    policy_version: int
    term: str = ""
    status: ClockStatus = ClockStatus.RUNNING
    suspended_at: datetime | None = None
    ended_at: datetime | None = None
    breached_at: datetime | None = None
    warned: int = 0

    @property
    def due(self) -> Due:
        """The promise as the rules of time know it."""
        return Due(self.due_at, inclusive=self.inclusive, whole_day=self.whole_day)

    @property
    def breaks_at(self) -> datetime:
        """The first instant at which the promise is broken."""
        return self.due_at + _TICK if self.inclusive else self.due_at

    @property
    def is_running(self) -> bool:
        """Whether time is running against us; a broken promise that still waits for its end runs too."""
        return self.status is ClockStatus.RUNNING or (self.status is ClockStatus.BREACHED and self.ended_at is None)

    def counted_from(self, class_: str, became_critical_at: datetime | None) -> datetime:
        """Return the instant from which it was counted: a case that became critical counts from that moment."""
        is_critical = self.kind is ClockKind.FIRST_RESPONSE or class_ == CaseClass.CRITICAL
        if became_critical_at is None or not is_critical or self.kind is ClockKind.STATUTORY or self.kind.is_aside:
            return self.started_at
        return max(became_critical_at, self.started_at)


def clock_payload(
    kind: ClockKind, due: Due, *, round_: int, started_at: datetime, policy_version: int, term: str = ""
) -> dict[str, object]:
    """Return how an event keeps a clock that it starts or moves."""
    return {
        "kind": kind.value,
        "round": round_,
        "started_at": instant_text(started_at),
        "due_at": instant_text(due.at),
        "inclusive": due.inclusive,
        "whole_day": due.whole_day,
        "policy": policy_version,
        "term": term,
    }


def start_clocks(clocks: tuple[ClockState, ...], payload: Payload) -> tuple[ClockState, ...]:
    """Return ``clocks`` with those of the ``payload``: a known kind and round is moved, another one starts."""
    given = payload.get("clocks")
    if not isinstance(given, list):
        return clocks
    for each in given:
        clocks = _place(clocks, _parse(each))
    return clocks


def _parse(given: Mapping[str, object]) -> ClockState:
    return ClockState(
        kind=ClockKind(str(given["kind"])),
        round=int(str(given["round"])),
        started_at=parse_instant(given["started_at"]),
        due_at=parse_instant(given["due_at"]),
        inclusive=bool(given["inclusive"]),
        whole_day=bool(given["whole_day"]),
        policy_version=int(str(given["policy"])),
        term=str(given["term"]),
        status=ClockStatus.VOID if given.get("void") else ClockStatus.RUNNING,
    )


def _place(clocks: tuple[ClockState, ...], new: ClockState) -> tuple[ClockState, ...]:
    for position, clock in enumerate(clocks):
        if (clock.kind, clock.round) == (new.kind, new.round):
            status = new.status if new.status is ClockStatus.VOID else clock.status
            moved = new._replace(
                status=status, suspended_at=clock.suspended_at, breached_at=clock.breached_at, warned=clock.warned
            )
            return (*clocks[:position], moved, *clocks[position + 1 :])
    return (*clocks, new)


def mark_warned(clocks: tuple[ClockState, ...], payload: Payload) -> tuple[ClockState, ...]:
    """Return ``clocks`` with the one that the ``payload`` of a warning names at the level that it tells of."""

    def warned(clock: ClockState) -> ClockState:
        is_meant = (clock.kind.value, clock.round) == (payload["clock"], payload["round"])
        return clock._replace(warned=int(str(payload["level"]))) if is_meant else clock

    return tuple(warned(clock) for clock in clocks)


def end_clocks(
    clocks: tuple[ClockState, ...], at: datetime, kind: ClockKind | None = None, *, void: bool = False
) -> tuple[ClockState, ...]:
    """
    Return ``clocks`` with those of ``kind`` that have not ended, ended at the instant ``at``.

    Without a kind it is all of them, but what goes on after the closure: what was promised for a date, and notifying.
    """

    def ends(clock: ClockState) -> bool:
        return clock.kind is kind or (kind is None and clock.kind not in _OUTLIVING)

    return tuple(_ended(clock, at, void=void) if ends(clock) else clock for clock in clocks)


def promised_rounds(payload: Payload) -> list[int]:
    """Return which promised dates an event starts; those made before they had clocks have none."""
    given = payload.get("clocks")
    clocks = given if isinstance(given, list) else []
    return [int(str(each["round"])) for each in clocks if each["kind"] == ClockKind.DATED]


def end_round(
    clocks: tuple[ClockState, ...], at: datetime, kind: ClockKind, round_: int | None
) -> tuple[ClockState, ...]:
    """Return ``clocks`` with the one of ``kind`` and ``round_`` done at the instant ``at``, in time or late."""

    def is_meant(clock: ClockState) -> bool:
        return clock.kind is kind and clock.round == round_

    return tuple(_ended(clock, at, void=False) if is_meant(clock) else clock for clock in clocks)


def give_up_clocks(clocks: tuple[ClockState, ...], at: datetime) -> tuple[ClockState, ...]:
    """Return ``clocks`` as the citizen leaves them who withdraws at ``at``: none was kept, and late stays late."""
    return tuple(_given_up(clock, at) for clock in clocks)


def _given_up(clock: ClockState, at: datetime) -> ClockState:
    ended = _ended(clock, at, void=False)
    if ended is clock or ended.status is not ClockStatus.MET:
        return ended
    return ended._replace(status=ClockStatus.WITHDRAWN)


def outcome_of(clock: ClockState, *, withdrawn_at: datetime | None) -> ClockStatus:
    """
    Return how ``clock`` stands in a case that was withdrawn at ``withdrawn_at``, or never.

    Histories from before promises could be given up kept as met what the withdrawal ended.
    """
    if clock.status is ClockStatus.MET and clock.ended_at is not None and clock.ended_at == withdrawn_at:
        return ClockStatus.WITHDRAWN
    return clock.status


def _ended(clock: ClockState, at: datetime, *, void: bool) -> ClockState:
    if clock.ended_at is not None or clock.status is ClockStatus.VOID:
        return clock
    if void:
        return clock._replace(status=ClockStatus.VOID, ended_at=at)
    if at < clock.breaks_at and clock.breached_at is None:
        return clock._replace(status=ClockStatus.MET, ended_at=at, suspended_at=None)
    return clock._replace(
        status=ClockStatus.BREACHED,
        ended_at=at,
        breached_at=clock.breached_at or clock.breaks_at,
        suspended_at=None,
    )


def suspend(clocks: tuple[ClockState, ...], at: datetime, kind: ClockKind) -> tuple[ClockState, ...]:
    """Return ``clocks`` with those of ``kind`` waiting for the citizen since ``at``; a breach before it is kept."""

    def suspended(clock: ClockState) -> ClockState:
        if clock.kind is not kind or not clock.is_running:
            return clock
        broken = clock.breached_at or (clock.breaks_at if at >= clock.breaks_at else None)
        return clock._replace(status=ClockStatus.SUSPENDED, suspended_at=at, breached_at=broken)

    return tuple(suspended(clock) for clock in clocks)


def resume(clocks: tuple[ClockState, ...], at: datetime) -> tuple[ClockState, ...]:
    """
    Return ``clocks`` with the waiting ones running again, as if no answer had been sent.

    One whose due passed meanwhile is broken since that due, not since ``at``.
    """

    def resumed(clock: ClockState) -> ClockState:
        if clock.status is not ClockStatus.SUSPENDED:
            return clock
        if clock.breached_at is not None or at >= clock.breaks_at:
            broken = clock.breached_at or clock.breaks_at
            return clock._replace(status=ClockStatus.BREACHED, breached_at=broken, suspended_at=None)
        return clock._replace(status=ClockStatus.RUNNING, suspended_at=None)

    return tuple(resumed(clock) for clock in clocks)


def open_promises(clocks: Iterable[ClockState]) -> list[ClockState]:
    """Return the promised dates among ``clocks`` that were not marked as kept, oldest first."""
    return [clock for clock in clocks if clock.kind is ClockKind.DATED and clock.is_running]
