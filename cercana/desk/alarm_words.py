"""The alarms of critical cases in words, for the history of a case and for the wall."""

from cercana.cases.queries import CasePage, PageTurn
from cercana.rules.escalation import RUNG_LABELS, AlarmCause, Rung
from cercana.rules.history import EventType
from cercana.rules.vigilance import DEEDS

ALARM_EVENTS = (EventType.ALARM_RAISED, EventType.ALARM_ESCALATED, EventType.ALARM_ACKNOWLEDGED)

_CAUSES = {AlarmCause.CRITICAL: "caso crítico", AlarmCause.SILENCE: "no se anotó nada nuevo"}
_WAYS = {
    "wall": "desde el muro",
    "mail": "desde su correo",
    "push": "desde su celular",
    "notifier": "desde un aviso en otro servicio",
}


def alarm_title(turn: PageTurn) -> str:
    """Return what the history says of an alarm: why it rings, whom it calls, who took charge."""
    if turn.type is EventType.ALARM_ACKNOWLEDGED:
        return f"Se hizo cargo {_WAYS.get(turn.word('way'), '')}".strip()
    called = _called(turn)
    if turn.type is EventType.ALARM_ESCALATED:
        return f"Nadie se hizo cargo en 10 minutos: {called}"
    return f"Suena la alarma, {_CAUSES[AlarmCause(turn.word('cause'))]}: {called}"


def is_ringing(page: CasePage) -> bool:
    """Tell whether the history of a critical case ends with an alarm that waits for somebody."""
    newest, raised, deed = (page.newest(*types) for types in (ALARM_EVENTS, [EventType.ALARM_RAISED], DEEDS))
    if newest is None or raised is None or newest.type is EventType.ALARM_ACKNOWLEDGED:
        return False
    return raised.word("cause") == AlarmCause.CRITICAL or deed is None or deed.sequence < raised.sequence


def _called(turn: PageTurn) -> str:
    names = turn.others.get("called", "")
    return f"se llama a {names} ({RUNG_LABELS[Rung(turn.word('rung'))]})" if names else "no hay a quién llamar"
