"""Whether two messages are about the same matter: same facts at the same place, or same file of the same person."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cercana.rules.folding import fold
from cercana.rules.similarity import STOP_WORDS, key_of, matter_of
from cercana.rules.triage.grammar import read
from cercana.rules.triage.spoken_numbers import numbers_of
from cercana.rules.triage.words import sound_of

_NAME = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\wáéíóúñ]{2,}")
_NUMBERED = re.compile(r"(\w+)\W+(?:n[°.º]?\s*|no\.?\s*)?(\d{1,9})\b")
# Words of folded texts: who comes back to a matter, who wants a paper or information, and who tells of long ago.
_AGAIN = re.compile(
    r"\b(sigue|siguen|mism[oa]|de nuevo|otra vez|todavia|ya (avis|llam|report)|tambien|aun|nadie (vino|ha venido)|igual"
    r"|insist|reiter|pregunta por|llamo por|lo de)"
)
_PAPER = re.compile(
    r"\b(copia|video|constancia|certificado|requisit|talleres|inscrib|cuanto|horario|quisiera saber|consulta)"
)
_PAST = re.compile(
    r"\b(hace (dos|tres|un|una|\d+)|(semana|mes|ano) pasad[oa]"
    r"|ya l[aeo]s? (arregl|cambi|repus|levant|recog|pod|sac|tap))"
)
_NO_NAMES = STOP_WORDS.union(
    ("avenida", "calle", "jiron", "parque", "pasaje", "esquina", "cuadra", "vecino", "vecina", "vecinos"),
    ("hoy", "ayer", "pido", "pide", "oye", "mire", "oiga"),
)
_OF_MATTER = ("x_", "t_", "a_", "staff_", "reminder", "repeat", "first_time", "related")
_LEAST_PREFIX = 5
_NEARLY, _HARDLY, _EQUAL, _FEWEST = 0.5, 0.15, 0.8, 2
# Fitted on half of the pairs of the corpus: what each sign adds to the log-odds. Two are set by hand, since those pairs
# have no strangers to each other and no message that came twice: «nothing in common» and «the same words».
_START = 1.0
_WEIGHTS = (0.2, -0.6, 0.4, -0.7, -2.3, -4.5, -1.0, 2.0, -1.0, -0.8, 4.0)
SAME_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Matter:
    """What a message can be compared by; ``numbered`` has words with the number after them («bus 12»)."""

    numbers: frozenset[str]
    numbered: Mapping[str, str]
    words: frozenset[str]
    names: frozenset[str]
    signals: frozenset[str]
    again: bool
    wants_paper: bool
    long_ago: bool


@lru_cache(maxsize=2_000)
def matter(text: str) -> Matter:
    """Return what ``text`` can be compared by."""
    reading = read(text)
    bare = fold(text)
    return Matter(
        numbers=numbers_of(text),
        numbered={_prefix(word): number for word, number in _NUMBERED.findall(bare)},
        words=frozenset(map(_prefix, matter_of(text))),
        names=frozenset(_prefix(key_of(name)) for name in _NAME.findall(text) if fold(name) not in _NO_NAMES),
        signals=frozenset(each for each in reading.signals() if not each.startswith(_OF_MATTER)),
        again=bool(_AGAIN.search(bare)),
        wants_paper=bool(_PAPER.search(bare)),
        long_ago=bool(_PAST.search(bare)),
    )


def signs_of(one: Matter, other: Matter) -> tuple[float, ...]:
    """
    Return the signs that the rule weighs, in the order of its weights.

    A number in common; numbers, and none in common; dangers in common; danger in one only; nearly the same words around
    another object or door; nothing in common; another number after the same word; one comes back to a matter; one wants
    a paper, one is long ago and the other not; the same words, and nothing tells apart.
    """
    both = bool(one.numbers) and bool(other.numbers)
    shared = bool(one.numbers & other.numbers)
    named = one.names & other.words | one.names & other.names | other.names & one.words
    words = _overlap(one.words, other.words)
    # Who tells the same matter again uses other words; nearly the same words around another object or door tell
    # matters apart («el ascensor de la 501», «de la 765»).
    swapped = words >= _NEARLY and bool(one.words - other.words) and bool(other.words - one.words)
    renumbered = any(other.numbered.get(word, number) != number for word, number in one.numbered.items())
    equal = len(one.words & other.words) >= _EQUAL * len(one.words | other.words) > 0
    return (
        float(shared),
        float(both and not shared),
        _overlap(one.signals, other.signals),
        float(bool(one.signals) != bool(other.signals)),
        float(swapped),
        float(not (shared and words) and not named and (words < _HARDLY or len(one.words & other.words) < _FEWEST)),
        float(renumbered),
        float(one.again or other.again),
        float(one.wants_paper != other.wants_paper),
        float(one.long_ago != other.long_ago),
        float(equal and not renumbered and (shared or not both)),
    )


def same_matter_score(a: str, b: str) -> float:
    """Return how likely ``a`` and ``b`` are about the same matter, 0 to 1; from SAME_FROM on they are taken to be."""
    signs = signs_of(matter(a), matter(b))
    return 1 / (1 + math.exp(-_START - sum(weight * sign for weight, sign in zip(_WEIGHTS, signs, strict=True))))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of the smaller set the other one has."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _prefix(word: str) -> str:
    return sound_of(word)[:_LEAST_PREFIX]
