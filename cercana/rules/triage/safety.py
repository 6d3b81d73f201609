"""The quiet notice for whoever tells of danger: call first, and whom (M5.1). Nothing of what is read here is kept."""

from dataclasses import dataclass

from cercana.rules.classification import CriticalReason
from cercana.rules.triage.proposal import danger_in_text

# Who complains for the third time needs us, but no ambulance.
_CALLS_FIRST = frozenset({CriticalReason.HEALTH_SAFETY, CriticalReason.VULNERABILITY})


@dataclass(frozen=True, slots=True)
class SafetyNotice:
    """That a text speaks of danger, and the words of it that do."""

    words: tuple[str, ...]


def safety_notice(text: str) -> SafetyNotice | None:
    """Return the notice that a text calls for; None where nobody has to be called before we are."""
    danger = danger_in_text(text.strip())
    if danger is None or _CALLS_FIRST.isdisjoint(danger.reasons):
        return None
    return SafetyNotice(tuple(danger.words.splitlines()))
