"""Instants and days in words, in Lima time: «lunes 23 de noviembre, 10:42 a. m.», «ayer, 6:20 p. m.», «hace 12 min»."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cercana.rules.promises import to_lima
from cercana.rules.time_texts import TEXTS, Language

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class _Words:
    """What one language says about nearness and short dates, beside the tables of the rules."""

    just_now: str
    minutes_ago: str
    today: str
    yesterday: str
    short_month: str
    short_day: str
    with_year: str


_WORDS: dict[Language, _Words] = {
    "es": _Words(
        just_now="hace un momento",
        minutes_ago=f"hace {{}}{_SPACE}min",
        today="hoy",
        yesterday="ayer",
        short_month="{}.",
        short_day=f"{{day}}{_SPACE}{{month}}",
        with_year="{} de {}",
    ),
    "en": _Words(
        just_now="just now",
        minutes_ago=f"{{}}{_SPACE}min ago",
        today="today",
        yesterday="yesterday",
        short_month="{}",
        short_day=f"{{day}}{_SPACE}{{month}}",
        with_year="{} {}",
    ),
}


def clock(moment: datetime, language: Language = "es") -> str:
    """Return the minute of an aware instant in Lima: «10:42 a. m.»."""
    local, texts = to_lima(moment), TEXTS[language]
    return f"{local.hour % 12 or 12}:{local.minute:02d}{_SPACE}{texts.am if local.hour < 12 else texts.pm}"


def the_clock(moment: datetime) -> str:
    """Return the minute of an aware instant with its article, in Spanish: «las 10:42 a. m.», «la 1:05 p. m.»."""
    return f"{'la' if to_lima(moment).hour % 12 == 1 else 'las'} {clock(moment)}"


def day(value: date, language: Language = "es", *, now: datetime | None = None) -> str:
    """Return a day with its weekday: «lunes 23 de noviembre»; of another year than ``now``, with the year."""
    local, texts = _day_of(value), TEXTS[language]
    words = f"{texts.weekdays[local.weekday()]} {texts.month_of.format(local.day, texts.months[local.month - 1])}"
    if now is None or to_lima(now).year == local.year:
        return words
    return _WORDS[language].with_year.format(words, local.year)


def short_day(value: date, language: Language = "es", *, now: datetime | None = None) -> str:
    """Return a day in little room: «23 nov.»; of another year than ``now``, «23 nov. 2025»."""
    local, words = _day_of(value), _WORDS[language]
    month = TEXTS[language].months[local.month - 1]
    shortened = month if len(month) < 5 else words.short_month.format(month[:3])
    text = words.short_day.format(day=local.day, month=shortened)
    return text if now is None or to_lima(now).year == local.year else f"{text}{_SPACE}{local.year}"


def moment(value: datetime, language: Language = "es", *, now: datetime | None = None) -> str:
    """Return day and minute: «lunes 23 de noviembre, 10:42 a. m.»; of another year than ``now``, with the year."""
    return f"{day(value, language, now=now)}, {clock(value, language)}"


def recently(value: datetime, now: datetime, language: Language = "es") -> str:
    """
    Return a past instant the shorter the nearer it is to ``now``.

    «hace 12 min», «hoy, 9:05 a. m.», «ayer, 6:20 p. m.», «viernes, 4:10 p. m.» within six days, then «12 nov.».
    """
    words, elapsed = _WORDS[language], now - value
    if timedelta() <= elapsed < _HOUR:
        return words.minutes_ago.format(elapsed // _MINUTE) if elapsed >= _MINUTE else words.just_now
    local = to_lima(value)
    days = (to_lima(now).date() - local.date()).days
    if days in (0, 1):
        return f"{(words.today, words.yesterday)[days]}, {clock(value, language)}"
    if 1 < days < 7:
        return f"{TEXTS[language].weekdays[local.weekday()]}, {clock(value, language)}"
    return short_day(value, language, now=now)


def _day_of(value: date) -> date:
    """Return the day of a date, or of an aware instant as Lima sees it."""
    return to_lima(value).date() if isinstance(value, datetime) else value
