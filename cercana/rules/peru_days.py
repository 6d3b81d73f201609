"""
The days on which Peru's public sector does not work, as shipped: national holidays and days declared by decree.

The table ``peru_days.csv`` is read once, at import. Its holidays come from the ``holidays`` package (which takes
too long to import for a command, and lacks the decrees); ``cercana/organization/peru_holidays.py`` writes it anew.
"""

import csv
from collections.abc import Iterable
from datetime import date
from importlib import resources

from cercana.rules.calendar import Calendar, CalendarDay, CalendarGap, DayKind

FIRST_YEAR = 2020
LAST_YEAR = 2040


def _read_table() -> tuple[CalendarDay, ...]:
    """Return the shipped days, oldest first."""
    text = resources.files("cercana.rules").joinpath("peru_days.csv").read_text(encoding="utf-8")
    return tuple(
        CalendarDay(
            day=date.fromisoformat(row["day"]),
            kind=DayKind(row["kind"]),
            name=row["name"],
            norm=row["norm"],
            counts=row["counts"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    )


SHIPPED_DAYS = _read_table()


def peru_calendar(
    years: Iterable[int] = range(FIRST_YEAR, LAST_YEAR + 1), added: Iterable[CalendarDay] = ()
) -> Calendar:
    """
    Return the calendar from the first to the last of ``years``, with the days the municipality ``added``.

    An added day replaces the shipped one of the same date. Raise CalendarGap for years that are not shipped.
    """
    first, last = min(wanted := tuple(years)), max(wanted)
    for year in (first, last):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CalendarGap(year=year, first_year=FIRST_YEAR, last_year=LAST_YEAR)
    return Calendar(first, last, {each.day: each for each in (*SHIPPED_DAYS, *added) if first <= each.day.year <= last})
