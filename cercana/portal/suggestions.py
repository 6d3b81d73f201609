"""Which categories a text may be about: those that share words with it, the rarer the word the better."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cercana.rules.folding import fold

_MOST = 4
_NEAR_THE_BEST = 0.3
_SHORTEST_WORD = 4
# Of a longer word only the beginning is compared, so that «veredas» finds «vereda» and «ruidos» «ruidoso».
_STEM = 5
_COMMON = frozenset(
    {
        "nadie",
        "quiero",
        "cuadra",
        "calle",
        "hace",
        "haber",
        "tengo",
        "para",
        "pero",
        "como",
        "esta",
        "este",
        "esto",
        "desde",
        "hasta",
        "donde",
        "cuando",
        "porque",
        "sobre",
        "tiene",
        "there",
        "with",
        "that",
        "this",
        "from",
        "have",
        "want",
        "they",
        "street",
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A category and every word that speaks for it."""

    code: str
    words: str


def suggest(text: str, candidates: Sequence[Candidate]) -> list[str]:
    """Return the codes of up to four candidates that share words with ``text``, best first."""
    stems_of = {each.code: _stems(each.words) for each in candidates}
    known_by = Counter(stem for stems in stems_of.values() for stem in stems)
    said = _stems(text)
    scores = {code: sum(1 / known_by[stem] for stem in stems & said) for code, stems in stems_of.items()}
    best = max(scores.values(), default=0)
    found = [code for code, score in scores.items() if score > 0 and score >= best * _NEAR_THE_BEST]
    return sorted(found, key=lambda code: -scores[code])[:_MOST]


def _stems(text: str) -> set[str]:
    return set(_stems_in(re.findall(r"\w+", fold(text))))


def _stems_in(words: Iterable[str]) -> Iterable[str]:
    return (word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD and word not in _COMMON)
