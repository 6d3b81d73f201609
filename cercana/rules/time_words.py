"""Dues said in words: how much time is left, until when, and how the date was counted; the same words everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from cercana.rules.calendar import Calendar
from cercana.rules.promises import Due, Reckoning, Unit, to_lima
from cercana.rules.time_texts import TEXTS, Language, Texts

# Everything is counted to the instant at which a promise breaks: lists keep no more of it.
_TICK = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_LONGEST_IN_HOURS = 48 * _HOUR
_LONGEST_WITH_MINUTES = 3 * _HOUR


class TimeState(StrEnum):
    """The urgency of a clock: the groups of the queue, in its order."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """
    The time left of a clock, in words for people and as a state for colour, icon and order.

    ``amount`` is the bare length in the words, for where it stands alone: «3 h», «16 min»; the desk's only.
    """

    words: str
    state: TimeState
    amount: str = ""


def time_left(
    due: Due, now: datetime, calendar: Calendar, *, for_response: bool = False, paused_since: datetime | None = None
) -> TimeLeft:
    """
    Return what the desk shows: «vence en 3 h», «2 días hábiles», «venció hace 1 día», «en pausa, 2 días».

    Hours up to 48 h, working days above, always rounded down. A clock that waits for the person since
    ``paused_since`` says for how long; a first response says «responder en» instead of «vence en».
    """
    if paused_since is not None:
        days = (now - paused_since) // _DAY
        return TimeLeft(f"en pausa, {_count(days, TEXTS['es'].days)}" if days else "en pausa", TimeState.PAUSED)
    state = _state(due, now)
    if state is TimeState.OVERDUE:
        ago = _ago(_late_by(due, now))
        return TimeLeft(f"venció hace {ago}", state, ago)
    days = _working_days_left(due, now, calendar)
    if days:
        amount = _count(days, TEXTS["es"].working_days)
        return TimeLeft(amount, state, amount)
    ahead = _ahead(due.breaks_at - now)
    return TimeLeft(f"{'responder' if for_response else 'vence'} en {ahead}", state, ahead)


def time_left_for_citizen(due: Due, now: datetime, calendar: Calendar, language: Language = "es") -> TimeLeft:
    """Return what the portal shows: «Quedan 20 horas y 15 minutos», «Queda 1 día hábil», «Vamos tarde por 3 horas»."""
    texts, state = TEXTS[language], _state(due, now)
    if state is TimeState.OVERDUE:
        return TimeLeft(texts.late.format(_largest_unit(_late_by(due, now), texts)), state)
    days = _working_days_left(due, now, calendar)
    left = due.breaks_at - now
    hours, minutes = left // _HOUR, left % _HOUR // _MINUTE
    words = _count(days, texts.working_days) if days else _hours_and_minutes(hours, minutes, texts)
    leading = days or hours or minutes
    return TimeLeft(texts.left[leading > 1].format(words), state)


def length_words(length: timedelta) -> str:
    """Return how long something took, in short: «54 min», «1 h 12 min», «5 h»."""
    return _ahead(length)


def due_words(due: Due, language: Language = "es") -> str:
    """Return until when a promise runs: «hasta el domingo 22 de noviembre a las 4:40 p. m.»."""
    texts = TEXTS[language]
    if due.whole_day:
        return texts.end_of.format(_date(due.last_day, texts))
    return (texts.until if due.inclusive else texts.before).format(_moment(due.at, texts))


def explain(reckoning: Reckoning, language: Language = "es") -> str:
    """
    Return the sum that led to a due: «5 días hábiles desde el viernes 4 de diciembre; el 8 y el 9 no cuentan».

    Of working days the first is named, so that whoever counts from it arrives at the due.
    """
    texts = TEXTS[language]
    if reckoning.kept:
        return texts.kept.format(due_words(reckoning.due, language))
    if reckoning.unit is Unit.HOURS:
        hours = _count(reckoning.amount, texts.hours)
        amount = hours if reckoning.due.inclusive else texts.less_than.format(hours)
        return texts.since.format(amount, _moment(reckoning.start, texts))
    day_one = to_lima(reckoning.start).date()
    counted = texts.since.format(_count(reckoning.amount, texts.working_days), _date(day_one, texts))
    if not reckoning.skipped:
        return counted
    days = [each.day for each in reckoning.skipped]
    return texts.skipped[len(days) > 1].format(counted, _days_of_months(days, day_one, texts))


def _state(due: Due, now: datetime) -> TimeState:
    if not due.is_met_by(now):
        return TimeState.OVERDUE
    return TimeState.TODAY if due.last_day == to_lima(now).date() else TimeState.LATER


def _working_days_left(due: Due, now: datetime, calendar: Calendar) -> int:
    """Count the working days after today, or 0 if the time left is said in hours."""
    if due.breaks_at - now <= _LONGEST_IN_HOURS + _TICK:
        return 0
    return calendar.working_days_between(to_lima(now).date(), due.last_day)


def _late_by(due: Due, now: datetime) -> timedelta:
    """Return since when a due is over, counted from the last moment that kept it."""
    return now - due.breaks_at + _TICK


def _ahead(length: timedelta) -> str:
    """Say in short how far ahead a due is: minutes, hours and minutes under three hours, then hours."""
    if length < _MINUTE:
        return "menos de 1 min"
    hours, minutes = length // _HOUR, length % _HOUR // _MINUTE
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes and length < _LONGEST_WITH_MINUTES else f"{hours} h"


def _ago(length: timedelta) -> str:
    """Say in short how long ago a due was: in its largest unit."""
    if length < _HOUR:
        return _ahead(length)
    return f"{length // _HOUR} h" if length < _DAY else _count(length // _DAY, TEXTS["es"].days)


def _largest_unit(length: timedelta, texts: Texts) -> str:
    for unit, names in ((_DAY, texts.days), (_HOUR, texts.hours), (_MINUTE, texts.minutes)):
        if length >= unit:
            return _count(length // unit, names)
    return texts.under_a_minute


def _hours_and_minutes(hours: int, minutes: int, texts: Texts) -> str:
    named = ((hours, texts.hours), (minutes, texts.minutes))
    return _join([_count(amount, names) for amount, names in named if amount], texts) or texts.under_a_minute


def _count(amount: int, names: tuple[str, str]) -> str:
    return f"{amount} {names[amount != 1]}"


def _moment(moment: datetime, texts: Texts) -> str:
    """Say a day and its minute of Lima: «viernes 20 de noviembre a las 4:40 p. m.»."""
    local = to_lima(moment)
    hour = local.hour % 12 or 12
    clock = f"{hour}:{local.minute:02d}\N{NO-BREAK SPACE}{texts.am if local.hour < 12 else texts.pm}"
    template = texts.moment_at_one if hour == 1 else texts.moment
    return template.format(date=_date(local.date(), texts), clock=clock)


def _date(day: date, texts: Texts) -> str:
    return f"{texts.weekdays[day.weekday()]} {texts.month_of.format(day.day, texts.months[day.month - 1])}"


def _days_of_months(days: Sequence[date], named: date, texts: Texts) -> str:
    """Say days, oldest first, month by month; a month that was just ``named`` and is the only one is not repeated."""
    months = []
    for (_, month), group in groupby(days, key=lambda day: (day.year, day.month)):
        numbers = _join([texts.day_of_month.format(day.day) for day in group], texts)
        months.append(
            numbers
            if month == named.month == days[-1].month
            else texts.month_of.format(numbers, texts.months[month - 1])
        )
    return _join(months, texts)


def _join(parts: Sequence[str], texts: Texts) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {texts.conjunction} {parts[-1]}"
