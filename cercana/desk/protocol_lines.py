"""The page of the protocol of a critical case: what it asked for, kept or missed, among what happened."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from cercana.desk.case_thread import Entry
from cercana.rules.protocol_timeline import Mark, Standard
from cercana.rules.time_words import length_words
from cercana.ui.moments import clock, day, the_clock

KEPT, MISSED, OPEN, OVER = "kept", "missed", "open", "over"
_NAMES = {
    Standard.REVIEW: "Confirmar o rechazar, en 15 minutos",
    Standard.CHARGE: "Hacerse cargo, en 10 minutos por llamada",
    Standard.RESPONSE: "Primera respuesta, en menos de 2 horas",
    Standard.CHECK_IN: "Anotar qué pasa, al menos cada 2 horas",
    Standard.RESOLUTION: "Resolver, en 24 horas como máximo",
}
_LINES = {
    Standard.REVIEW: "M5.2b",
    Standard.CHARGE: "M5.2a",
    Standard.RESPONSE: "M5.2c",
    Standard.CHECK_IN: "M5.2d",
    Standard.RESOLUTION: "M4.3c",
}


@dataclass(frozen=True, slots=True)
class StandardLine:
    """One thing the protocol asks for: ``look`` is «kept», «missed» or «open», and ``words`` say how it went."""

    name: str
    line: str
    look: str
    words: str


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """
    One point of the line of time: an ``entry`` of the history, or else what was kept or missed then.

    ``day`` is given where a new day begins.
    """

    at: str
    day: str
    look: str
    words: str
    entry: Entry | None = None


class _Point(NamedTuple):
    at: datetime
    order: int
    look: str
    words: str
    entry: Entry | None


def standard_lines(marks: Sequence[Mark], now: datetime) -> list[StandardLine]:
    """Return what the protocol asks for, each with how it went on this case; what never came up is left out."""
    counted = [mark for mark in marks if _look(mark, now) != OVER]
    found = ((each, [mark for mark in counted if mark.standard is each]) for each in Standard)
    return [_standard_line(standard, own, now) for standard, own in found if own]


def timeline(entries: Iterable[tuple[datetime, Entry]], marks: Iterable[Mark], now: datetime) -> list[TimelineLine]:
    """Return the line of time, oldest first; a kept check-in is the entry itself, so it has no line of its own."""
    points = [_Point(at, 1, "", "", entry) for at, entry in entries]
    for mark in marks:
        look = _look(mark, now)
        if look != OVER and (look, mark.standard) != (KEPT, Standard.CHECK_IN):
            points.append(_Point(mark.shown_at(now), 2, look, _WORDS[look, mark.standard](mark), None))
    points.sort(key=lambda point: point[:2])
    return list(_with_days(points, now))


def _with_days(points: Iterable[_Point], now: datetime) -> Iterator[TimelineLine]:
    shown = ""
    for point in points:
        name = day(point.at, now=now)
        yield TimelineLine(clock(point.at), name if name != shown else "", point.look, point.words, point.entry)
        shown = name


def _look(mark: Mark, now: datetime) -> str:
    if mark.is_kept():
        return KEPT
    if mark.is_missed(now):
        return MISSED
    return OPEN if mark.is_open(now) else OVER


def _standard_line(standard: Standard, own: Sequence[Mark], now: datetime) -> StandardLine:
    looks = [_look(mark, now) for mark in own]
    kept, missed = looks.count(KEPT), looks.count(MISSED)
    look = MISSED if missed else OPEN if OPEN in looks else KEPT
    if len(own) == 1:
        words = _WORDS[look, standard](own[0])
    else:
        words = f"{kept} de {kept + missed} a tiempo" if kept + missed else "por ver"
    return StandardLine(_NAMES[standard], _LINES[standard], look, words)


def _took(mark: Mark) -> str:
    return length_words((mark.done_at or mark.due_at) - mark.began_at)


def _late(mark: Mark) -> str:
    return f", {length_words(mark.done_at - mark.due_at)} tarde" if mark.done_at else ""


def _until(mark: Mark) -> str:
    return the_clock(mark.due_at)


_WORDS: Mapping[tuple[str, Standard], Callable[[Mark], str]] = {
    (KEPT, Standard.REVIEW): lambda mark: f"Alguien lo revisó en {_took(mark)}",
    (MISSED, Standard.REVIEW): lambda _mark: "Nadie lo revisó en 15 minutos",
    (OPEN, Standard.REVIEW): lambda mark: f"Falta revisarlo antes de {_until(mark)}",
    (KEPT, Standard.CHARGE): lambda mark: f"Alguien se hizo cargo en {_took(mark)}",
    (MISSED, Standard.CHARGE): lambda _mark: "Nadie se hizo cargo en 10 minutos",
    (OPEN, Standard.CHARGE): lambda mark: f"La llamada espera hasta {_until(mark)}",
    (KEPT, Standard.RESPONSE): lambda mark: f"Primera respuesta en {_took(mark)}",
    (MISSED, Standard.RESPONSE): lambda mark: f"Sin primera respuesta a tiempo{_late(mark)}",
    (OPEN, Standard.RESPONSE): lambda mark: f"Primera respuesta, antes de {_until(mark)}",
    (KEPT, Standard.CHECK_IN): lambda mark: f"Se anotó algo nuevo en {_took(mark)}",
    (MISSED, Standard.CHECK_IN): lambda mark: f"Faltó anotar algo nuevo{_late(mark)}",
    (OPEN, Standard.CHECK_IN): lambda mark: f"La próxima anotación, antes de {_until(mark)}",
    (KEPT, Standard.RESOLUTION): lambda mark: f"Resuelto en {_took(mark)}",
    (MISSED, Standard.RESOLUTION): lambda mark: f"El plazo para resolver venció{_late(mark)}",
    # The only one that may fall on the next day.
    (OPEN, Standard.RESOLUTION): lambda mark: f"Resolver antes del {day(mark.due_at)} a {_until(mark)}",
}
