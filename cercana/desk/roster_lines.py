"""The duty roster in lines: the days to come with who answers and where nobody does, and what the forms offer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cercana.rules.duty_roster import Gap, Stretch
from cercana.rules.promises import to_lima
from cercana.rules.time_texts import TEXTS

_DAY = timedelta(days=1)
_WEEKDAYS = TEXTS["es"].weekdays


@dataclass(frozen=True, slots=True)
class DutyPart:
    """A stretch that begins on a day, or a gap: ``name`` is "" if nobody answers; ``swap`` names it in the form."""

    starts_at: datetime
    hours: str
    name: str
    note: str
    swap: str


@dataclass(frozen=True, slots=True)
class DutyDay:
    """One day of the list."""

    day: date
    weekday: str
    parts: tuple[DutyPart, ...]


def duty_days(
    stretches: Iterable[Stretch], gaps: Iterable[Gap], names: Mapping[int, str], first: date, days: int
) -> list[DutyDay]:
    """Return the days from ``first`` on, each with what begins on it, oldest first."""
    parts = [_of_stretch(each, names) for each in stretches] + [_of_gap(each) for each in gaps]
    parts.sort(key=lambda part: part.starts_at)
    shown = (first + _DAY * offset for offset in range(days))
    return [
        DutyDay(day, _WEEKDAYS[day.weekday()], tuple(part for part in parts if part.starts_at.date() == day))
        for day in shown
    ]


def swaps_offered(days: Sequence[DutyDay]) -> list[tuple[str, str]]:
    """Return the turns of those days that somebody else can take, with the words to choose them by."""
    offered = {
        part.swap: f"{each.weekday} {each.day:%d/%m}, {part.hours}, {part.name}"
        for each in days
        for part in each.parts
        if part.swap
    }
    return list(offered.items())


def gap_words(gap: Gap) -> str:
    """Return a gap for a warning: «viernes 27/11 de 20:00 a 8:00»."""
    day = to_lima(gap.starts_at)
    return f"{_WEEKDAYS[day.weekday()]} {day:%d/%m}, {_hours(gap.starts_at, gap.ends_at)}"


def _of_stretch(stretch: Stretch, names: Mapping[int, str]) -> DutyPart:
    instead_of = names.get(stretch.instead_of or 0, "")
    note = f"en lugar de {instead_of}" if instead_of else ""
    swap = f"{stretch.turn}:{stretch.day}" if stretch.turn is not None else ""
    hours = _hours(stretch.starts_at, stretch.ends_at)
    return DutyPart(to_lima(stretch.starts_at), hours, names.get(stretch.person, ""), note, swap)


def _of_gap(gap: Gap) -> DutyPart:
    return DutyPart(to_lima(gap.starts_at), _hours(gap.starts_at, gap.ends_at), "", "", "")


def _hours(starts_at: datetime, ends_at: datetime) -> str:
    """Return «de 17:00 a 8:00», with the day where it ends after the next morning."""
    first, last = to_lima(starts_at), to_lima(ends_at)
    is_near = last - first <= _DAY
    end = f"{last:%H:%M}" if is_near else f"{_WEEKDAYS[last.weekday()]} {last:%d/%m}, {last:%H:%M}"
    return f"de {first:%H:%M} a {end}"
