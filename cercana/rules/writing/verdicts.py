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
# Those that words do; the others are missing.
_SAID = frozenset({Fault.BLAME, Fault.BLUNT, Fault.VAGUE_PROMISE})


def judged(reading: Reading, situation: Situation) -> frozenset[Fault]:
    """Return which of TOPICS the draft has."""
    signs = signs_of(reading, situation)
    return frozenset(fault for fault in TOPICS if _has(fault, reading, situation, signs))


def _has(fault: Fault, reading: Reading, situation: Situation, signs: Mapping[str, float]) -> bool:
    if fault is Fault.NO_EMPATHY and situation.kind is RequestKind.INQUIRY:
        return False
    has_cues = has_cue(fault, reading, situation)
    if not has_cues and fault in _SAID and not _is_said(fault, reading):
        return False
    if not has_cues and fault not in _SAID and _is_there(fault, reading):
        return False
    own = own_signs(reading.weights(TOPICS[fault]), has_cues)
    return total(VERDICTS[fault], {**signs, **own}) > 0


def _is_there(fault: Fault, reading: Reading) -> bool:
    """Tell whether what a cue found is borne out: a clause weighs for it, or a step is told with its day."""
    return max(reading.weights(TOPICS[fault])) > 0 or (fault is Fault.NO_NEXT_STEP and reading.has("dated"))


def _is_said(fault: Fault, reading: Reading) -> bool:
    """Tell whether a clause weighs for ``fault`` on its own; of promises, in a draft that names no day."""
    if max(reading.weights(TOPICS[fault])) <= 0:
        return False
    # «Tapamos el hueco» may be done or to come: where a day stands anywhere, only cues tell a promise without one.
    return fault is not Fault.VAGUE_PROMISE or not reading.has("dated")


def told_at(fault: Fault, reading: Reading) -> Iterator[Span]:
    """Yield where the draft has ``fault``: at its cues or, where none is known, in the heaviest clause."""
    spans = list(spans_of(fault, reading))
    yield from spans or [reading.heaviest(TOPICS[fault])]
