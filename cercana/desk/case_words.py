"""The page of a case in words: its clocks, its stages, and what the manual still asks of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import CasePage, PageTurn, stage_instants
from cercana.rules.calendar import Calendar
from cercana.rules.classification import ClockKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import STAGE_LABELS, Stage
from cercana.rules.projected_clocks import ClockState, ClockStatus
from cercana.rules.time_words import TimeLeft, due_words, time_left
from cercana.ui.moments import recently

_STAGES = list(Stage)
_CLOCK_NAMES = {
    ClockKind.FIRST_RESPONSE: "Primera respuesta",
    ClockKind.RESOLUTION: "Resolución",
    ClockKind.STATUTORY: "Plazo de la ley",
}
_ENDED = {
    ClockStatus.MET: "cumplido",
    ClockStatus.BREACHED: "vencido",
    ClockStatus.VOID: "ya no corre",
    ClockStatus.SUSPENDED: "espera la confirmación",
}


@dataclass(frozen=True, slots=True)
class ClockWords:
    """One clock as it is read: its name, the time left while it runs, until when, and what became of it."""

    name: str
    until: str
    left: TimeLeft | None
    status: str
    share: int


@dataclass(frozen=True, slots=True)
class StageStep:
    """One of the six stages: ``state`` is «done», «current», «late» or «ahead»."""

    state: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something the manual asks, and whether the case already shows it."""

    line: str
    text: str
    is_done: bool


def clocks_of(page: CasePage, now: datetime, calendar: Calendar) -> list[ClockWords]:
    """Return the newest clock of each kind, first response first."""
    found = (page.state.clock(kind) for kind in ClockKind)
    return [_clock(clock, page.case.received_at, now, calendar) for clock in found if clock is not None]


def _clock(clock: ClockState, received_at: datetime, now: datetime, calendar: Calendar) -> ClockWords:
    left = None
    if clock.is_running:
        left = time_left(clock.due, now, calendar, for_response=clock.kind is ClockKind.FIRST_RESPONSE)
    whole = clock.due_at - clock.started_at
    share = max(0, min(100, round(100 * ((clock.ended_at or now) - clock.started_at) / whole))) if whole else 100
    return ClockWords(_CLOCK_NAMES[clock.kind], due_words(clock.due), left, _ENDED.get(clock.status, ""), share)


def steps_of(page: CasePage, now: datetime) -> list[StageStep]:
    """Return the six stages with who reached each and when."""
    place = _STAGES.index(Stage(page.case.stage))
    instants = stage_instants(page)
    return [_step(index, stage, place, instants.get(stage.value), now) for index, stage in enumerate(_STAGES)]


def _step(index: int, stage: Stage, place: int, reached: tuple[datetime, str] | None, now: datetime) -> StageStep:
    state = "current" if index == place and stage is not Stage.CLOSED else "done" if index <= place else "ahead"
    if reached is None or state == "ahead":
        return StageStep(state, STAGE_LABELS[stage], "pendiente" if state == "ahead" else "")
    at, author = reached
    return StageStep(state, STAGE_LABELS[stage], f"{author + ', ' if author else ''}{recently(at, now)}")


def checks_of(page: CasePage) -> list[Check]:
    """Return what the manual asks of every case, judged by what its history shows."""
    types = {turn.type for turn in page.thread}
    return [
        Check("3.2", "Tiene número y se le dijo a la persona", EventType.REGISTERED in types),
        Check("3.2", "Está en el área que resuelve", EventType.REFERRED in types or page.case.stage == Stage.CLOSED),
        Check("3.2", "Tiene una persona responsable", page.state.owner is not None or page.case.stage == Stage.CLOSED),
        Check(
            "4.2", "Hay acciones o notas anotadas", bool(types & {EventType.ACTED, EventType.NOTED, EventType.ANSWERED})
        ),
        Check("4.2", "La persona tuvo noticias nuestras", page.state.last_contact_at is not None),
        Check("3.3", "La respuesta dice qué se hizo, qué sigue y cuándo", EventType.ANSWERED in types),
        Check("6.1", "La persona confirmó que quedó resuelto", EventType.CONFIRMED in types),
    ]


def missing_for_closure(page: CasePage) -> str:
    """Return what is missing before the case can be closed, or "" if it is closed."""
    stage = Stage(page.case.stage)
    if stage is Stage.CLOSED:
        return ""
    if stage is not Stage.ANSWERED:
        return "Para cerrar falta la respuesta, y que la persona confirme (6.1)."
    if page.state.is_critical and page.state.confirmed_at is not None:
        return "La persona confirmó. Falta el acuerdo de la jefatura."
    return "Para cerrar falta que la persona confirme (6.1)."


def thread_of(page: CasePage) -> Iterator[tuple[str, PageTurn]]:
    """Yield each entry with how it is drawn: «citizen», «house», «note» or «event»."""
    for turn in page.thread:
        yield _look(turn.type), turn


def _look(type_: EventType) -> str:
    if type_ in (EventType.RECEIVED, EventType.MESSAGE_RECEIVED, EventType.CONTESTED, EventType.REOPENED):
        return "citizen"
    if type_ in (EventType.WROTE, EventType.ANSWERED):
        return "house"
    if type_ in (EventType.NOTED, EventType.ABSTAINED):
        return "note"
    return "event"
