"""
Turns at the counter: who is called next, how long the wait will be, and when it is too long (M2.3a).

Preferential attention takes the next free counter, since the law exempts from any wait (Ley 27408, arts. 1–6; Ley
32393; Ley 30490, art. 2); everybody else goes by arrival (TUO 27444, art. 55).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil, floor, sqrt
from statistics import fmean, pstdev

from cercana.rules.calendar import Calendar
from cercana.rules.office_hours import OfficeHours


class Topic(StrEnum):
    """What somebody comes for, as they say it before anybody has talked to them."""

    CLAIM = "claim"
    INQUIRY = "inquiry"
    FOLLOW_UP = "follow_up"


class PreferentialGroup(StrEnum):
    """Whom the law exempts from waiting; nobody is asked to prove it, and only how many came is kept."""

    PREGNANT = "pregnant"
    CHILD = "child"
    OLDER_ADULT = "older_adult"
    DISABILITY = "disability"
    VETERAN = "veteran"
    CHILD_IN_ARMS = "child_in_arms"


class TurnState(StrEnum):
    """Where a turn stands; the last three are ends."""

    WAITING = "waiting"
    CALLED = "called"
    ATTENDED = "attended"
    ABSENT = "absent"
    LEFT = "left"


PREFERENTIAL_LETTER = "P"
LETTERS = {Topic.CLAIM: "R", Topic.INQUIRY: "C", Topic.FOLLOW_UP: "S"}
# The screen promises two more calls to whoever is slow.
MOST_CALLS = 3
# Fewer attended turns say nothing about the next one.
_FEWEST_SEEN = 5
# Nine waits of ten end within so many standard deviations.
_BREADTH = 1.645
# However many preferential turns came of late, half of the calls are assumed to stay for the others.
_MOST_OVERTAKEN = 0.5
_COARSE_FROM, _COARSE = 10, 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A turn that waits; ``window`` is the one it was passed on to, or None if any may call it."""

    id: int
    arrived_at: datetime
    is_preferential: bool
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A wait in whole minutes, from the least to the most that is likely."""

    least: int
    most: int


def letter_of(topic: Topic, *, is_preferential: bool) -> str:
    """Return the letter of a ticket: that of preferential attention, whatever the topic, or that of the topic."""
    return PREFERENTIAL_LETTER if is_preferential else LETTERS[topic]


def ticket_of(letter: str, number: int) -> str:
    """Return a turn as ticket, screen and voice name it: «R 031»."""
    return f"{letter} {number:03d}"


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Return who waits in the order of the calls: preferential attention first, then whoever arrived first."""
    return sorted(waiting, key=lambda each: (not each.is_preferential, each.arrived_at, each.id))


def next_turn(waiting: Iterable[Waiting], window: int, attended: Iterable[int]) -> Waiting | None:
    """
    Return whom ``window`` calls next, or None if nobody waits for it.

    A turn passed on to another window is left to that one, as long as it is among the ``attended`` ones.
    """
    others = frozenset(attended) - {window}
    return next(iter(in_order(each for each in waiting if each.window not in others)), None)


def ahead_of(turn: Waiting, waiting: Iterable[Waiting]) -> int:
    """Return how many of ``waiting`` are called before ``turn``."""
    return [each.id for each in in_order({turn, *waiting})].index(turn.id)


def may_be_absent(calls: int) -> bool:
    """Tell whether whoever did not come after so many calls may be taken for absent."""
    return calls >= MOST_CALLS


def is_beyond(arrived_at: datetime, bound: timedelta, now: datetime) -> bool:
    """Tell whether whoever arrived then has waited longer than ``bound``, so that another window must open."""
    return now - arrived_at > bound


def average_wait(waits: Sequence[timedelta]) -> int | None:
    """Return the mean of recent ``waits`` in minutes, rounded up; None if nobody was called of late."""
    return ceil(fmean(each.total_seconds() for each in waits) / 60) if waits else None


def expected_wait(
    ahead: int, attentions: Sequence[timedelta], windows: int, *, overtaken: float = 0.0
) -> Interval | None:
    """
    Return how long somebody with ``ahead`` people before them will wait, nine times in ten; None if nothing is known.

    ``attentions`` are how long the latest turns took at their window, ``windows`` how many attend now, ``overtaken``
    the share of the latest calls that were preferential: those who still come are called before. The n-th departure
    of w busy windows comes after n/w attentions on average; its variance is that of n attentions, of the mean itself,
    known from few of them, and of the moment at which the ones under way began.
    """
    if windows < 1 or len(attentions) < _FEWEST_SEEN:
        return None
    minutes = [each.total_seconds() / 60 for each in attentions]
    mean, spread = fmean(minutes), pstdev(minutes)
    departures = ahead + 1
    delayed = departures / (1 - min(overtaken, _MOST_OVERTAKEN))
    margin = _BREADTH * _deviation(delayed, mean, spread, len(minutes)) / windows
    least, most = departures * mean / windows - margin, delayed * mean / windows + margin
    return Interval(_rounded(max(least, 0), floor), _rounded(most, ceil))


def is_open(moment: datetime, hours: OfficeHours, calendar: Calendar) -> bool:
    """Tell whether ``moment``, in Lima time, is within office ``hours``."""
    if not calendar.is_working_day(moment.date()):
        return False
    return any(slot.opens <= moment.time() <= slot.closes for slot in hours.slots.get(moment.weekday(), ()))


def _deviation(departures: float, mean: float, spread: float, seen: int) -> float:
    of_turns = departures * spread**2
    of_mean = (departures * spread) ** 2 / seen
    of_beginning = mean**2 / 3
    return sqrt(of_turns + of_mean + of_beginning)


def _rounded(minutes: float, whole: Callable[[float], int]) -> int:
    step = 1 if minutes < _COARSE_FROM else _COARSE
    return whole(minutes / step) * step
