"""Refusals about alarms and the watch over critical cases."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class AlarmQuiet(DomainError):
    """No alarm of this case waits for anybody."""

    code: ClassVar[str] = "critical.alarm_quiet"
    message: ClassVar[str] = "La alarma del caso {number} ya no suena: alguien se hizo cargo o el caso cambió."


class CheckInRepeated(DomainError):
    """The same words again say nothing new, so they count as no entry (M5.2d)."""

    code: ClassVar[str] = "critical.check_in_repeated"
    message: ClassVar[str] = "Ese texto ya está en la historia. Escriba qué cambió desde entonces."
    status: ClassVar[int] = 422


class CaseNotCritical(DomainError):
    """Only a critical case is watched."""

    code: ClassVar[str] = "critical.not_critical"
    message: ClassVar[str] = "El caso {number} no es crítico o está cerrado. Anote lo que hizo como una acción."


class AlarmLinkOver(DomainError):
    """The link of an alarm was not made by us, is two days old, or belongs to an account that is closed."""

    code: ClassVar[str] = "critical.link_over"
    message: ClassVar[str] = "Este enlace ya no sirve. Abra el caso desde la mesa."
    status: ClassVar[int] = 410


class TargetUnknown(DomainError):
    """There is no such target of alarms, or it is somebody else's."""

    code: ClassVar[str] = "critical.target_unknown"
    message: ClassVar[str] = "Ese destino ya no está en su lista."
    status: ClassVar[int] = 404


class TooManyTargets(DomainError):
    """A list of targets that nobody can survey helps nobody."""

    code: ClassVar[str] = "critical.too_many_targets"
    message: ClassVar[str] = "Ya hay {limit} destinos. Quite alguno antes de añadir otro."


class AddressUnfit(DomainError):
    """No service that Cercana can use has such an address."""

    code: ClassVar[str] = "critical.address_unfit"
    message: ClassVar[str] = "Esa dirección no es de ningún servicio conocido. Revise cómo empieza y qué le falta."
    status: ClassVar[int] = 422
