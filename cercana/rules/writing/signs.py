"""
Signs of a whole draft, weighed together: a blunt sentence is likelier in a draft that neither greets nor thanks.

``verdicts.txt`` holds, for each fault that words in many ways can have, how much each sign says for it or against it.
``make writing-weights`` learns them; a sum above 0 is a fault.
"""

from collections.abc import Mapping, Sequence
from importlib import resources

from cercana.rules.classification import RequestKind
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.promises import futures
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.situation import Situation

ALWAYS = "always"
CUE = "cue"
HEAVIEST = "heaviest"
SECOND = "second"
_TOLD = (
    "greeting", "empathy", "apology", "courteous", "next", "future", "asks", "dated", "vague", "standing", "admission",
    "blunt", "blame", "inquiry_sign", "claim_sign",
)  # fmt: skip
_COUNTED = ("dated", "next", "inquiry_sign", "claim_sign")
_MOST_COUNTED = 5
_LONG = 150
_LIGHTEST = -4.0
_SEPARATOR = "\t"


def signs_of(reading: Reading, situation: Situation) -> dict[str, float]:
    """Return the signs that are the same whatever fault is asked for: yes is 1, no is 0, counts are capped."""
    draft = reading.draft
    signs = {f"has {topic}": float(reading.has(topic)) for topic in _TOLD}
    signs |= {f"times {topic}": float(min(_MOST_COUNTED, len(reading.matches(topic)))) for topic in _COUNTED}
    return signs | {
        ALWAYS: 1.0,
        "words": min(len(draft.words), _LONG) / _LONG,
        "sentences": float(min(_MOST_COUNTED, len(draft.sentences))),
        "questions": float(min(_MOST_COUNTED, draft.text.count("?"))),
        "exclamations": float(min(_MOST_COUNTED, draft.text.count("!"))),
        "please": float("por favor" in draft.text.lower()),
        "verbs to come": float(next(futures(reading), None) is not None),
        "inquiry": float(situation.kind is RequestKind.INQUIRY),
        "claim": float(situation.kind is RequestKind.CLAIM),
        "late": float(situation.is_late),
    }


def own_signs(weights: Sequence[float], has_cue: bool) -> dict[str, float]:
    """Return the signs for one fault: the ``weights`` of the clauses for its topic, and whether a cue was found."""
    ordered = sorted([*weights, _LIGHTEST, _LIGHTEST], reverse=True)
    return {HEAVIEST: ordered[0], SECOND: ordered[1], CUE: float(has_cue)}


def total(verdict: Mapping[str, float], signs: Mapping[str, float]) -> float:
    """Return the sum of ``signs`` by the weights of ``verdict``: above 0 is a fault."""
    return sum(weight * signs.get(sign, 0.0) for sign, weight in verdict.items())


def _read_verdicts() -> Mapping[Fault, Mapping[str, float]]:
    verdicts: dict[Fault, dict[str, float]] = {}
    text = (resources.files("cercana.rules.writing") / "verdicts.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        fault, sign, weight = line.split(_SEPARATOR)
        verdicts.setdefault(Fault(fault), {})[sign] = float(weight)
    return verdicts


VERDICTS = _read_verdicts()
