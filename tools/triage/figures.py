"""Figures of agreement between what triage says and what the annotators said."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """Precision and recall of a label, 0 to 1, and how many messages have it."""

    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


def share(pairs: Iterable[tuple[bool, bool]]) -> Share:
    """Return precision and recall over pairs of (annotated, said)."""
    seen = Counter(pairs)
    hits = seen[True, True]
    return Share(
        precision=hits / ((hits + seen[False, True]) or 1),
        recall=hits / ((hits + seen[True, False]) or 1),
        count=hits + seen[True, False],
    )


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean F1 over the labels annotated."""
    labels = sorted({annotated for annotated, _ in pairs})
    return sum(share((one == label, other == label) for one, other in pairs).f1 for label in labels) / len(labels)


def kappa(pairs: Sequence[tuple[object, object]]) -> float:
    """Return Cohen's kappa of two readers: 1 is full agreement, 0 what chance gives."""
    total = len(pairs)
    agreed = sum(one == other for one, other in pairs) / total
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / total**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)
