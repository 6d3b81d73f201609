"""
Days and hours that a text promises: «mañana pasa la cuadrilla», «en dos días hábiles», «antes del mediodía».

What is found is offered as a promise with its own clock, and a person decides (domain.md, Clocks). «Pronto» and «a la
brevedad» are no dates and are not found (M3.3d); nor is what has passed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cercana.rules.calendar import Calendar, CalendarGap
from cercana.rules.folding import fold
from cercana.rules.named_days import DAY, day_named
from cercana.rules.named_hours import ADJOINING, HOUR, hour_named
from cercana.rules.named_times import NUMBER, number_named
from cercana.rules.promises import LIMA, Due, to_lima

_ONE_DAY = timedelta(days=1)
_BEFORE = re.compile(r"\bantes del? ?(?:el |la )?$")
_SPAN = re.compile(
    r"\b(?:en|dentro de|antes de|a mas tardar en)"
    r"(?: (?:(?:un|el) plazo(?: maximo)? de|un maximo de|maximo|menos de|no mas de))?"
    rf"(?: l[oa]s (?:proxim|siguiente)[oa]?s)? (?P<n>media|{NUMBER})"
    r" (?P<unit>minutos?|horas?|dias? (?:habil(?:es)?|util(?:es)?|laborables?)|dias?|semanas?)\b"
)
_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n")
# So far before a day its hour is looked for: a whole text, for each day, would take too long.
_LONGEST_HOUR = 60
_UNITS = {"minuto": timedelta(minutes=1), "hora": timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class DatedWords:
    """Words of a text that name a time ahead: where they stand in it, and until when they are kept."""

    words: str
    start: int
    end: int
    due: Due


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared, and from which character of the original each of its characters comes."""

    text: str
    origins: list[int]

    @classmethod
    def of(cls, text: str) -> "_Folded":
        pairs = [(letter, at) for at, character in enumerate(text) for letter in fold(character)]
        return cls("".join(letter for letter, _ in pairs), [at for _, at in pairs])


def find_dated_words(text: str, *, now: datetime, calendar: Calendar) -> tuple[DatedWords, ...]:
    """
    Return the times ahead of ``now`` that ``text`` names, in its order and without overlaps.

    A day lasts until its end, «antes del viernes» until the end of Thursday; days are working days where the text says
    so. Whatever needs a year that ``calendar`` does not know is left out. The span counts characters of ``text``.
    """
    folded = _Folded.of(text)
    local = to_lima(now)
    found: list[tuple[int, int, Due]] = []
    for start, end, due in sorted([*_spans(folded.text, local, calendar), *_days(folded.text, local, calendar)]):
        if not found or start >= found[-1][1]:
            found.append((start, end, due))
    found += [each for each in _hours(folded.text, local) if not any(_overlap(each, other) for other in found)]
    ahead = sorted(each for each in found if each[2].breaks_at > now)
    return tuple(_told(text, folded, *each) for each in ahead)


def sentence_around(text: str, found: DatedWords) -> str:
    """Return the sentence of ``text`` in which ``found`` stands, without blanks around it."""
    before = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= found.start]
    after = _SENTENCE_END.search(text, found.end)
    return text[before[-1] if before else 0 : after.end() if after else len(text)].strip()


def _told(text: str, folded: _Folded, start: int, end: int, due: Due) -> DatedWords:
    first, last = folded.origins[start], folded.origins[end - 1] + 1
    return DatedWords(text[first:last], first, last, due)


def _overlap(one: tuple[int, int, Due], other: tuple[int, int, Due]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _spans(text: str, now: datetime, calendar: Calendar) -> Iterator[tuple[int, int, Due]]:
    for match in _SPAN.finditer(text):
        due = _after(match["n"], match["unit"], now, calendar)
        if due is not None:
            yield match.start(), match.end(), due


def _after(number: str, unit: str, now: datetime, calendar: Calendar) -> Due | None:
    amount = 0.5 if number == "media" else number_named(number)
    for name, length in _UNITS.items():
        if unit.startswith(name):
            return Due(now + amount * length, inclusive=True)
    if number == "media":
        return None
    if unit.startswith("semana"):
        return _whole_day(now.date() + 7 * amount * _ONE_DAY)
    if unit in ("dia", "dias"):
        return _whole_day(now.date() + amount * _ONE_DAY)
    try:
        day = now.date()
        for _ in range(int(amount)):
            day = calendar.next_working_day(day)
    except CalendarGap:
        return None
    return _whole_day(day)


def _days(text: str, now: datetime, calendar: Calendar) -> Iterator[tuple[int, int, Due]]:
    for match in DAY.finditer(text):
        try:
            day = day_named(match, now.date(), calendar)
        except CalendarGap:
            continue
        if day is None:
            continue
        before = _BEFORE.search(text, 0, match.start())
        if before:
            yield before.start(), match.end(), _whole_day(day - _ONE_DAY)
            continue
        yield _day_and_hour(text, match, day)


def _day_and_hour(text: str, match: re.Match[str], day: date) -> tuple[int, int, Due]:
    """Return the day with the hour that stands next to it: «el viernes a las 4», «antes del mediodía de mañana»."""
    after = ADJOINING.match(text, match.end())
    if after:
        return match.start(), after.end(), _at(day, after)
    for hour in HOUR.finditer(text, max(0, match.start() - _LONGEST_HOUR), match.start()):
        if text[hour.end() : match.start()] in (" del ", " de ", " del dia ", ", ", " "):
            return hour.start(), match.end(), _at(day, hour)
    return match.start(), match.end(), _whole_day(day)


def _hours(text: str, now: datetime) -> Iterator[tuple[int, int, Due]]:
    """Yield the hours without a day: they are today's, in the afternoon if the morning's has passed."""
    for match in HOUR.finditer(text):
        due = _at(now.date(), match)
        if due.breaks_at <= now and hour_named(match)[2]:
            due = Due(due.at + timedelta(hours=12), inclusive=due.inclusive)
        if due.last_day == now.date():
            yield match.start(), match.end(), due


def _at(day: date, match: re.Match[str]) -> Due:
    at, is_kept, _ = hour_named(match)
    if at == time.max:
        return _whole_day(day)
    return Due(datetime.combine(day, at, tzinfo=LIMA), inclusive=is_kept)


def _whole_day(day: date) -> Due:
    return Due(datetime.combine(day + _ONE_DAY, time.min, tzinfo=LIMA), inclusive=False, whole_day=True)
