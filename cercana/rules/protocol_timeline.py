"""
The protocol of a critical case as one line of time: what had to be done by when, and whether it was (M5.2).

Every quarter of an hour, ten minutes, two hours and day that the protocol promises becomes a mark, kept or missed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cercana.rules.case_state import CaseState
from cercana.rules.classification import ClockKind
from cercana.rules.critical_states import marked_by_silence_at
from cercana.rules.escalation import PATIENCE
from cercana.rules.history import Event, EventType
from cercana.rules.projected_clocks import ClockState, ClockStatus
from cercana.rules.vigilance import Deed, check_in_due, real_entries

_CALLS = (EventType.ALARM_RAISED, EventType.ALARM_ESCALATED)
_ANSWERS_A_CALL = (EventType.ALARM_ACKNOWLEDGED, *_CALLS)
_ANSWERS_A_PROPOSAL = (EventType.CRITICAL_MARKED, EventType.CRITICAL_REJECTED, EventType.CLOSED)


class Standard(StrEnum):
    """What the protocol asks for, in the order in which it comes up."""

    REVIEW = "review"
    CHARGE = "charge"
    RESPONSE = "response"
    CHECK_IN = "check_in"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One thing that had to be done: counted from ``began_at``, and from ``due_at`` on missing.

    ``done_at`` is when it was done, in time or late; ``over_at`` when it stopped to matter before either.
    """

    standard: Standard
    began_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    over_at: datetime | None = None

    def is_kept(self) -> bool:
        """Tell whether it was done in time."""
        return self.done_at is not None and self.done_at < self.due_at

    def is_missed(self, now: datetime) -> bool:
        """Tell whether its time ran out, at ``now`` or before it was done."""
        return not self.is_kept() and self.due_at <= min(each for each in (now, self.over_at) if each is not None)

    def is_open(self, now: datetime) -> bool:
        """Tell whether there is still time for it."""
        return not self.is_kept() and self.over_at is None and now < self.due_at

    def shown_at(self, now: datetime) -> datetime:
        """Return where on the line it stands: when it was done if in time, else when its time ran out."""
        return self.done_at if self.done_at is not None and not self.is_missed(now) else self.due_at


def marks(events: Sequence[Event], deeds: Sequence[Deed], state: CaseState) -> tuple[Mark, ...]:
    """
    Return the marks of the history ``events``, oldest first, by the instant from which each is counted.

    ``deeds`` are what staff entered about the matter, with their words: the same text twice does not count.
    """
    found = [*_reviews(events), *_charges(events), *_clocks(state), *_check_ins(events, deeds)]
    return tuple(sorted(found, key=lambda mark: (mark.began_at, mark.due_at)))


def _reviews(events: Sequence[Event]) -> Iterator[Mark]:
    for place, event in enumerate(events):
        if event.type is EventType.CRITICAL_PROPOSED:
            after = next((each for each in events[place + 1 :] if each.type in _ANSWERS_A_PROPOSAL), None)
            is_closed = after is not None and after.type is EventType.CLOSED
            by_person = after is not None and not is_closed and after.payload.get("by") != "silence"
            yield Mark(
                Standard.REVIEW,
                event.occurred_at,
                marked_by_silence_at(event.occurred_at),
                done_at=after.occurred_at if after and by_person else None,
                over_at=after.occurred_at if after and is_closed else None,
            )


def _charges(events: Sequence[Event]) -> Iterator[Mark]:
    for place, event in enumerate(events):
        if event.type in _CALLS:
            end = next((each for each in events[place + 1 :] if each.type in _ANSWERS_A_CALL or _is_end(each)), None)
            taken = end is not None and end.type is EventType.ALARM_ACKNOWLEDGED
            yield Mark(
                Standard.CHARGE,
                event.occurred_at,
                event.occurred_at + PATIENCE,
                done_at=end.occurred_at if end and taken else None,
                over_at=end.occurred_at if end and not taken else None,
            )


def _clocks(state: CaseState) -> Iterator[Mark]:
    standards = {ClockKind.FIRST_RESPONSE: Standard.RESPONSE, ClockKind.RESOLUTION: Standard.RESOLUTION}
    for clock in state.clocks:
        if clock.kind in standards and clock.status is not ClockStatus.VOID:
            yield _of_clock(clock, standards[clock.kind], state)


def _of_clock(clock: ClockState, standard: Standard, state: CaseState) -> Mark:
    given_up = clock.status is ClockStatus.WITHDRAWN
    done_at = clock.ended_at or clock.suspended_at
    return Mark(
        standard,
        clock.counted_from(state.class_, state.became_critical_at),
        clock.breaks_at,
        done_at=None if given_up else done_at,
        over_at=clock.ended_at if given_up else None,
    )


def _check_ins(events: Sequence[Event], deeds: Sequence[Deed]) -> Iterator[Mark]:
    """Yield each stretch between two real entries while the case was critical: two hours at most, then one day."""
    entered = [deed.at for deed in real_entries(deeds)]
    entered += [each.occurred_at for each in events if each.type is EventType.ALARM_ACKNOWLEDGED]
    for start, over_at in _watches(events):
        stations = sorted(at for at in entered if start < at and (over_at is None or at < over_at))
        for began, done in zip([start, *stations], [*stations, None], strict=True):
            due = check_in_due(began, is_answered=_is_answered(events, began))
            yield Mark(Standard.CHECK_IN, began, due, done_at=done, over_at=None if done else over_at)


def _watches(events: Iterable[Event]) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield from when to when the case was watched, each time it was: from its first alarm until it ended."""
    start = None
    for event in events:
        if start is None and event.type is EventType.ALARM_RAISED:
            start = event.occurred_at
        elif start is not None and _is_end(event):
            yield start, event.occurred_at
            start = None
    if start is not None:
        yield start, None


def _is_end(event: Event) -> bool:
    """Tell whether ``event`` ends the protocol: closed, or critical no longer."""
    is_lowered = event.type is EventType.LOWERING_DECIDED and bool(event.payload.get("granted"))
    return is_lowered or event.type in (EventType.CLOSED, EventType.CRITICAL_REJECTED)


def _is_answered(events: Iterable[Event], at: datetime) -> bool:
    answered = False
    for event in events:
        if event.occurred_at > at:
            break
        if event.type is EventType.ANSWERED:
            answered = True
        elif event.type in (EventType.CONTESTED, EventType.REOPENED):
            answered = False
    return answered
