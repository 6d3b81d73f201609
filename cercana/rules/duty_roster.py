"""
The duty roster: a weekly pattern with its exceptions, who answers at which instant, and where nobody does.

Whoever is away, or may not be on duty any more, answers for nothing: what they leave open is a gap, never a name that
nobody picks up behind. Source: M5.2a; domain.md, Critical protocol and Roles.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cercana.rules.calendar import Calendar
from cercana.rules.office_hours import OfficeHours
from cercana.rules.promises import LIMA, to_lima

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both included; without a last one, for ever."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` is among them."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class WeeklyTurn:
    """A turn of every week (0 is Monday); one that ends no later than it starts ends the day after."""

    id: int
    weekday: int
    starts: time
    ends: time
    person: int
    days: Days


@dataclass(frozen=True, slots=True)
class Swap:
    """On one day somebody else has a turn; None if nobody takes it."""

    turn: int
    day: date
    person: int | None


@dataclass(frozen=True, slots=True)
class Spell:
    """Days of one person: away, or entitled to be on duty."""

    person: int
    days: Days


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    A stretch of time in which ``person`` answers, in Lima time; its end does not belong to it.

    ``turn`` and ``day`` name the turn it comes from, none if it was entered on its own; ``instead_of`` whose it was.
    """

    starts_at: datetime
    ends_at: datetime
    person: int
    turn: int | None = None
    day: date | None = None
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time in which nobody answers though somebody should."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything the roster is worked out from; ``entered`` are stretches that stand on their own."""

    turns: Sequence[WeeklyTurn] = ()
    swaps: Sequence[Swap] = ()
    absences: Sequence[Spell] = ()
    offices: Sequence[Spell] = ()
    entered: Sequence[Stretch] = ()


def stretches(roster: Roster, starts_at: datetime, ends_at: datetime) -> tuple[Stretch, ...]:
    """Return who answers between two instants, whose stretch begins first, first; stretches may overlap."""
    days = _days_between(to_lima(starts_at).date() - _DAY, to_lima(ends_at).date())
    planned = [*roster.entered, *(each for day in days for each in _of_day(roster, day))]
    found = (piece for each in planned for piece in _available(each, roster))
    kept = (each for each in found if each.starts_at < ends_at and starts_at < each.ends_at)
    return tuple(sorted(kept, key=lambda each: (each.starts_at, each.person)))


def on_duty(roster: Roster, moment: datetime) -> tuple[int, ...]:
    """Return who answers at ``moment``, each once, whose stretch began first, first."""
    shown = stretches(roster, moment, moment + timedelta(microseconds=1))
    return tuple(dict.fromkeys(each.person for each in shown))


def gaps(
    roster: Roster, starts_at: datetime, ends_at: datetime, hours: OfficeHours, calendar: Calendar
) -> tuple[Gap, ...]:
    """
    Return where nobody answers between two instants, oldest first.

    On a working day the heads of the areas are there from the first opening to the last closing, lunch included, so
    nobody has to be on duty.
    """
    taken = [(each.starts_at, each.ends_at) for each in stretches(roster, starts_at, ends_at)]
    days = _days_between(to_lima(starts_at).date(), to_lima(ends_at).date())
    for day in days:
        slots = hours.slots.get(day.weekday(), ())
        if slots and (not calendar.knows(day.year) or calendar.is_working_day(day)):
            opens, closes = min(slot.opens for slot in slots), max(slot.closes for slot in slots)
            taken.append((_at(day, opens), _at(day, closes)))
    return tuple(Gap(*each) for each in _without((to_lima(starts_at), to_lima(ends_at)), taken))


def _of_day(roster: Roster, day: date) -> Iterable[Stretch]:
    swaps = {each.turn: each for each in roster.swaps if each.day == day}
    for turn in roster.turns:
        if turn.weekday != day.weekday() or not turn.days.holds(day):
            continue
        swap = swaps.get(turn.id)
        person = swap.person if swap else turn.person
        if person is not None:
            last = day if turn.starts < turn.ends else day + _DAY
            instead_of = turn.person if swap and person != turn.person else None
            yield Stretch(_at(day, turn.starts), _at(last, turn.ends), person, turn.id, day, instead_of)


def _available(stretch: Stretch, roster: Roster) -> Iterable[Stretch]:
    """Yield the pieces of ``stretch`` in which its person is there and entitled."""
    away = [_span_of(each.days) for each in roster.absences if each.person == stretch.person]
    for office in roster.offices:
        if office.person == stretch.person:
            first, last = _span_of(office.days)
            held = (max(stretch.starts_at, first), min(stretch.ends_at, last))
            for starts_at, ends_at in _without(held, away):
                yield Stretch(starts_at, ends_at, stretch.person, stretch.turn, stretch.day, stretch.instead_of)


def _without(
    span: tuple[datetime, datetime], taken: Iterable[tuple[datetime, datetime]]
) -> Iterable[tuple[datetime, datetime]]:
    """Yield what of ``span`` is left by what is taken, oldest first; nothing of a span that ends before it starts."""
    free_from, ends_at = span
    for first, last in sorted(taken):
        if first >= ends_at:
            break
        if free_from < first:
            yield free_from, first
        free_from = max(free_from, last)
    if free_from < ends_at:
        yield free_from, ends_at


def _span_of(days: Days) -> tuple[datetime, datetime]:
    last = datetime.max.replace(tzinfo=LIMA) if days.last is None else _at(days.last + _DAY, time.min)
    return _at(days.first, time.min), last


def _days_between(first: date, last: date) -> Iterable[date]:
    return (first + _DAY * offset for offset in range((last - first).days + 1))


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=LIMA)
