"""Whether two messages are about the same matter: same facts at the same place, or same file of the same person."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from cercana.rules.similarity import key_of, matter_of
from cercana.rules.triage.grammar import read
from cercana.rules.triage.spoken_numbers import numbers_of
from cercana.rules.triage.words import sound_of

_NAME = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\wáéíóúñ]{2,}")
_LEAST_PREFIX = 5
_NEARLY, _HARDLY = 0.5, 0.15
# Tuned on half of the pairs of the corpus: what each sign adds to the log-odds.
_START = 0.6
_WEIGHTS = (0.3, -1.7, 0.5, 0.2, 0.1, 0.6, -2.6, -3.0)
SAME_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Matter:
    """What a message can be compared by."""

    numbers: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    families: frozenset[str]
    signals: frozenset[str]


@lru_cache(maxsize=2_000)
def matter(text: str) -> Matter:
    """Return what ``text`` can be compared by."""
    reading = read(text)
    return Matter(
        numbers=numbers_of(text),
        words=frozenset(sound_of(key)[:_LEAST_PREFIX] for key in matter_of(text)),
        names=frozenset(sound_of(key_of(name))[:_LEAST_PREFIX] for name in _NAME.findall(text)),
        families=frozenset(
            key for key in reading.places if key[0] not in "'" and not key.startswith(("C_", "Q_", "A_"))
        ),
        signals=frozenset(each for each in reading.signals() if not each.startswith("x_")),
    )


def signs_of(one: Matter, other: Matter) -> tuple[float, ...]:
    """
    Return the signs that the rule weighs, in the order of its weights.

    A number in common; numbers, and none in common; words, families of words in common; a name in common; dangers in
    common; nearly the same words around another object or door; nothing in common.
    """
    both = bool(one.numbers) and bool(other.numbers)
    shared = bool(one.numbers & other.numbers)
    names = one.names & other.words or one.names & other.names or other.names & one.words
    words = _overlap(one.words, other.words)
    # Who tells the same matter again uses other words; nearly the same words around another object or door tell
    # matters apart («el ascensor de la 501», «de la 765»).
    swapped = words >= _NEARLY and bool(one.words - other.words) and bool(other.words - one.words)
    return (
        float(shared),
        float(both and not shared),
        words,
        _overlap(one.families, other.families),
        float(bool(names)),
        _overlap(one.signals, other.signals),
        float(swapped),
        float(not shared and not names and words < _HARDLY),
    )


def same_matter_score(a: str, b: str) -> float:
    """Return how likely ``a`` and ``b`` are about the same matter, 0 to 1; from SAME_FROM on they are taken to be."""
    signs = signs_of(matter(a), matter(b))
    return 1 / (1 + math.exp(-_START - sum(weight * sign for weight, sign in zip(_WEIGHTS, signs, strict=True))))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of the smaller set the other one has."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
