"""When an area works: any number of slots per weekday, so that a lunch break is not working time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cercana.rules.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of one day during which people work, in Lima time; its end still belongs to it."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("a slot closes after it opens, on the same day")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The slots of each weekday (0 is Monday), in any order; a weekday without slots is closed."""

    slots: Mapping[int, tuple[Slot, ...]]

    def __post_init__(self) -> None:
        if not any(self.slots.values()):
            raise ValueError("office hours need a slot")

    def closes(self, weekday: int) -> time | None:
        """Return when the last slot of ``weekday`` ends; None if it is closed."""
        return self.last_moment(weekday, time.max)

    def last_moment(self, weekday: int, until: time) -> time | None:
        """Return the last working moment of ``weekday`` that is not after ``until``; None if there is none."""
        return max(
            (min(slot.closes, until) for slot in self.slots.get(weekday, ()) if slot.opens <= until), default=None
        )

    def between(self, weekday: int, first: time, last: time) -> timedelta:
        """Return how long people work from ``first`` to ``last`` of one ``weekday``."""
        stretches = (
            (max(slot.opens, first), min(slot.closes, last))
            for slot in self.slots.get(weekday, ())
            if slot.opens < last
        )
        return sum(
            (_since_midnight(end) - _since_midnight(start) for start, end in stretches if start < end), timedelta()
        )


def working_time(began: datetime, ended: datetime, hours: OfficeHours, calendar: Calendar) -> timedelta:
    """Return how much of the time from ``began`` to ``ended``, both of one zone, falls within ``hours``."""
    total, day = timedelta(), began.date()
    while day <= ended.date():
        if calendar.is_working_day(day):
            first = began.time() if day == began.date() else time.min
            last = ended.time() if day == ended.date() else time.max
            total += hours.between(day.weekday(), first, last)
        day += timedelta(days=1)
    return total


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
