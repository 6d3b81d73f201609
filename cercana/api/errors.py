"""Why a call from outside is refused before any command or query sees it."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class TokenMissing(DomainError):
    """No token came with the call."""

    code: ClassVar[str] = "api.token_missing"
    message: ClassVar[str] = "Falta el token. Envíelo en la cabecera «Authorization: Bearer …»."
    status: ClassVar[int] = 401


class TokenRefused(DomainError):
    """The token is unknown, expired or revoked, or its client is no longer active."""

    code: ClassVar[str] = "api.token_refused"
    message: ClassVar[str] = "El token no vale: venció, se anuló o no es de aquí."
    status: ClassVar[int] = 401


class ScopeMissing(DomainError):
    """The token was not made for this."""

    code: ClassVar[str] = "api.scope_missing"
    message: ClassVar[str] = "Este token no tiene el permiso «{scope}»."
    status: ClassVar[int] = 403


class AccountMissing(DomainError):
    """The client acts for the public alone, and this is for the staff."""

    code: ClassVar[str] = "api.account_missing"
    message: ClassVar[str] = "Este sistema no actúa como personal. Un administrador le da una cuenta."
    status: ClassVar[int] = 403


class CallsTooMany(DomainError):
    """The client used up its allowance of calls."""

    code: ClassVar[str] = "api.calls_too_many"
    message: ClassVar[str] = "Demasiadas llamadas. Espere {retry_after} segundos."
    status: ClassVar[int] = 429


class NatureUnnamed(DomainError):
    """A call names a legal nature that does not exist."""

    code: ClassVar[str] = "api.nature_unknown"
    message: ClassVar[str] = "No hay una naturaleza legal «{code}». El catálogo las trae todas."


class AreaUnnamed(DomainError):
    """A call names an area or a site that does not exist today."""

    code: ClassVar[str] = "api.area_unknown"
    message: ClassVar[str] = "No hay un área o una sede «{code}». El catálogo las trae todas."


class PersonUnnamed(DomainError):
    """A call names a person who is not on record."""

    code: ClassVar[str] = "api.person_unknown"
    message: ClassVar[str] = "Esa persona no está registrada. Búsquela otra vez o mande sus datos."


class DayUnnamed(DomainError):
    """An answer or a promise does not say for when."""

    code: ClassVar[str] = "api.day_missing"
    message: ClassVar[str] = "Falta una fecha clara: «el viernes 27 de noviembre», o un día de este siglo."


class TriesTooMany(DomainError):
    """Somebody tries too many codes, or decides too often."""

    code: ClassVar[str] = "api.tries_too_many"
    message: ClassVar[str] = "Demasiados intentos con este caso. Espere {retry_after} segundos."
    status: ClassVar[int] = 429


class RequestInvalid(DomainError):
    """Something in the call does not have the form that the description of the API asks for."""

    code: ClassVar[str] = "api.request_invalid"
    message: ClassVar[str] = "La llamada tiene datos que faltan o no valen. «errors» dice cuáles."
    status: ClassVar[int] = 422


class BodyMalformed(DomainError):
    """The body is no JSON, or holds what cannot be kept."""

    code: ClassVar[str] = "api.body_malformed"
    message: ClassVar[str] = "El cuerpo no es JSON válido en UTF-8."
    status: ClassVar[int] = 400


class BodyTooLarge(DomainError):
    """The body is more than a call of words may bring."""

    code: ClassVar[str] = "api.body_too_large"
    message: ClassVar[str] = "El cuerpo pasa de {limit} bytes."
    status: ClassVar[int] = 413


class ContentTypeRefused(DomainError):
    """The body is said to be something else than JSON."""

    code: ClassVar[str] = "api.content_type_refused"
    message: ClassVar[str] = "El cuerpo va como JSON, con la cabecera «Content-Type: application/json»."
    status: ClassVar[int] = 415


class KeyMissing(DomainError):
    """A change came without its idempotency key, or with one that can be guessed."""

    code: ClassVar[str] = "api.key_missing"
    message: ClassVar[str] = (
        "Falta «Idempotency-Key»: un UUID, o de 22 a 64 letras, números, guiones o rayas bajas, hechos al azar."
    )
    status: ClassVar[int] = 400


class KeyReused(DomainError):
    """The idempotency key belongs to another call."""

    code: ClassVar[str] = "api.key_reused"
    message: ClassVar[str] = "Esta «Idempotency-Key» ya se usó con otros datos. Use una nueva para otra llamada."


class VersionPassed(DomainError):
    """The case has moved on since the version that the caller knows (RFC 9110, 13.1.1)."""

    code: ClassVar[str] = "api.version_passed"
    message: ClassVar[str] = "El caso cambió: ya va por la versión {version}. Léalo otra vez y decida."
    status: ClassVar[int] = 412


class CalendarPassed(DomainError):
    """The calendar has changed since the caller saw what it moves."""

    code: ClassVar[str] = "api.calendar_passed"
    message: ClassVar[str] = "El calendario cambió. Lea otra vez qué plazos se mueven y decida."


class CodeRefused(DomainError):
    """Number and code do not belong together, or there is no such case."""

    code: ClassVar[str] = "api.code_refused"
    message: ClassVar[str] = "El número y el código no van juntos, o el caso no existe."
    status: ClassVar[int] = 404


class MethodRefused(DomainError):
    """The address exists, but not for this verb of HTTP."""

    code: ClassVar[str] = "api.method_refused"
    message: ClassVar[str] = "Esta dirección no admite {method}."
    status: ClassVar[int] = 405


class WebhookRefused(DomainError):
    """A webhook would lead to a host that the configuration does not name, or not over https."""

    code: ClassVar[str] = "api.webhook_refused"
    message: ClassVar[str] = "Los avisos solo van por https a los equipos de CERCANA_WEBHOOK_HOSTS."
