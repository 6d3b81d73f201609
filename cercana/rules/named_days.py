"""The days that Spanish names from today on: «pasado mañana», «el viernes», «el 3 de diciembre», «esta semana»."""

import re
from datetime import date, timedelta

from cercana.rules.calendar import Calendar
from cercana.rules.folding import fold
from cercana.rules.time_texts import TEXTS

_ONE_DAY = timedelta(days=1)
# A day named without its year is ahead by less than this, or was meant of the past.
_FURTHEST = timedelta(days=92)
_WEEKDAYS = {fold(name): number for number, name in enumerate(TEXTS["es"].weekdays)}
_MONTHS = {**{fold(name): number for number, name in enumerate(TEXTS["es"].months, 1)}, "setiembre": 9}
_SUNDAY = 6

_WEEKDAY = "|".join(_WEEKDAYS)
_NEXT_WEEK = r"la (?:proxima|siguiente|otra) semana|la semana (?:que viene|proxima|siguiente|entrante)"
# The more precise before the less: the first that fits is taken.
_FORMS = (
    r"(?P<after_tomorrow>pasado manana)",
    r"(?P<tomorrow>(?<!la )(?<!esta )(?<!una )manana)",
    r"(?P<today>hoy(?: mismo| dia)?|esta (?:tarde|noche)|(?:en el transcurso|durante el resto|en el curso) del dia)",
    rf"(?P<date>(?:(?:{_WEEKDAY}),? )?(?:dia )?(?P<d>\d{{1,2}})[º°]? de (?P<m>{'|'.join(_MONTHS)})"
    r"(?:,? del? (?:ano )?(?P<y>20\d\d))?)",
    r"(?P<figures>(?P<fd>\d{1,2})[/-](?P<fm>\d{1,2})(?:[/-](?P<fy>20\d\d))?(?![\d/]))",
    rf"(?P<numbered>(?:(?:{_WEEKDAY}),? (?:dia )?|dia )(?P<nd>\d{{1,2}})(?!\d|[:/]\d| (?:horas?|a\.? ?m|p\.? ?m)\b))",
    rf"(?P<weekday>(?:este |proximo )?(?<!\bde )(?<!\blos )(?<!\ba )(?P<w>{_WEEKDAY})"
    rf"(?P<later> de (?:{_NEXT_WEEK}))?)(?! pasado)",
    rf"(?P<next_week>{_NEXT_WEEK})",
    r"(?P<weekend>(?:este )?fin de semana)(?! pasado)",
    r"(?P<this_week>(?:esta(?: misma)?|la presente) semana)",
    r"(?P<month>(?:a )?(?:fin(?:es|al)? de(?:l| este)? )mes|este mes)",
)
DAY = re.compile(rf"(?<!\w)(?:el |al )?(?:{'|'.join(_FORMS)})(?!\w)")


def day_named(match: re.Match[str], today: date, calendar: Calendar) -> date | None:
    """
    Return the day, or the last day of the stretch, that a match of DAY names; None for what is past or no day at all.

    «Esta semana» lasts until its last working day. Raise CalendarGap for a year that is needed.
    """
    if match["today"] or match["tomorrow"] or match["after_tomorrow"]:
        return today + _ONE_DAY * (0 if match["today"] else 1 if match["tomorrow"] else 2)
    if match["date"]:
        return _dated(today, int(match["d"]), _MONTHS[match["m"]], match["y"])
    if match["figures"]:
        return _dated(today, int(match["fd"]), int(match["fm"]), match["fy"])
    if match["numbered"]:
        return _numbered(today, int(match["nd"]))
    if match["weekday"]:
        return _weekday(today, _WEEKDAYS[match["w"]], is_next_week=bool(match["later"]))
    if match["month"]:
        return (today.replace(day=28) + 4 * _ONE_DAY).replace(day=1) - _ONE_DAY
    sunday = today + _ONE_DAY * (_SUNDAY - today.weekday())
    if match["weekend"]:
        return sunday
    return _last_working_day(sunday + 7 * _ONE_DAY if match["next_week"] else sunday, today, calendar)


def _dated(today: date, day: int, month: int, year: str | None) -> date | None:
    for each in (int(year),) if year else (today.year, today.year + 1):
        found = _date(each, month, day)
        if found is not None and found >= today and (year or found - today <= _FURTHEST):
            return found
    return None


def _numbered(today: date, day: int) -> date | None:
    """Return the next day with this number, in this month or the next."""
    following = (today.replace(day=28) + 4 * _ONE_DAY).replace(day=1)
    found = (_date(each.year, each.month, day) for each in (today, following))
    return next((each for each in found if each is not None and each >= today), None)


def _weekday(today: date, weekday: int, *, is_next_week: bool) -> date:
    if is_next_week:
        return today + _ONE_DAY * (7 - today.weekday() + weekday)
    return today + _ONE_DAY * ((weekday - today.weekday() - 1) % 7 + 1)


def _last_working_day(sunday: date, today: date, calendar: Calendar) -> date:
    """Return the last working day of the week that ends on ``sunday``, or that Sunday if none is left."""
    days = (sunday - _ONE_DAY * back for back in range(7))
    return next((day for day in days if day >= today and calendar.is_working_day(day)), sunday)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
