"""What is known of the case that a draft answers."""

from dataclasses import dataclass

from cercana.rules.classification import ClaimType, RequestKind


@dataclass(frozen=True, slots=True)
class Situation:
    """
    What is known of the case a draft answers; by default nothing.

    ``question`` is what the citizen wrote; ``known`` has the codes documento, telefono, correo, direccion, nombre and
    foto; ``promised`` is the day already promised, in words.
    """

    kind: RequestKind | None = None
    claim_type: ClaimType | None = None
    is_late: bool = False
    is_our_fault: bool | None = None
    question: str = ""
    known: frozenset[str] = frozenset()
    first_name: str = ""
    promised: str = ""


UNKNOWN = Situation()
