"""When the demonstration was set up, and the case numbers its past may use."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from cercana.cases.commands import set_numbers_aside
from cercana.cases.queries import registered_keys
from cercana.demo.script import script_key
from cercana.rules import case_number

# As many cases a day as make the numbers of a year look like those of a municipality of this size.
_NUMBERS_A_DAY = 12.8
_LONGEST_AGO = 800
_PREFIX = "SI"


def scene_of(day: date) -> str:
    """Return the name of the scene that plays on ``day``, the day the demonstration is set up."""
    return f"today/{day}"


def find_first_day(seed: int, today: date) -> date | None:
    """Return the day on which the demonstration of ``seed`` was set up; None if it was not."""
    days = {script_key(seed, scene_of(today - timedelta(days=ago)), 0): ago for ago in range(_LONGEST_AGO)}
    known = registered_keys(days)
    return today - timedelta(days=min(days[key] for key in known)) if known else None


def numbers_until(year: int, day: date) -> int:
    """Return the last value of the sequence of ``year`` that belongs to what came before ``day``."""
    last = min(day, date(year, 12, 31))
    return round(last.timetuple().tm_yday * _NUMBERS_A_DAY)


def set_past_numbers_aside(first: date, day: date) -> None:
    """Keep the numbers of a past from ``first`` to ``day`` out of use."""
    for year in {first.year, day.year}:
        set_numbers_aside(year, numbers_until(year, day))


def past_numbers(years: Iterable[int], day: date) -> Iterator[int]:
    """Return a value of the year's sequence for each of ``years``, rising within a year and ending before ``day``."""
    wanted = list(years)
    values = {year: iter(_last_issuable(year, wanted.count(year), day)) for year in set(wanted)}
    return (next(values[year]) for year in wanted)


def _last_issuable(year: int, count: int, day: date) -> list[int]:
    found: list[int] = []
    value = max(numbers_until(year, day), 2 * count)
    while len(found) < count:
        if case_number.issue(_PREFIX, year, value) is not None:
            found.append(value)
        value -= 1
    return found[::-1]
