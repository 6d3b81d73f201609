"""
Clauses weighed by their small words, where no single cue tells: «eso véalo usted con quien corresponda» is curt.

Each file of ``weights`` is a plain list for one topic: a word or a few in a row (as they sound; «^» and «$» are where a
clause begins and ends, «~» follows a stem, «-» precedes an ending, «_» is any word), or a cue as «{topic}», and how
much it speaks for the topic or against it. A clause weighs the sum. ``make writing-weights`` learns the lists from
corpora/writing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from sys import intern
from typing import NamedTuple

from cercana.rules.writing.draft import Draft

_STEM = 5
_ENDING = 3
_LONGEST_ROW = 3
_SHORTEST_CLAUSE = 3
_PAUSE = re.compile(r"[,;:()—–¿¡?!…\"«»]")
_SEPARATOR = "\t"


class Clause(NamedTuple):
    """A part of a sentence between commas and the like: its words from ``first`` to ``last``, numbered in the draft."""

    first: int
    last: int


class Scale(NamedTuple):
    """The list of a topic, and what a clause without any of its keys weighs."""

    weights: Mapping[str, float]
    intercept: float

    def weigh(self, keys: Sequence[str]) -> float:
        """Return the weight of a clause with ``keys``: above 0 it rather has the topic than not."""
        return self.intercept + sum(self.weights.get(key, 0.0) for key in keys)


def clauses_of(draft: Draft) -> list[Clause]:
    """Return the clauses of a draft in order; what is shorter than three words stays with its neighbour."""
    return list(_joined(draft, _parted(draft)))


def _parted(draft: Draft) -> Iterator[Clause]:
    first = 0
    for number, word in enumerate(draft.words):
        following = draft.words[number + 1] if number + 1 < len(draft.words) else None
        ends = following is None or following.sentence != word.sentence
        is_long = number - first + 1 >= _SHORTEST_CLAUSE
        if ends or (is_long and following and _PAUSE.search(draft.text, word.end, following.start)):
            yield Clause(first, number)
            first = number + 1


def _joined(draft: Draft, clauses: Iterator[Clause]) -> Iterator[Clause]:
    """Yield the clauses, a short rest of a sentence joined to what goes before."""
    pending: Clause | None = None
    for clause in clauses:
        is_short = clause.last - clause.first + 1 < _SHORTEST_CLAUSE
        if pending and is_short and draft.words[pending.last].sentence == draft.words[clause.first].sentence:
            pending = Clause(pending.first, clause.last)
            continue
        if pending:
            yield pending
        pending = clause
    if pending:
        yield pending


def keys_of(draft: Draft, clause: Clause) -> list[str]:
    """Return what a clause has in the words of the lists, each once."""
    return list(dict.fromkeys(_keys([word.sound for word in draft.words[clause.first : clause.last + 1]])))


def _keys(sounds: Sequence[str]) -> Iterator[str]:
    framed = ["^", *sounds, "$"]
    stems = [word if len(word) <= _STEM else f"{word[:_STEM]}~" for word in framed]
    endings = [f"-{word[-_ENDING:]}" for word in framed]
    yield from sounds
    for length in range(2, _LONGEST_ROW + 1):
        yield from (" ".join(framed[at : at + length]) for at in range(len(framed) - length + 1))
    yield from (stem for stem in stems if stem[-1] == "~")
    yield from (f"{one}|{other}" for one, other in pairwise(stems))
    yield from (f"{one}|_|{other}" for one, other in zip(stems, stems[2:], strict=False))
    yield from (ending for ending, word in zip(endings, framed, strict=True) if len(word) >= _STEM)
    yield from (f"{one} {other}" for one, other in pairwise(endings))


def read_scale(text: str) -> Scale:
    """Return the list that ``text`` holds: the intercept, then a weight and a key a line."""
    intercept, *lines = text.splitlines()
    parted = (line.partition(_SEPARATOR) for line in lines)
    # The lists share most of their keys, and a few hundred weights: kept once, they take half the memory.
    numbers: dict[str, float] = {}
    return Scale(
        {intern(key): numbers.setdefault(weight, float(weight)) for weight, _, key in parted}, float(intercept)
    )


def written(scale: Scale) -> str:
    """Return ``scale`` as its file holds it, the heaviest keys first."""
    ordered = sorted(scale.weights.items(), key=lambda each: (-each[1], each[0]))
    rows = (f"{weight:.2f}{_SEPARATOR}{key}" for key, weight in ordered)
    return "\n".join([f"{scale.intercept:.2f}", *rows]) + "\n"


@cache
def shipped_scales() -> Mapping[str, Scale]:
    """Return every list by the name of its topic; read when first asked for, since few processes weigh clauses."""
    files = sorted((resources.files("cercana.rules.writing") / "weights").iterdir(), key=lambda each: each.name)
    return {each.name.removesuffix(".txt"): read_scale(each.read_text(encoding="utf-8")) for each in files}
