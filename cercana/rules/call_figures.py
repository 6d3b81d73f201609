"""Calls in figures: missed, abandoned, voicemails, and who was called back in time, by the hour at which it rang."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cercana.rules.calls import CallState


@dataclass(frozen=True, slots=True)
class CallRecord:
    """
    A call as the figures see it: the hour in Lima at which it rang, and what it came to.

    ``promised_at`` is None unless it has to be called back. ``reached_at`` is the first attempt, or when the person
    got a case if that was earlier; ``spoke`` tells that somebody talked to them.
    """

    hour: int
    state: CallState
    promised_at: datetime | None = None
    reached_at: datetime | None = None
    spoke: bool = False


@dataclass(frozen=True, slots=True)
class CallFigures:
    """
    Calls in figures; ``in_time`` and ``late`` are of those that had to be called back, ``pending`` runs still.

    ``overdue`` are the late ones whom nobody has called yet.
    """

    calls: int
    answered: int
    missed: int
    abandoned: int
    voicemails: int
    in_time: int
    late: int
    overdue: int
    pending: int
    spoke: int

    @property
    def in_time_share(self) -> float | None:
        """The share of the promises whose hour came that were kept; None if none came."""
        ended = self.in_time + self.late
        return self.in_time / ended if ended else None


def figures_of(records: Sequence[CallRecord], now: datetime) -> CallFigures:
    """Return the figures of ``records``: a promise is late from its hour on, whether or not somebody called later."""
    states = [each.state for each in records]
    promised = [(each.promised_at, each.reached_at) for each in records if each.promised_at is not None]
    in_time = sum(reached is not None and reached <= promise for promise, reached in promised)
    late = sum((reached or now) > promise for promise, reached in promised)
    return CallFigures(
        calls=len(records),
        answered=sum(state in (CallState.ANSWERED, CallState.ENDED) for state in states),
        missed=states.count(CallState.MISSED),
        abandoned=states.count(CallState.ABANDONED),
        voicemails=states.count(CallState.VOICEMAIL),
        in_time=in_time,
        late=late,
        overdue=sum(reached is None and now > promise for promise, reached in promised),
        pending=len(promised) - in_time - late,
        spoke=sum(each.spoke for each in records),
    )


def by_hour(records: Iterable[CallRecord], now: datetime) -> dict[int, CallFigures]:
    """Return the figures of every hour in which somebody called, the first hour first."""
    hours: dict[int, list[CallRecord]] = {}
    for each in records:
        hours.setdefault(each.hour, []).append(each)
    return {hour: figures_of(hours[hour], now) for hour in sorted(hours)}
