"""An attention that was begun in this browser and not sent: its key, and the names of the texts that are kept of it."""

import uuid
from collections.abc import Mapping
from contextlib import suppress

from cercana.cases import queries

ATTENTION, ON_THE_SPOT = "atender", "momento"
_KEPT: Mapping[str, tuple[str, ...]] = {
    ATTENTION: (
        "relato",
        "lugar",
        "pedido",
        "nombre",
        "documento",
        "adulto",
        "telefono",
        "correo",
        "sin-contacto",
        "canal",
    ),
    ON_THE_SPOT: ("pidio", "respuesta", "canal"),
}


def drafts_of(form: str, key: str) -> str:
    """Return the names under which the texts of one attention are kept, to be forgotten once it was sent."""
    return " ".join(f"{form}:{key}:{name}" for name in _KEPT[form]) if key else ""


def key_to_begin(asked: str) -> str:
    """
    Return the key of a form: the one ``asked`` for, to go on with what was begun under it, or else a new one.

    A key under which a case was registered stands for that case: what is written next belongs to somebody else.
    """
    with suppress(ValueError):
        key = uuid.UUID(asked)
        if not queries.registered_keys([key]):
            return str(key)
    return str(uuid.uuid4())
