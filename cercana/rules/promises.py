"""When a promise is broken: the manual's clocks (M4.3, M5.2c) and the law's, as pure functions of their facts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo

from cercana.rules.calendar import Calendar, CalendarDay
from cercana.rules.classification import CaseClass
from cercana.rules.errors import DomainError
from cercana.rules.office_hours import OfficeHours

LIMA = ZoneInfo("America/Lima")
_ONE_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


class CriticalBeforeReception(DomainError):
    """The moment at which the case became critical is earlier than its reception."""

    code: ClassVar[str] = "promise.critical_before_reception"
    message: ClassVar[str] = "Un caso no puede volverse crítico antes de su recepción."


@dataclass(frozen=True, slots=True)
class Policy:
    """The figures of the manual's promises that were in force when a case came in."""

    version: int
    simple_hours: int = 48
    complex_working_days: int = 5
    critical_response_hours: int = 2
    critical_resolution_hours: int = 24


@dataclass(frozen=True, slots=True)
class Due:
    """
    The limit of a promise: an aware instant that still keeps it (``inclusive``) or no longer does.

    A ``whole_day`` promise lasts until the end of a Lima day and is stored as the exclusive next midnight.
    Dues are ordered by the instant at which they break.
    """

    at: datetime
    inclusive: bool
    whole_day: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a due instant needs its zone")
        if self.whole_day and (self.inclusive or to_lima(self.at).time() != time.min):
            raise ValueError("a whole-day due is an exclusive midnight of Lima")

    def __lt__(self, other: "Due") -> bool:
        return self.breaks_at < other.breaks_at

    def __le__(self, other: "Due") -> bool:
        return self.breaks_at <= other.breaks_at

    @property
    def breaks_at(self) -> datetime:
        """The first instant at which the promise is broken; instants have microseconds."""
        return self.at + _TICK if self.inclusive else self.at

    @property
    def last_day(self) -> date:
        """The Lima day on which the promise can last be kept."""
        return (to_lima(self.breaks_at) - _TICK).date()

    def is_met_by(self, instant: datetime) -> bool:
        """Tell whether what happened at ``instant`` keeps the promise."""
        return instant < self.breaks_at

    def printed(self) -> str:
        """Return the due in ISO 8601 with Lima's offset; a whole-day due as the last second of its day."""
        shown = to_lima(self.at) - timedelta(seconds=1) if self.whole_day else to_lima(self.at)
        return shown.isoformat()


@dataclass(frozen=True, slots=True)
class Promise:
    """What the manual promises for one case; only a critical one promises a first response."""

    first_response: Due | None
    resolution: Due


class Unit(StrEnum):
    """What a clock counts."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """
    How a due came about, so that it can be said in words.

    ``start`` is the instant from which hours run or the midnight that begins day 1; ``skipped`` are the weekdays
    between that did not count, oldest first; ``kept`` tells that an earlier promise holds instead of this sum.
    """

    due: Due
    amount: int
    unit: Unit
    start: datetime
    skipped: tuple[CalendarDay, ...] = ()
    kept: bool = False


def to_lima(moment: datetime) -> datetime:
    """Return ``moment`` in Lima time; a naive one is Lima time already."""
    return moment.replace(tzinfo=LIMA) if moment.tzinfo is None else moment.astimezone(LIMA)


def promise_for(
    received_at: datetime,
    class_: CaseClass,
    policy: Policy,
    calendar: Calendar,
    *,
    became_critical_at: datetime | None = None,
    promised: Promise | None = None,
) -> Promise:
    """
    Return the promise of a case received at ``received_at`` (naive is Lima time).

    A case that became critical later keeps as ``class_`` the one it had, and promises no later than it did for that
    class or than it had ``promised``. Raise CriticalBeforeReception, or CalendarGap for a year that is needed.

    Source: M4.3, M5.2c; the day of reception does not count (TUO 133.1).
    """
    start = to_lima(received_at)
    resolution = reckon_resolution(
        start, class_, policy, calendar, became_critical_at=became_critical_at, promised=promised
    ).due
    if became_critical_at is None and class_ is not CaseClass.CRITICAL:
        return Promise(None, resolution)
    response = reckon_first_response(start, policy, became_critical_at=became_critical_at, promised=promised).due
    return Promise(response, resolution)


def reckon_resolution(
    received_at: datetime,
    class_: CaseClass,
    policy: Policy,
    calendar: Calendar,
    *,
    became_critical_at: datetime | None = None,
    promised: Promise | None = None,
) -> Reckoning:
    """Return how the resolution of promise_for is counted; same arguments, same errors."""
    start = to_lima(received_at)
    if became_critical_at is None or class_ is CaseClass.CRITICAL:
        since = _critical_since(start, became_critical_at)
        own = _reckon_class(since, class_, policy, calendar)
    else:
        had = _reckon_class(start, class_, policy, calendar)
        own = _reckon_class(_critical_since(start, became_critical_at), CaseClass.CRITICAL, policy, calendar)
        own = _keep_earlier(own, had.due)
    return _keep_earlier(own, promised.resolution if promised else None)


def reckon_first_response(
    received_at: datetime,
    policy: Policy,
    *,
    became_critical_at: datetime | None = None,
    promised: Promise | None = None,
) -> Reckoning:
    """Return how the first response of a critical case is counted: less than two hours, and 2:00:00 is late."""
    start = _critical_since(to_lima(received_at), became_critical_at)
    due = Due(start + timedelta(hours=policy.critical_response_hours), inclusive=False)
    own = Reckoning(due, policy.critical_response_hours, Unit.HOURS, start)
    return _keep_earlier(own, promised.first_response if promised else None)


def reclassify(
    promised: Promise,
    class_: CaseClass,
    *,
    received_at: datetime,
    at: datetime,
    policy: Policy,
    calendar: Calendar,
    responded_at: datetime | None = None,
) -> Promise:
    """
    Return the promise of an open case that passes to ``class_`` at the instant ``at``.

    It is counted from reception, except that a case becoming critical counts from ``at`` and never later than
    ``promised``. What is late stays late: the resolution by ``at``, the first response by ``responded_at`` or ``at``.
    """
    if class_ is CaseClass.CRITICAL:
        return promise_for(received_at, class_, policy, calendar, became_critical_at=at, promised=promised)
    response = promised.first_response
    if response is not None and response.is_met_by(responded_at or at):
        response = None
    counted = promise_for(received_at, class_, policy, calendar).resolution
    kept = counted if promised.resolution.is_met_by(at) else min(promised.resolution, counted)
    return Promise(response, kept)


def recompute(
    promised: Promise,
    class_: CaseClass,
    *,
    received_at: datetime,
    at: datetime,
    policy: Policy,
    calendar: Calendar,
    became_critical_at: datetime | None = None,
) -> Promise:
    """
    Return the promise of an open case after its ``calendar`` changed at the instant ``at``.

    Only a whole-day resolution that is not yet late moves, and never to an instant that has passed: a holiday taken
    back breaks no promise. ``class_`` is, as in promise_for, the class the case had before it became critical.
    """
    if not promised.resolution.whole_day or not promised.resolution.is_met_by(at):
        return promised
    moved = reckon_resolution(received_at, class_, policy, calendar, became_critical_at=became_critical_at)
    return Promise(promised.first_response, moved.due) if moved.due.is_met_by(at) else promised


def statutory_due(
    filed_at: datetime, working_days: int, calendar: Calendar, *, office_hours: OfficeHours | None = None
) -> Due:
    """Return when a legal term ends; see reckon_statutory."""
    return reckon_statutory(filed_at, working_days, calendar, office_hours=office_hours).due


def reckon_statutory(
    filed_at: datetime, working_days: int, calendar: Calendar, *, office_hours: OfficeHours | None = None
) -> Reckoning:
    """
    Return how a legal term of ``working_days`` is counted: day 1 is the working day after the day of filing.

    With ``office_hours`` (access to public information), what is filed after they end, or on a day that
    does not count, is dated the next working day. Raise CalendarGap for a year that is needed.
    """
    filed = to_lima(filed_at)
    day = filed.date() if office_hours is None else _dated(filed, office_hours, calendar)
    return _count_working_days(day, working_days, calendar)


def recompute_statutory(
    was: Due,
    filed_at: datetime,
    working_days: int,
    calendar: Calendar,
    *,
    at: datetime,
    office_hours: OfficeHours | None = None,
) -> Due:
    """Return when an open legal term ends after its ``calendar`` changed at ``at``: it moves as recompute says."""
    if not was.is_met_by(at):
        return was
    moved = statutory_due(filed_at, working_days, calendar, office_hours=office_hours)
    return moved if moved.is_met_by(at) else was


def last_working_moment_before(due: Due, hours: OfficeHours, calendar: Calendar, *, received_at: datetime) -> datetime:
    """
    Return the last moment since ``received_at`` at which the area works and the promise can still be kept.

    That is the due itself within the hours of a working day, otherwise the end of the slot before it; and the due
    again if the area does not work at all between reception and due. In Lima time; the promise does not move.
    """
    limit, received = to_lima(due.at), to_lima(received_at)
    day = due.last_day
    until = limit.time() if day == limit.date() else time.max
    while day >= received.date():
        moment = hours.last_moment(day.weekday(), until) if calendar.is_working_day(day) else None
        if moment is not None and datetime.combine(day, moment, tzinfo=LIMA) >= received:
            return datetime.combine(day, moment, tzinfo=LIMA)
        day, until = day - _ONE_DAY, time.max
    return limit


def moment_to_resolve(due: Due, hours: OfficeHours, calendar: Calendar, *, now: datetime) -> datetime | None:
    """
    Return until when people still work at a promise, if that is before ``due`` and still ahead; else None.

    It is what queue and page of a case warn with (domain.md, Clocks): a promise for Saturday is kept on Friday.
    """
    moment = last_working_moment_before(due, hours, calendar, received_at=now)
    return moment if now < moment < due.at else None


def _reckon_class(start: datetime, class_: CaseClass, policy: Policy, calendar: Calendar) -> Reckoning:
    if class_ is CaseClass.COMPLEX:
        return _count_working_days(start.date(), policy.complex_working_days, calendar)
    hours = policy.simple_hours if class_ is CaseClass.SIMPLE else policy.critical_resolution_hours
    return Reckoning(Due(start + timedelta(hours=hours), inclusive=True), hours, Unit.HOURS, start)


def _count_working_days(day_zero: date, amount: int, calendar: Calendar) -> Reckoning:
    """Count ``amount`` (at least 1) working days after ``day_zero``, remembering the weekdays that did not count."""
    working: list[date] = []
    skipped: list[CalendarDay] = []
    for each in calendar.days_after(day_zero):
        if each.counts:
            working.append(each.day)
        elif each.day.weekday() not in calendar.weekend:
            skipped.append(each)
        if len(working) >= amount:
            break
    due = Due(_midnight(working[-1] + _ONE_DAY), inclusive=False, whole_day=True)
    return Reckoning(due, amount, Unit.WORKING_DAYS, _midnight(working[0]), tuple(skipped))


def _critical_since(received_at: datetime, became_critical_at: datetime | None) -> datetime:
    since = received_at if became_critical_at is None else to_lima(became_critical_at)
    if since < received_at:
        raise CriticalBeforeReception
    return since


def _keep_earlier(own: Reckoning, had: Due | None) -> Reckoning:
    if had is None or own.due <= had:
        return own
    return Reckoning(had, own.amount, own.unit, own.start, kept=True)


def _dated(filed: datetime, hours: OfficeHours, calendar: Calendar) -> date:
    day = filed.date()
    closes = hours.closes(day.weekday())
    if calendar.is_working_day(day) and closes is not None and filed.time() <= closes:
        return day
    return calendar.next_working_day(day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LIMA)
