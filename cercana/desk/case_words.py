"""The page of a case in words: its stages, why it has its class, and what the manual still asks of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import CasePage, PageTurn
from cercana.desk import labels
from cercana.desk.case_clocks import ClockWords
from cercana.desk.danger_words import reasons_of_danger
from cercana.organization.queries import Outline
from cercana.rules.calendar import Calendar
from cercana.rules.classification import CLASS_LABELS, CaseClass, ClockKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import STAGE_LABELS, Closure, Stage
from cercana.rules.projected_clocks import ClockStatus, outcome_of
from cercana.rules.promises import to_lima
from cercana.rules.voice_attempts import BY_VOICE, are_enough
from cercana.rules.warnings import LONGEST_SILENCE
from cercana.ui.moments import recently

_STAGES = list(Stage)
_REACHED = {
    EventType.RECEIVED: Stage.RECEIVED,
    EventType.REGISTERED: Stage.REGISTERED,
    EventType.REFERRED: Stage.REFERRED,
    EventType.TAKEN: Stage.IN_FOLLOW_UP,
    EventType.ASSIGNED: Stage.IN_FOLLOW_UP,
    EventType.CONTESTED: Stage.IN_FOLLOW_UP,
    EventType.REOPENED: Stage.IN_FOLLOW_UP,
    EventType.ANSWERED: Stage.ANSWERED,
    EventType.CLOSED: Stage.CLOSED,
}


@dataclass(frozen=True, slots=True)
class StageStep:
    """One of the six stages: ``state`` is «done», «current», «late» or «ahead»."""

    state: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something the manual asks of a case, whether it is so, and a word about it."""

    line: str
    text: str
    is_done: bool
    note: str = ""


def steps_of(page: CasePage, clocks: Sequence[ClockWords], institution: Outline, now: datetime) -> list[StageStep]:
    """Return the six stages with when each was reached last and by whom; an answer that is overdue is late."""
    reached = {_REACHED[turn.type]: turn for turn in page.history if turn.type in _REACHED}
    place = _STAGES.index(Stage(page.case.stage))
    overdue = next((clock.words for clock in clocks if clock.look == "overdue" and not clock.kind.is_aside), "")
    return [_step(stage, place, reached.get(stage), overdue, institution, now) for stage in _STAGES]


def _step(
    stage: Stage, place: int, turn: PageTurn | None, overdue: str, institution: Outline, now: datetime
) -> StageStep:
    index, title = _STAGES.index(stage), STAGE_LABELS[stage]
    if index > place:
        if stage is Stage.ANSWERED and overdue:
            return StageStep("late", title, overdue[:1].lower() + overdue[1:])
        return StageStep("ahead", title, "con su confirmación" if stage is Stage.CLOSED else "pendiente")
    state = "current" if index == place and stage is not Stage.CLOSED else "done"
    if turn is None:
        return StageStep(state, title, "")
    return StageStep(state, title, ", ".join((_by(turn, institution), recently(turn.occurred_at, now))))


def _by(turn: PageTurn, institution: Outline) -> str:
    if turn.type is EventType.REFERRED:
        return f"a {institution.area_names.get(turn.word('area'), turn.word('area'))}"
    if turn.type in (EventType.TAKEN, EventType.ASSIGNED):
        return turn.others.get("owner", turn.author)
    return turn.author or ("la persona" if turn.actor == "citizen" else "automático")


def missing_for_closure(page: CasePage) -> str:
    """Return what is missing before the case can be closed, or "" if it is closed."""
    stage = Stage(page.case.stage)
    if stage is Stage.CLOSED:
        return ""
    if stage is not Stage.ANSWERED:
        return "Para cerrar falta: la respuesta y que la persona confirme (6.1)."
    if page.state.is_critical and page.state.confirmed_at is not None:
        return "La persona confirmó. Falta el acuerdo de la jefatura (5.2)."
    if page.state.is_critical and was_asked_enough(page):
        return "Se le preguntó tres veces de viva voz, sin respuesta. Falta el acuerdo de la jefatura (5.2)."
    attempts = len(set(page.state.attempts))
    asked = f" Se le preguntó en {attempts} {'día' if attempts == 1 else 'días distintos'}." if attempts else ""
    return f"Para cerrar falta: que la persona confirme (6.1).{asked}"


def was_asked_enough(page: CasePage) -> bool:
    """Tell whether the person was asked by voice as often as a critical case needs, since the last answer."""
    answered_at = page.state.answered_at
    asked = [
        turn.occurred_at
        for turn in page.history
        if turn.type is EventType.CONFIRMATION_ATTEMPTED and turn.word("means") in BY_VOICE
    ]
    return answered_at is not None and are_enough([at for at in asked if at >= answered_at])


def closed_as(page: CasePage) -> str:
    """Return how the case was closed, or "" if it is open."""
    return f"Cerrado: {labels.CLOSURES[Closure(page.case.closure)]}." if page.case.closure else ""


def reasons_of(page: CasePage, institution: Outline) -> list[str]:
    """Return why the case has its class: what the motive proposes, and who decided otherwise and why."""
    if danger := reasons_of_danger(page):
        return danger
    class_ = CLASS_LABELS[CaseClass(page.case.class_)].lower()
    changed = page.newest(EventType.RECLASSIFIED)
    motive = institution.category_names.get(page.case.category_id, "")
    if changed is not None:
        return [f"Lo cambió {changed.author or 'Cercana'}: {changed.texts.get('reason', '')}", f"Motivo: {motive}."]
    if page.case.category.class_ == page.case.class_:
        return [f"El motivo «{motive}» propone {class_}."]
    proposed = CLASS_LABELS[CaseClass(page.case.category.class_)].lower()
    return [f"El motivo «{motive}» propone {proposed}.", f"Quien lo registró lo dejó en {class_}."]


def checks_of(page: CasePage, now: datetime, calendar: Calendar) -> list[Check]:
    """Return what the manual asks of every case, judged by what its history shows; a critical one is asked more."""
    return [*_stage_checks(page), *_contact_checks(page, now, calendar), *_critical_checks(page)]


def _stage_checks(page: CasePage) -> Iterator[Check]:
    types = {turn.type for turn in page.history}
    is_closed = page.case.stage == Stage.CLOSED
    yield Check("3.2", "Tiene número y se le dijo a la persona", EventType.REGISTERED in types)
    yield Check("3.2", "Está en el área que resuelve", EventType.REFERRED in types or is_closed)
    yield Check("3.2", "Tiene una persona responsable", page.state.owner is not None or is_closed)
    noted = types & {EventType.ACTED, EventType.NOTED, EventType.SPOKE, EventType.ANSWERED}
    yield Check("4.2", "Hay acciones o notas anotadas", bool(noted))


def _contact_checks(page: CasePage, now: datetime, calendar: Calendar) -> Iterator[Check]:
    types = {turn.type for turn in page.history}
    if page.case.stage not in (Stage.ANSWERED, Stage.CLOSED):
        last = page.state.last_contact_at or page.case.received_at
        silent = calendar.working_days_between(to_lima(last).date(), to_lima(now).date())
        text = f"La persona supo de nosotros en los últimos {LONGEST_SILENCE} días hábiles"
        note = recently(last, now) if page.state.last_contact_at else "nadie le ha escrito"
        yield Check("4.2", text, page.state.last_contact_at is not None and silent <= LONGEST_SILENCE, note)
    yield Check("3.3", "La respuesta dice qué hicimos, qué sigue y para cuándo", page.newest(*_ANSWERS) is not None)
    yield Check("6.1", "La persona confirmó que quedó resuelto", EventType.CONFIRMED in types)


_ANSWERS = (EventType.ANSWERED,)


def _critical_checks(page: CasePage) -> Iterator[Check]:
    response = page.state.clock(ClockKind.FIRST_RESPONSE)
    if page.state.is_critical and response is not None:
        withdrawn_at = page.state.closed_at if page.state.closure == Closure.WITHDRAWN else None
        is_kept = outcome_of(response, withdrawn_at=withdrawn_at) is ClockStatus.MET
        yield Check("5.2", "Respuesta en menos de 2 horas", is_kept)
