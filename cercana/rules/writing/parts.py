"""What is written to a citizen in several parts, read as the citizen reads it: one after the other."""

from collections.abc import Mapping
from dataclasses import replace

from cercana.rules.named_times import names_a_time
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Review, Situation, review

BETWEEN = "\n"


def joined(texts: Mapping[str, str]) -> str:
    """Return the parts that are not empty as one text."""
    return BETWEEN.join(text for text in texts.values() if text)


def reviewed(texts: Mapping[str, str], situation: Situation) -> Review:
    """Return what the assistant says of ``texts``, by the name of each part in the order of reading."""
    found = review(joined(texts), situation)
    if texts.get("next_step") and names_a_time(texts.get("by_when", "")):
        # An answer has a part for each: «para cuándo» says the day that the sentence before it leaves open.
        kept = [each for each in found.findings if each.fault is not Fault.NO_NEXT_STEP]
        return replace(found, findings=tuple(kept))
    return found
