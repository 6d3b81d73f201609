"""When a notice that nobody waits for may arrive: between 07:00 and 20:00 of a working day (domain.md, Clocks)."""

from datetime import datetime, time

from cercana.rules.calendar import Calendar
from cercana.rules.promises import LIMA, to_lima

_FIRST = time(7)
_LAST = time(20)


def notice_moment(moment: datetime, calendar: Calendar) -> datetime:
    """Return ``moment`` if notices may arrive then, otherwise the next 07:00 of a working day, in Lima time."""
    local = to_lima(moment)
    if not calendar.is_working_day(local.date()) or local.time() >= _LAST:
        return datetime.combine(calendar.next_working_day(local.date()), _FIRST, tzinfo=LIMA)
    if local.time() < _FIRST:
        return datetime.combine(local.date(), _FIRST, tzinfo=LIMA)
    return local


def is_notice_time(moment: datetime, calendar: Calendar) -> bool:
    """Tell whether notices may arrive at ``moment``."""
    return notice_moment(moment, calendar) == moment
