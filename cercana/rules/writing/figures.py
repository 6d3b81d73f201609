"""The figures that stay with a message once it is sent: of the message, for the monthly analysis, of no person."""

from dataclasses import dataclass

from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Review, Situation


@dataclass(frozen=True, slots=True)
class WritingFigures:
    """
    How a message was when it left.

    ``ease`` is the reading ease from 0 to 100; ``problems`` are the faults left in it, each once. ``apology_due`` tells
    that the manual asks for one (M3.3c), ``apologises`` that there is one then. ``has_next_step`` tells that it says
    what follows and when (M3.3d).
    """

    ease: int
    problems: tuple[Fault, ...]
    apology_due: bool
    apologises: bool
    has_next_step: bool


def figures_of(found: Review, situation: Situation) -> WritingFigures:
    """Return the figures of a message in ``situation``, of which the assistant ``found`` this."""
    lacks_apology = Fault.NO_APOLOGY in found.problems
    is_due = lacks_apology or situation.is_late or situation.is_our_fault is True
    return WritingFigures(
        ease=found.score,
        problems=tuple(found.problems),
        apology_due=is_due,
        apologises=is_due and not lacks_apology,
        has_next_step=Fault.NO_NEXT_STEP not in found.problems and Fault.VAGUE_PROMISE not in found.problems,
    )
