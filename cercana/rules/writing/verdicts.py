"""Faults that can be told in many ways: what the cues say, what the clauses weigh and the signs of the whole draft."""

from collections.abc import Iterator, Mapping

from cercana.rules.classification import RequestKind
from cercana.rules.writing.cues import has_cue, spans_of
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.reading import Reading, Span
from cercana.rules.writing.signs import VERDICTS, own_signs, signs_of, total
from cercana.rules.writing.situation import Situation

# The lists of clauses that speak of each fault.
TOPICS: Mapping[Fault, str] = {
    Fault.BLAME: "blame",
    Fault.BLUNT: "blunt",
    Fault.VAGUE_PROMISE: "vague",
    Fault.NO_NEXT_STEP: "next",
    Fault.NO_EMPATHY: "empathy",
}


def judged(reading: Reading, situation: Situation) -> frozenset[Fault]:
    """Return which of TOPICS the draft has."""
    signs = signs_of(reading, situation)
    return frozenset(fault for fault in TOPICS if _has(fault, reading, situation, signs))


def _has(fault: Fault, reading: Reading, situation: Situation, signs: Mapping[str, float]) -> bool:
    if fault is Fault.NO_EMPATHY and situation.kind is RequestKind.INQUIRY:
        return False
    own = own_signs(reading.weights(TOPICS[fault]), has_cue(fault, reading, situation))
    return total(VERDICTS[fault], {**signs, **own}) > 0


def told_at(fault: Fault, reading: Reading) -> Iterator[Span]:
    """Yield where the draft has ``fault``: at its cues or, where none is known, in the heaviest clause."""
    spans = list(spans_of(fault, reading))
    yield from spans or [reading.heaviest(TOPICS[fault])]
