"""The sentences of a told story that carry its matter, to be read back in the person's own words (M2.1a)."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from cercana.rules.classification import CriticalReason
from cercana.rules.folding import fold
from cercana.rules.similarity import written_words
from cercana.rules.triage.proposal import Span

_SENTENCE = re.compile(r"[^.!?…\n]*[^.!?…\s][^.!?…\n]*")
_CLAUSE_END = re.compile(r"[,;:]\s+(?:es que\s+)?")
# With such words people come to the matter; a clause of nothing else says none of it.
_COURTESIES = re.compile(
    r"(disculp|perdon|molest(ia|ar)|llor|agradec|saludos|joven|urgente|quitarle|tiempo|mire|oiga|sepa|alo|digo)\w*"
)
_DANGERS = frozenset(CriticalReason)
_OF_DANGER, _OF_A_CUE, _OF_A_WORD = 6, 2, 1
_MOST_WORDS = 12
_MOST_SENTENCES = 2
_LONGEST_SENTENCE = 110
_LONGEST = 180


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: int
    text: str
    weight: int


def matter_of(text: str, spans: Collection[Span] = ()) -> str:
    """
    Return the one or two sentences of ``text`` that say most of what it is about, in their order, without a stop.

    ``spans`` are the words by which triage knew the matter: a sentence with one of them, above all one of danger, goes
    before a longer one. What is said before the matter out of courtesy is left out. "" if nothing was told.
    """
    sentences = [each for found in _SENTENCE.finditer(text) if (each := _read(found, spans)).weight]
    heaviest = sorted(sentences, key=lambda each: (-each.weight, each.place))
    chosen = [each for each in heaviest[:_MOST_SENTENCES] if each.weight * 2 >= heaviest[0].weight]
    if sum(len(each.text) for each in chosen) > _LONGEST:
        chosen = chosen[:1]
    return ". ".join(each.text for each in sorted(chosen, key=lambda each: each.place))


def _read(found: re.Match[str], spans: Collection[Span]) -> _Sentence:
    said = found[0][_after_courtesies(found[0]) :]
    words = _telling_words(said)
    inside = [each for each in spans if found.start() <= each.start < found.end()] if words else []
    cues = sum(_OF_DANGER if each.label in _DANGERS else _OF_A_CUE for each in inside)
    weight = cues + _OF_A_WORD * min(len(words), _MOST_WORDS)
    return _Sentence(found.start(), _cut(" ".join(said.split())), weight)


def _after_courtesies(sentence: str) -> int:
    """Return where in ``sentence`` the first clause begins that says something of the matter."""
    begins = [0, *(each.end() for each in _CLAUSE_END.finditer(sentence))]
    ends = [*begins[1:], len(sentence)]
    says = (begin for begin, end in zip(begins, ends, strict=True) if _telling_words(sentence[begin:end]))
    return next(says, 0)


def _telling_words(text: str) -> set[str]:
    return {word for word in map(fold, written_words(text)) if not _COURTESIES.fullmatch(word)}


def _cut(sentence: str) -> str:
    """Return ``sentence``, or as much of it as can be read back, cut between words."""
    if len(sentence) <= _LONGEST_SENTENCE:
        return sentence
    return sentence[:_LONGEST_SENTENCE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
