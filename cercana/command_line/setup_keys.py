"""The keys of the file of ``cercana setup``: what each takes, and in a sentence what is wrong with what was given."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any, TypeAlias

from cercana.rules.classification import RequestKind
from cercana.rules.folding import fold
from cercana.rules.time_texts import TEXTS

_CODE = re.compile(r"[a-z0-9_-]+")
_PREFIX = re.compile(r"[A-Z]{1,4}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEEKDAYS = {fold(name): place for place, name in enumerate(TEXTS["es"].weekdays)}

# Returns what the entry keeps, or raises Unfit.
Reader: TypeAlias = Callable[[object], object]


class Unfit(ValueError):
    """What was given is not what the key takes; the text ends the sentence that begins with the key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is written in the file, the ``field`` of the entry it fills, and how it is read."""

    name: str
    field: str
    read: Reader
    is_required: bool = True


def read_table(where: str, given: object, keys: Sequence[Key], problems: list[str]) -> dict[str, Any]:
    """Return the fields that the table ``given`` fills; what is unknown, missing or unfit is added to ``problems``."""
    if not isinstance(given, dict):
        problems.append(f"{where} debe ser una tabla, con sus datos en las líneas de abajo.")
        return {}
    names = [key.name for key in keys]
    problems.extend(_unknown(where, name, names) for name in given if name not in names)
    values = {}
    for key in keys:
        if key.name not in given:
            if key.is_required:
                problems.append(f"En {where} falta «{key.name}».")
            continue
        try:
            values[key.field] = key.read(given[key.name])
        except Unfit as unfit:
            problems.append(f"En {where}, «{key.name}» {unfit}.")
    return values


def _unknown(where: str, name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"En {where} no existe «{name}»." + (f" ¿Quisiste decir «{near[0]}»?" if near else "")


def text(most: int) -> Reader:
    """Return the reader of a text of up to ``most`` letters."""

    def read(given: object) -> str:
        if not isinstance(given, str) or not given.strip():
            raise Unfit("debe ser un texto entre comillas")
        if len(given) > most:
            raise Unfit(f"tiene {len(given)} letras y caben {most}")
        return given.strip()

    return read


def code(given: object) -> str:
    """Return a code."""
    return _shaped(given, _CODE, "debe ser un código: minúsculas sin tilde, cifras, «-» o «_», hasta 40", most=40)


def prefix(given: object) -> str:
    """Return the letters that begin the numbers of cases."""
    return _shaped(given, _PREFIX, "debe tener de una a cuatro mayúsculas, como «SI»", most=4)


def email(given: object) -> str:
    """Return a mail address."""
    return _shaped(given, _EMAIL, "debe ser un correo, como nombre@ejemplo.gob.pe", most=254)


def _shaped(given: object, shape: re.Pattern[str], expected: str, *, most: int) -> str:
    if not isinstance(given, str) or len(given) > most or not shape.fullmatch(given):
        raise Unfit(expected)
    return given


def web_address(given: object) -> str:
    """Return the address of a page."""
    if not isinstance(given, str) or not given.startswith("https://") or len(given) > 200:
        raise Unfit("debe ser una dirección que empieza con https://")
    return given


def day(given: object) -> date:
    """Return a date; one with an hour is none."""
    if not isinstance(given, date) or isinstance(given, datetime):
        raise Unfit("debe ser una fecha sin comillas, como 2026-01-01")
    return given


def hour(given: object) -> time:
    """Return a time of the day."""
    if not isinstance(given, time):
        raise Unfit("debe ser una hora sin comillas, como 08:00:00")
    return given


def weekdays(given: object) -> tuple[int, ...]:
    """Return days of the week, 0 for Monday, by their Spanish names."""
    names = given if isinstance(given, list) else []
    if not names or not all(isinstance(each, str) and fold(each) in _WEEKDAYS for each in names):
        raise Unfit('debe ser una lista de días, como ["lunes", "martes"]')
    return tuple(sorted({_WEEKDAYS[fold(each)] for each in names}))


def yes_no(given: object) -> bool:
    """Return a yes or no."""
    if not isinstance(given, bool):
        raise Unfit("debe ser true o false, sin comillas")
    return given


def inquiry(given: object) -> RequestKind:
    """Return what a category proposes: an inquiry, or a claim."""
    return RequestKind.INQUIRY if yes_no(given) else RequestKind.CLAIM


def number(given: object) -> int:
    """Return a figure of the policy."""
    if not isinstance(given, int) or isinstance(given, bool) or not 0 < given < 1_000:
        raise Unfit("debe ser un número entero de 1 a 999, sin comillas")
    return given


def one_of(choices: Mapping[str, object]) -> Reader:
    """Return the reader of one of ``choices`` by its code."""

    def read(given: object) -> object:
        if not isinstance(given, str) or given not in choices:
            raise Unfit(f"debe ser uno de estos: {', '.join(choices)}")
        return choices[given]

    return read
