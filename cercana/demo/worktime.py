"""When somebody works: moments moved into office hours, as the staff of the demonstration keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cercana.rules.calendar import Calendar
from cercana.rules.office_hours import OfficeHours
from cercana.rules.promises import to_lima

_DAY = timedelta(days=1)
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class WorkTime:
    """The working time of one area; an area that works on Sundays works on holidays too."""

    calendar: Calendar
    hours: OfficeHours

    def next_moment(self, moment: datetime) -> datetime:
        """Return ``moment`` if work goes on then, or else when it begins again."""
        for opens, closes in self._stretches(to_lima(moment).date()):
            if moment < closes:
                return max(moment, opens)
        raise AssertionError("office hours never end")

    def is_open(self, moment: datetime) -> bool:
        """Tell whether work goes on at ``moment``."""
        return self.next_moment(moment) == moment

    def after(self, moment: datetime, work: timedelta) -> datetime:
        """Return the moment at which ``work`` has been worked since ``moment``."""
        for opens, closes in self._stretches(to_lima(moment).date()):
            begins = max(moment, opens)
            if begins < closes and begins + work <= closes:
                return begins + work
            if begins < closes:
                work -= closes - begins
        raise AssertionError("office hours never end")

    def last_moment_between(self, first: datetime, last: datetime) -> datetime | None:
        """Return the last moment of work after ``first`` and up to ``last``; None if nobody works in between."""
        found = None
        for opens, closes in self._stretches(to_lima(first).date()):
            if opens > last:
                return found
            if closes > first:
                found = min(closes, last)
        return found

    def _stretches(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the working stretches from ``day`` on, one after the other, without end."""
        while True:
            if self._works_on(day):
                for slot in self.hours.slots.get(day.weekday(), ()):
                    yield _at(day, slot.opens), _at(day, slot.closes)
            day += _DAY

    def _works_on(self, day: date) -> bool:
        return bool(self.hours.slots.get(_SUNDAY)) or day.weekday() > 4 or self.calendar.is_working_day(day)


def _at(day: date, clock: time) -> datetime:
    return to_lima(datetime.combine(day, clock))
