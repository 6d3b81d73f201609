"""How conversations and messages went, together: the living figures of listening, clarity, apology and next step."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median

from cercana.rules.guidance import GuideStep
from cercana.rules.writing.figures import WritingFigures


@dataclass(frozen=True, slots=True)
class ConversationFigures:
    """
    The figures of a span of time; a share is None where there is nothing to measure.

    ``median_ease`` goes from 0 to 100 (M2.1c). ``apologies_given`` are those of ``apologies_due`` (M3.3c).
    ``next_steps`` are messages that say what follows and when (M3.3d). ``conversations`` are cases registered at the
    counter or by telephone, ``read_backs`` those in which it was said back what was understood (M2.1a).
    """

    messages: int
    median_ease: float | None
    apologies_due: int
    apologies_given: int
    next_steps: int
    conversations: int
    read_backs: int

    @property
    def share_of_apologies(self) -> float | None:
        """Return which share of the messages that owed an apology gave one, 0 to 1."""
        return _share(self.apologies_given, self.apologies_due)

    @property
    def share_of_next_steps(self) -> float | None:
        """Return which share of the messages says what follows and when, 0 to 1."""
        return _share(self.next_steps, self.messages)

    @property
    def share_of_read_backs(self) -> float | None:
        """Return in which share of the conversations what was understood was said back, 0 to 1."""
        return _share(self.read_backs, self.conversations)


def conversation_figures(messages: Iterable[WritingFigures], guides: Iterable[Collection[str]]) -> ConversationFigures:
    """Return the figures of ``messages`` and of conversations, each given as the steps of its guide that were used."""
    written, spoken = list(messages), list(guides)
    return ConversationFigures(
        messages=len(written),
        median_ease=median(each.ease for each in written) if written else None,
        apologies_due=sum(each.apology_due for each in written),
        apologies_given=sum(each.apologises for each in written),
        next_steps=sum(each.has_next_step for each in written),
        conversations=len(spoken),
        read_backs=sum(GuideStep.CLARIFY in steps for steps in spoken),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
