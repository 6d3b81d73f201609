"""The warnings of the watch in words: which promise, how far it has gone, and until when it runs."""

from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import NoticeLine
from cercana.desk.labels import CLOCKS, title_words
from cercana.rules.calendar import Calendar
from cercana.rules.classification import ClockKind
from cercana.rules.inner_steps import INNER_STEPS
from cercana.rules.projected_clocks import ALL
from cercana.rules.time_words import TimeLeft, due_words, time_left
from cercana.rules.warnings import LONGEST_SILENCE

SILENT = f"La persona espera noticias hace más de {LONGEST_SILENCE} días hábiles"


@dataclass(frozen=True, slots=True)
class Line:
    """One warning as a person reads it; ``left`` and ``until`` are empty for silence."""

    row: NoticeLine
    words: str
    title: str
    left: TimeLeft | None
    until: str


def notice_lines(rows: list[NoticeLine], now: datetime, calendar: Calendar) -> list[Line]:
    """Return the warnings as the page lists them."""
    return [_line(row, now, calendar) for row in rows]


def warned_words(clock: str, level: int) -> str:
    """Return what a warning says: «Resolución: pasó el 80 % del plazo»."""
    if clock == ClockKind.DATED:
        return "No se cumplió una fecha prometida" if level == ALL else "Se acerca una fecha prometida"
    if clock in INNER_STEPS:
        step = INNER_STEPS[ClockKind(clock)]
        return step.missed if level == ALL else step.near
    name = CLOCKS[clock]
    return f"{name}: se venció el plazo" if level == ALL else f"{name}: pasó el {level}\N{NO-BREAK SPACE}% del plazo"


def _line(row: NoticeLine, now: datetime, calendar: Calendar) -> Line:
    title = title_words(row.title, is_restricted=row.is_restricted, is_known=row.is_known)
    if row.due is None or row.kind is None:
        return Line(row, SILENT, title, None, "")
    left = time_left(row.due, now, calendar)
    return Line(row, warned_words(row.kind, row.level), title, left, due_words(row.due))
