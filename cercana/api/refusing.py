"""What django-ninja finds wrong with a call, as refusals of ours with their fields named in Spanish."""

from typing import NoReturn, TypeAlias

from django.http import HttpRequest
from ninja.errors import HttpError, ValidationError

from cercana.api.errors import BodyMalformed, RequestInvalid
from cercana.rules.errors import DomainError

# django-ninja says that a handler may be given a class, too; it gives what was raised.
_Found: TypeAlias = Exception | type[Exception]
_SAID = {
    "missing": "Falta.",
    "extra_forbidden": "Este campo no existe.",
    "string_too_short": "Es muy corto.",
    "string_too_long": "Es muy largo.",
    "string_pattern_mismatch": "No tiene la forma esperada.",
    "string_type": "Tiene que ser un texto.",
    "enum": "No es una de las opciones.",
    "literal_error": "No es una de las opciones.",
    "int_parsing": "Tiene que ser un número entero.",
    "int_type": "Tiene que ser un número entero.",
    "bool_parsing": "Tiene que ser true o false.",
    "bool_type": "Tiene que ser true o false.",
    "uuid_parsing": "Tiene que ser un UUID.",
    "greater_than_equal": "Es muy pequeño.",
    "less_than_equal": "Es muy grande.",
    "too_long": "Son demasiados.",
    "too_short": "Faltan elementos.",
    "datetime_parsing": "Tiene que ser una fecha y hora con su zona (RFC 3339).",
    "timezone_aware": "Falta la zona horaria.",
    "date_from_datetime_parsing": "Tiene que ser una fecha, como 2026-11-27.",
    "date_parsing": "Tiene que ser una fecha, como 2026-11-27.",
    "time_parsing": "Tiene que ser una hora, como 16:00.",
}
_OTHERWISE = "No es válido."
_MOST_NAMED = 20


def refuse_fields(_request: HttpRequest, found: _Found) -> NoReturn:
    """Raise what is wrong with the fields of a call, the first twenty of them."""
    if not isinstance(found, ValidationError):
        raise found
    errors = [
        {"field": ".".join(_path(each["loc"])), "message": _SAID.get(each["type"], _OTHERWISE)}
        for each in found.errors[:_MOST_NAMED]
    ]
    raise RequestInvalid(errors=errors)


def refuse_body(_request: HttpRequest, found: _Found) -> NoReturn:
    """Raise why a body cannot be read: what the parser says, or that it is no JSON."""
    if isinstance(found.__cause__, DomainError):
        raise found.__cause__
    if isinstance(found, HttpError):
        raise BodyMalformed from found
    raise found


def let_pass(_request: HttpRequest, refusal: _Found) -> NoReturn:
    """Raise a refusal of ours again: the one place that turns it into an answer stands above."""
    raise refusal


def _path(place: tuple[str | int, ...]) -> list[str]:
    """Return where a field stands, without the name that the code gives to the whole."""
    source, *rest = (str(part) for part in place)
    return [source, *(part for part in rest if part not in ("given", "asked"))]
