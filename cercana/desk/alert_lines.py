"""The targets of somebody's alarms in words, with what came of the last trial."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cercana.critical.queries import Target, TrialState, Way
from cercana.ui.moments import recently

_KINDS = {Way.PUSH: ("bell", "Celular o equipo"), Way.NOTIFIER: ("paper-plane-tilt", "Otro servicio")}
_ERRORS = {
    "push.gone": "Ese equipo ya no recibe avisos. Quítelo y actívelo otra vez desde él.",
    "push.401": "El servicio de avisos no reconoce a esta instalación. Actívelo otra vez.",
    "push.403": "El servicio de avisos no reconoce a esta instalación. Actívelo otra vez.",
    "target.unreadable": "Se guardó con otra clave de la instalación. Quítelo y añádalo de nuevo.",
    "notifier.refused": "El servicio no aceptó el mensaje. Revise la dirección y sus permisos.",
    "notifier.unfit": "La dirección ya no es de un servicio conocido. Añádala de nuevo.",
}
_SILENT = "No contestó a tiempo. Se intenta igual cuando suene una alarma."
_OTHER = "No se pudo enviar ({code}). Se intenta igual cuando suene una alarma."


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One target: ``look`` is that of a seal: «resuelto», «riesgo», or "" while there is nothing to say."""

    id: int
    icon: str
    kind: str
    label: str
    since: str
    look: str
    said: str
    is_waiting: bool


def alert_lines(targets: Iterable[Target], now: datetime) -> list[AlertLine]:
    """Return the lines of the list."""
    return [_line(each, now) for each in targets]


def _line(target: Target, now: datetime) -> AlertLine:
    icon, kind = _KINDS[target.way]
    look, said = _trial(target, now)
    return AlertLine(
        target.id,
        icon,
        kind,
        target.label,
        recently(target.since, now),
        look,
        said,
        target.trial is TrialState.WAITING,
    )


def _trial(target: Target, now: datetime) -> tuple[str, str]:
    when = recently(target.tried_at, now) if target.tried_at else ""
    match target.trial:
        case TrialState.WAITING:
            return "", "Enviando la prueba…"
        case TrialState.WORKED:
            return "resuelto", f"La prueba salió, {when}. Mire si llegó."
        case TrialState.KEPT:
            return "", "En la demostración no sale nada: la prueba se quedó aquí."
        case TrialState.FAILED:
            silent = target.error.endswith(".silent")
            return "riesgo", _SILENT if silent else _ERRORS.get(target.error, _OTHER.format(code=target.error))
        case _:
            return "", "Sin probar"
