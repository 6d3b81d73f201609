"""Which letter an event calls for, if any; many events call for none, and a single command for one at most."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

from cercana.cases.queries import Turn
from cercana.conversation.letters import Kind
from cercana.rules.access import SYSTEM
from cercana.rules.classification import ClockKind, CriticalState
from cercana.rules.history import Event, EventType
from cercana.rules.lifecycle import Closure, Outcome, Stage
from cercana.rules.projected_clocks import ClockState


@dataclass(frozen=True, slots=True)
class Occasion:
    """
    A letter to be written.

    ``must_reach``: without a mail address somebody has to tell the person otherwise (M4.2c). ``is_notice``: nobody's
    act but the system's, so it waits for the hours of notices. ``asks_opinion``: it may invite to one.
    """

    kind: Kind
    must_reach: bool = False
    is_notice: bool = False
    asks_opinion: bool = False


Finder: TypeAlias = Callable[[Turn], Occasion | None]

# Their letters repeat the promise, and two and 24 hours are promised only once somebody has confirmed the danger.
_PROMISING = frozenset({EventType.REFERRED, EventType.TAKEN, EventType.ASSIGNED, EventType.REOPENED})
_CLOSURES = {
    Closure.CONFIRMED: Occasion(Kind.CLOSED, asks_opinion=True),
    Closure.ON_THE_SPOT: Occasion(Kind.SOLVED, asks_opinion=True),
    Closure.WITHOUT_CONFIRMATION: Occasion(Kind.CLOSED_SILENTLY, is_notice=True, asks_opinion=True),
    Closure.NOTIFIED: Occasion(Kind.CLOSED_NOTIFIED, asks_opinion=True),
    Closure.WITHDRAWN: Occasion(Kind.WITHDRAWN),
}


def occasion_of(turn: Turn) -> Occasion | None:
    """
    Return the letter that the event of ``turn`` calls for, None if it calls for none.

    Whoever was erased since then gets none, and nobody is asked about a case that is no longer answered.
    """
    finder = _FINDERS.get(turn.event.type)
    if finder is None or turn.now.erased_at is not None:
        return None
    if turn.event.type in _PROMISING and turn.after.critical_state is CriticalState.PROPOSED:
        return None
    return finder(turn)


def _registered(turn: Turn) -> Occasion | None:
    # Among very many, all to one mailbox that may be a stranger's: the page alone gives number and code.
    if _is_solved_on_the_spot(turn) or turn.event.payload.get("receipt_held"):
        return None
    kinds = {CriticalState.PROPOSED: Kind.RECEIPT_PROPOSED, CriticalState.MARKED: Kind.RECEIPT_CRITICAL}
    return Occasion(kinds.get(turn.after.critical_state, Kind.RECEIPT))


def _marked(turn: Turn) -> Occasion | None:
    """Promise the hours of a critical case once it is one; marked as it was registered, the receipt does (M5.2b)."""
    response = turn.after.clock(ClockKind.FIRST_RESPONSE)
    waits = response is not None and response.is_running
    return Occasion(Kind.RECEIPT_CRITICAL) if turn.after.number and waits and not _is_receipt_held(turn) else None


def _rejected(turn: Turn) -> Occasion | None:
    """Promise what the receipt of a proposed case did not; who was promised it before has it again."""
    told = turn.history[: turn.event.sequence]
    was_registered_so = any(each.type is EventType.CRITICAL_PROPOSED for each in _before_number(told))
    return Occasion(Kind.RECEIPT) if was_registered_so and not _is_receipt_held(turn) else None


def _before_number(history: Sequence[Event]) -> Iterator[Event]:
    return takewhile(lambda each: each.type is not EventType.REGISTERED, history)


def _is_receipt_held(turn: Turn) -> bool:
    registered = (each for each in turn.history if each.type is EventType.REGISTERED)
    return any(each.payload.get("receipt_held") for each in registered)


def _taken(turn: Turn) -> Occasion | None:
    was_waiting = turn.before is not None and turn.before.stage is Stage.REFERRED
    return Occasion(Kind.TAKEN) if was_waiting else None


def _wrote(turn: Turn) -> Occasion:
    return Occasion(Kind.MESSAGE_PRIVATE if turn.after.is_restricted else Kind.MESSAGE, must_reach=True)


def _promised(turn: Turn) -> Occasion | None:
    if "said_in" in turn.event.payload:
        return None  # The letter with the message or the answer says it.
    return Occasion(Kind.MESSAGE_PRIVATE if turn.after.is_restricted else Kind.PROMISED, must_reach=True)


def _answered(turn: Turn) -> Occasion | None:
    if _is_solved_on_the_spot(turn):
        return None
    if turn.after.is_restricted:
        return Occasion(Kind.ANSWERED_PRIVATE, must_reach=True)
    was_forwarded = turn.after.outcome == Outcome.FORWARDED and forwarded_to(turn)
    return Occasion(Kind.FORWARDED if was_forwarded else Kind.ANSWERED, must_reach=True)


def _attempted(turn: Turn) -> Occasion | None:
    is_ours = turn.event.actor == SYSTEM.signature
    return Occasion(Kind.REMINDER, is_notice=True) if is_ours and turn.now.stage is Stage.ANSWERED else None


def _closed(turn: Turn) -> Occasion:
    return _CLOSURES[Closure(turn.after.closure)]


def _reclassified(turn: Turn) -> Occasion | None:
    return Occasion(Kind.PROMISE_MOVED, must_reach=True) if moved_clocks(turn) else None


def _moved(turn: Turn) -> Occasion | None:
    return Occasion(Kind.PROMISE_MOVED, must_reach=True, is_notice=True) if moved_clocks(turn) else None


def moved_clocks(turn: Turn) -> list[ClockState]:
    """Return the promise and the legal term that the event moved to another due, the promise first."""
    if turn.before is None:
        return []
    kinds = (ClockKind.RESOLUTION, ClockKind.STATUTORY)
    pairs = [(turn.before.clock(kind), turn.after.clock(kind)) for kind in kinds]
    return [has for had, has in pairs if had is not None and has is not None and had.due != has.due]


def _is_solved_on_the_spot(turn: Turn) -> bool:
    """Tell whether the event belongs to a registration that was answered and closed in the same breath."""
    return any(
        each.type is EventType.CLOSED
        and each.payload["closure"] == Closure.ON_THE_SPOT
        and each.sequence > turn.event.sequence
        for each in turn.history
    )


def forwarded_to(turn: Turn) -> str:
    """Return the entity outside to which the case was last handed before the event, "" if to none."""
    handed = [each for each in turn.history[: turn.event.sequence] if each.type is EventType.FORWARDED]
    return str(handed[-1].payload["entity"]) if handed else ""


def is_late(turn: Turn) -> bool:
    """Tell whether the promise of resolution was broken when the event happened."""
    clock = turn.after.clock(ClockKind.RESOLUTION)
    return clock is not None and not clock.due.is_met_by(turn.event.occurred_at)


_FINDERS: Mapping[EventType, Finder] = {
    EventType.REGISTERED: _registered,
    EventType.REFERRED: lambda _turn: Occasion(Kind.REFERRED),
    EventType.TAKEN: _taken,
    EventType.ASSIGNED: _taken,
    EventType.WROTE: _wrote,
    EventType.PROMISED: _promised,
    EventType.ANSWERED: _answered,
    EventType.CONFIRMATION_ATTEMPTED: _attempted,
    EventType.CONTESTED: lambda _turn: Occasion(Kind.CONTESTED),
    EventType.CLOSED: _closed,
    EventType.REOPENED: lambda _turn: Occasion(Kind.REOPENED),
    EventType.RECLASSIFIED: _reclassified,
    EventType.PROMISE_MOVED: _moved,
    EventType.CRITICAL_MARKED: _marked,
    EventType.CRITICAL_REJECTED: _rejected,
    EventType.LOWERING_DECIDED: _reclassified,
    EventType.MERGED: lambda _turn: Occasion(Kind.MERGED),
}
