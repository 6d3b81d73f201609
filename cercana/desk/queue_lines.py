"""The rows of the queue as a person reads them: grouped by urgency, with the time left in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from cercana.cases.queries import QueueRow
from cercana.desk.labels import CHANNEL_ICONS, CHANNELS, NEWS, TASKS, title_words
from cercana.organization.queries import Outline
from cercana.rules.classification import Channel, ClockKind, TaskKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import STAGE_LABELS, Stage
from cercana.rules.promises import Due, moment_to_resolve, to_lima
from cercana.rules.time_texts import TEXTS
from cercana.rules.time_words import TimeLeft, TimeState, time_left
from cercana.ui.moments import moment, the_clock

_STAGES = list(Stage)
_ALL = 100
# What a citizen did last waits for somebody to read it.
_FROM_CITIZEN = frozenset({EventType.MESSAGE_RECEIVED, EventType.CONTESTED, EventType.REOPENED, EventType.ATTACHED})


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the queue and its lines; ``size`` says how many there are, with «+» if the page cuts the group."""

    code: str
    title: str
    hint: str
    icon: str
    size: str
    lines: list["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """
    One row in words; ``share`` is the part of the time that has gone, 0 to 100.

    ``resolve_by`` is the last working moment before the due, if the due falls outside the hours of the area.
    ``task`` says what is to be done and ``task_by_when`` until when; only where tasks are listed.
    """

    row: QueueRow
    title: str
    task: str
    task_by_when: str
    left: TimeLeft | None
    resolve_by: str
    share: int
    channel_label: str
    channel_icon: str
    stage_place: int
    stage_label: str
    news: str
    is_from_citizen: bool


_GROUPS = {
    "critico": ("Críticos", "responder en 2 horas, resolver en 24", "warning-octagon"),
    "vencido": ("Vencidos", "avise a la persona hoy mismo", "warning"),
    "hoy": ("Vencen hoy", "", "hourglass-high"),
    "proximo": ("Próximos días hábiles", "", "calendar-blank"),
    "espera": ("Esperando al ciudadano", "respondidos, falta su confirmación", "pause-circle"),
    "cerrado": ("Cerrados", "", "seal-check"),
}


def grouped(rows: Iterable[QueueRow], now: datetime, institution: Outline, *, goes_on: bool) -> list[Group]:
    """
    Return the groups that have lines, in the order of the queue; lines keep the order of ``rows``.

    ``goes_on`` tells that a next page may hold more of the last group.
    """
    lines: dict[str, list[Line]] = {}
    for row in rows:
        line = _line(row, now, institution)
        lines.setdefault(_group_of(line), []).append(line)
    codes = [code for code in _GROUPS if code in lines]
    return [
        Group(code, *_GROUPS[code], f"{len(lines[code])}{'+' if goes_on and code == codes[-1] else ''}", lines[code])
        for code in codes
    ]


def _line(row: QueueRow, now: datetime, institution: Outline) -> Line:
    stage, channel, news = Stage(row.stage), Channel(row.channel), EventType(row.news_type)
    left, resolve_by = None, ""
    if row.attention_due_at is not None and stage is not Stage.CLOSED:
        for_response = row.clock_kind == ClockKind.FIRST_RESPONSE
        due = Due(row.attention_due_at, inclusive=False)
        left = time_left(due, now, institution.calendar, for_response=for_response)
        resolve_by = "" if row.is_urgent else resolve_words(due, row.area, institution, now)
    task, by_when = _task_words(row, now)
    return Line(
        row=row,
        task=task,
        task_by_when=by_when,
        title=title_words(row.title, is_restricted=row.is_restricted, is_known=row.is_known),
        left=left,
        resolve_by=resolve_by,
        share=_share(row.clock_started_at or row.received_at, row.attention_due_at, now),
        channel_label=CHANNELS[channel],
        channel_icon=CHANNEL_ICONS[channel],
        stage_place=_STAGES.index(stage) + 1,
        stage_label=STAGE_LABELS[stage],
        news=NEWS[news],
        is_from_citizen=news in _FROM_CITIZEN,
    )


def _task_words(row: QueueRow, now: datetime) -> tuple[str, str]:
    """Return the task that comes first with how many wait behind it, and by when; empty for a row without tasks."""
    if row.task_kind is None:
        return "", ""
    by_when = f"Antes del {moment(row.task_due_at, now=now)}" if row.task_due_at else "Sin fecha fija"
    others = row.task_count - 1
    more = f" (y {others} {'tarea' if others == 1 else 'tareas'} más)" if others > 0 else ""
    return f"{TASKS[TaskKind(row.task_kind)]}{more}", by_when


def resolve_words(due: Due, area_name: str, institution: Outline, now: datetime) -> str:
    """Return until when to resolve what is due at another hour than the area works, «hoy» or by its weekday, or ""."""
    hours = institution.hours_of(area_name)
    if hours is None or to_lima(due.at).time() == time.min:
        return ""
    last = moment_to_resolve(due, hours, institution.calendar, now=now)
    if last is None:
        return ""
    day = "hoy" if last.date() == to_lima(now).date() else f"el {TEXTS['es'].weekdays[last.weekday()]}"
    return f"hay que resolverlo {day} antes de {the_clock(last)}"


def _share(began: datetime, due: datetime | None, now: datetime) -> int:
    if due is None or due <= began:
        return _ALL
    return max(0, min(_ALL, round(_ALL * ((now - began) / (due - began)))))


def _group_of(line: Line) -> str:
    if line.row.stage == Stage.CLOSED:
        return "cerrado"
    if line.row.is_urgent:
        return "critico"
    if line.left is None:
        return "espera"
    return {TimeState.OVERDUE: "vencido", TimeState.TODAY: "hoy"}.get(line.left.state, "proximo")
