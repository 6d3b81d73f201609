"""Danger on the page of a case: what waits for whom and until when, and how the history tells it (M5.2b)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import CasePage, PageTurn
from cercana.rules.classification import CLASS_LABELS, CaseClass, CriticalReason, CriticalState
from cercana.rules.critical_states import marked_by_silence_at, waits_for_answer
from cercana.rules.history import EventType
from cercana.ui.moments import recently, the_clock

REASONS: Mapping[str, str] = {
    CriticalReason.HEALTH_SAFETY.value: "Riesgo para la salud o la seguridad",
    CriticalReason.RECURRENCE.value: "Queja recurrente no atendida",
    CriticalReason.VULNERABILITY.value: "Persona en situación vulnerable",
}


@dataclass(frozen=True, slots=True)
class Danger:
    """
    What waits for somebody: ``state`` is «proposed» or «lowering».

    ``until`` is the minute, with its article, at which silence marks the case; ``words`` what led to it, or why it
    should be lowered.
    """

    state: str
    until: str
    reasons: tuple[str, ...]
    words: str
    asked_by: str
    asked: str


def danger_of(page: CasePage, now: datetime) -> Danger | None:
    """Return the proposal, or the lowering, that waits on this case; None if nothing does."""
    state = page.state
    proposed = page.newest(EventType.CRITICAL_PROPOSED)
    if proposed is not None and state.critical_proposed_at is not None and page.case.stage != "closed":
        until = the_clock(marked_by_silence_at(state.critical_proposed_at))
        return Danger("proposed", until, reasons_in(proposed), proposed.texts.get("words", ""), "", "")
    asked = page.newest(EventType.LOWERING_ASKED)
    if asked is not None and state.lowering_asked_at is not None:
        when = recently(state.lowering_asked_at, now)
        return Danger("lowering", "", (), asked.texts.get("reason", ""), asked.author or "La jefatura", when)
    return None


def pointless_on(page: CasePage, staff_id: int | None, now: datetime) -> set[str]:
    """Return the verbs about danger that would change nothing on this case, or not by this person."""
    state = page.state
    hidden = set()
    if not waits_for_answer(state.critical_proposed_at, now):
        hidden |= {"confirmar-critico", "rechazar-critico"}
    if state.critical_state is not CriticalState.NONE:
        hidden.add("proponer-critico")
    if state.critical_state is not CriticalState.MARKED or state.lowering_asked_at is not None:
        hidden.add("pedir-bajar")
    if state.lowering_asked_at is None or state.lowering_asked_by == staff_id:
        hidden.add("decidir-bajar")
    return hidden


def reasons_in(turn: PageTurn) -> tuple[str, ...]:
    """Return the reasons that a proposal gives, in words."""
    given = turn.payload.get("reasons")
    return tuple(REASONS.get(str(each), str(each)) for each in given) if isinstance(given, list) else ()


def reasons_of_danger(page: CasePage) -> list[str]:
    """Return why a case is critical if danger was proposed: the reasons, and the words that led to them."""
    proposed = page.newest(EventType.CRITICAL_PROPOSED)
    if proposed is None or page.state.critical_state is CriticalState.NONE:
        return []
    words = proposed.texts.get("words", "")
    return [*reasons_in(proposed), *([f"«{words}»"] if words else [])]


def _marked(turn: PageTurn) -> str:
    if turn.word("by") == "silence":
        return "Queda marcado como crítico: nadie respondió en 15 minutos"
    return "Confirmado como crítico"


def _decided(turn: PageTurn) -> str:
    if not turn.payload.get("granted"):
        return "Sigue siendo crítico: no se firmó bajarlo"
    return f"Deja de ser crítico, con dos firmas. {_now_is(turn)}"


def _now_is(turn: PageTurn) -> str:
    return f"Ahora es {CLASS_LABELS[CaseClass(turn.word('class'))].lower()}"


DANGER_TITLES: Mapping[EventType, Callable[[PageTurn], str]] = {
    EventType.CRITICAL_PROPOSED: lambda turn: f"Posible peligro: {', '.join(reasons_in(turn)).lower()}",
    EventType.CRITICAL_MARKED: _marked,
    EventType.CRITICAL_REJECTED: lambda turn: f"No es crítico. {_now_is(turn)}",
    EventType.LOWERING_ASKED: lambda _turn: "La jefatura pide que deje de ser crítico",
    EventType.LOWERING_DECIDED: _decided,
}
