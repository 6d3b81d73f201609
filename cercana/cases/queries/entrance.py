"""How somebody from outside is let in to one case: by its number and code, or by what a signed link names."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.models import Case
from cercana.rules import tracking

# Compared in place of a case that does not exist, so that the answer takes as long.
_NOBODY = str(uuid.UUID(int=0))


@dataclass(frozen=True, slots=True)
class Entrance:
    """The door of one case: what a code or link must fit, and since when the case is closed."""

    key: uuid.UUID
    number: str
    generation: int
    closed_at: datetime | None


def entrance_by_code(number: str, typed_code: str, *, secret: bytes) -> Entrance | None:
    """Return the door that number and code open together, or None without telling which of them is wrong."""
    found = _entrances(number=number)
    key, generation = (str(found.key), found.generation) if found else (_NOBODY, 1)
    fits = tracking.matches(typed_code, secret=secret, case_key=key, generation=generation)
    return found if fits else None


def entrance_by_key(key: uuid.UUID, generation: int) -> Entrance | None:
    """Return the door of the case ``key``, or None if its access was revoked since ``generation``."""
    found = _entrances(key=key)
    return found if found and found.generation == generation else None


def entrance_by_number(number: str) -> Entrance | None:
    """Return the door of the case ``number``; who asks has proved elsewhere that they may pass."""
    return _entrances(number=number)


def _entrances(**which: object) -> Entrance | None:
    row = Case.objects.filter(**which).values_list("key", "number", "access_generation", "closed_at").first()
    return Entrance(*row) if row else None
