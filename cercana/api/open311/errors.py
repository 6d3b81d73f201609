"""Why a call of Open311 is refused; each is told as the specification says."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class JurisdictionUnknown(DomainError):
    """The call is for another municipality."""

    code: ClassVar[str] = "open311.jurisdiction_unknown"
    message: ClassVar[str] = "Aquí no se atiende jurisdiction_id «{jurisdiction}»."
    status: ClassVar[int] = 404


class ServiceMissing(DomainError):
    """A report does not say what it is about."""

    code: ClassVar[str] = "open311.service_missing"
    message: ClassVar[str] = "Falta service_code."
    status: ClassVar[int] = 400


class ServiceUnknown(DomainError):
    """There is no such service, or it is not offered here."""

    code: ClassVar[str] = "open311.service_unknown"
    message: ClassVar[str] = "No hay un servicio «{service}». services.json los trae todos."
    status: ClassVar[int] = 404


class PlaceMissing(DomainError):
    """A report does not say where."""

    code: ClassVar[str] = "open311.place_missing"
    message: ClassVar[str] = "Falta el lugar: lat y long, address_string o address_id."
    status: ClassVar[int] = 400


class ValueRefused(DomainError):
    """An argument cannot be read."""

    code: ClassVar[str] = "open311.value_refused"
    message: ClassVar[str] = "El valor de {name} no es válido."
    status: ClassVar[int] = 400


class SpanTooLong(DomainError):
    """The dates are further apart than ninety days."""

    code: ClassVar[str] = "open311.span_too_long"
    message: ClassVar[str] = "Entre start_date y end_date puede haber 90 días como máximo."
    status: ClassVar[int] = 400


class RequestUnknown(DomainError):
    """There is no such report, or it is not public."""

    code: ClassVar[str] = "open311.request_unknown"
    message: ClassVar[str] = "No hay un reporte público «{number}»."
    status: ClassVar[int] = 404


class TokenUnknown(DomainError):
    """No report has this token."""

    code: ClassVar[str] = "open311.token_unknown"
    message: ClassVar[str] = "No hay un reporte con ese token."
    status: ClassVar[int] = 404
