"""Which days are working days, as data: a range of known years, the weekend and the exceptional days."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from cercana.rules.errors import DomainError

_ONE_DAY = timedelta(days=1)
_WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


class CalendarGap(DomainError):
    """A day was asked for in a year whose holidays nobody has entered."""

    code: ClassVar[str] = "calendar.gap"
    message: ClassVar[str] = "El calendario no conoce el año {year}: llega de {first_year} a {last_year}."


class DayKind(StrEnum):
    """What a day is; a non-working day is declared by decree, a local one by the municipality."""

    WORKING = "working"
    WEEKEND = "weekend"
    NATIONAL_HOLIDAY = "national_holiday"
    NON_WORKING = "non_working"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: its Spanish name, the norm that makes it what it is, and whether it counts as a working day."""

    day: date
    kind: DayKind
    name: str
    norm: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    The working days of the years ``first_year`` to ``last_year``, both included.

    ``exceptions`` holds the days that differ from their weekday, by date. A day of the ``weekend``
    (0 is Monday) never counts, whatever its exception says.
    """

    first_year: int
    last_year: int
    exceptions: Mapping[date, CalendarDay]
    weekend: frozenset[int] = frozenset({5, 6})

    def knows(self, year: int) -> bool:
        """Tell whether the days of ``year`` are known."""
        return self.first_year <= year <= self.last_year

    def is_working_day(self, day: date) -> bool:
        """Tell whether ``day`` counts; raise CalendarGap if its year is not known."""
        self._check_year(day.year)
        if day.weekday() in self.weekend:
            return False
        exception = self.exceptions.get(day)
        return exception is None or exception.counts

    def describe(self, day: date) -> CalendarDay:
        """Return what ``day`` is; ``counts`` agrees with is_working_day. Raise CalendarGap likewise."""
        counts = self.is_working_day(day)
        exception = self.exceptions.get(day)
        if exception is not None:
            return replace(exception, counts=counts)
        kind = DayKind.WORKING if counts else DayKind.WEEKEND
        return CalendarDay(day, kind, name=_WEEKDAYS[day.weekday()], norm="", counts=counts)

    def days_after(self, day: date) -> Iterator[CalendarDay]:
        """Yield every day after ``day``, in order, until CalendarGap at the end of the last known year."""
        while True:
            day = self._following(day)
            yield self.describe(day)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``."""
        return next(each.day for each in self.days_after(day) if each.counts)

    def working_days_between(self, first: date, last: date) -> int:
        """Count the working days after ``first`` up to ``last`` itself; 0 if ``last`` is not later."""
        days = (first + _ONE_DAY * offset for offset in range(1, (last - first).days + 1))
        return sum(map(self.is_working_day, days))

    def _following(self, day: date) -> date:
        # Also the end of the type: 9999-12-31 has no following day.
        self._check_year(day.year)
        return day + _ONE_DAY

    def _check_year(self, year: int) -> None:
        if not self.knows(year):
            raise CalendarGap(year=year, first_year=self.first_year, last_year=self.last_year)


def calendar_mark(days: Iterable[CalendarDay]) -> str:
    """Return a short mark of the added days: another one tells that the calendar changed since somebody looked."""
    return hashlib.sha256(repr(list(days)).encode()).hexdigest()[:16]
