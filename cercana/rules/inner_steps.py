"""
The steps inside the municipality that the law gives days of their own, as a table (peru.md §11).

They are watched like promises and bind nobody outside, so the queue does not follow them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cercana.rules.classification import ClockKind


@dataclass(frozen=True, slots=True)
class InnerStep:
    """A step: in how many working days after what begins it, by which norm, and what the watch says of it."""

    working_days: int
    norm: str
    near: str
    missed: str


INNER_STEPS: Mapping[ClockKind, InnerStep] = {
    # From the reception of a case with a term of the law until an area has it.
    ClockKind.DERIVE: InnerStep(
        3,
        "DS 007-2020-PCM, art. 16.1",
        "Falta derivarlo: el plazo para hacerlo está por terminar",
        "Se venció el plazo para derivarlo",
    ),
    # From «debo abstenerme» until the superior has decided.
    ClockKind.DECIDE: InnerStep(
        3,
        "DS 006-2026-JUS, art. 89",
        "Falta decidir una abstención: el plazo está por terminar",
        "Se venció el plazo para decidir una abstención",
    ),
    # From the answer of a case that ends with its notification until that is sent.
    ClockKind.NOTIFY: InnerStep(
        2,
        "DS 007-2020-PCM, art. 17.1",
        "Falta notificar la respuesta: el plazo está por terminar",
        "Se venció el plazo para notificar la respuesta",
    ),
}
