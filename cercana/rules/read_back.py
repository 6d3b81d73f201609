"""The sum behind a stored due, read back from the due itself: the same for the staff and for the citizen."""

from datetime import datetime, time, timedelta

from cercana.rules.calendar import Calendar, CalendarDay
from cercana.rules.classification import ClockKind
from cercana.rules.projected_clocks import ClockState
from cercana.rules.promises import LIMA, Reckoning, Unit, to_lima

_HOUR = timedelta(hours=1)


def reckoning_behind(
    clock: ClockState, *, became_critical_at: datetime | None, calendar: Calendar, working_days: int | None = None
) -> Reckoning:
    """
    Return how the due of ``clock`` was counted, on a case that became critical at ``became_critical_at`` or never.

    ``working_days`` is the length of its term of the law: what was filed after office hours counts from the day after,
    so that the term, and not the calendar, says how many days. Hours that do not come out even, and days left to a
    case that became critical, mean that an earlier promise holds. Raise CalendarGap for a year that is needed.
    """
    is_ours = clock.kind is not ClockKind.STATUTORY
    if clock.whole_day:
        return _working_days(clock, calendar, working_days, kept=is_ours and became_critical_at is not None)
    since = to_lima(became_critical_at if is_ours and became_critical_at is not None else clock.started_at)
    hours, rest = divmod(clock.due_at - since, _HOUR)
    return Reckoning(clock.due, hours, Unit.HOURS, since, kept=bool(rest))


def _working_days(clock: ClockState, calendar: Calendar, term: int | None, *, kept: bool) -> Reckoning:
    last = clock.due.last_day
    working, skipped = list[CalendarDay](), list[CalendarDay]()
    for each in calendar.days_after(to_lima(clock.started_at).date()):
        if each.day > last:
            break
        if each.counts:
            working.append(each)
        elif each.day.weekday() not in calendar.weekend:
            skipped.append(each)
    amount = term or len(working)
    first = working[-amount].day if 0 < amount <= len(working) else last
    counted = tuple(each for each in skipped if each.day > first)
    return Reckoning(
        clock.due, amount, Unit.WORKING_DAYS, datetime.combine(first, time.min, tzinfo=LIMA), counted, kept=kept
    )
