"""A draft with the cues that stand in it; each topic is sought at most once."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from cercana.rules.writing.draft import Draft
from cercana.rules.writing.lexicon import TOPICS, Match
from cercana.rules.writing.weighing import Clause, clauses_of, keys_of, shipped_scales

Span: TypeAlias = tuple[int, int]
# The topics whose cues weigh in a clause, too.
WEIGHED_CUES = (
    "empathy", "apology", "courteous", "next", "future", "asks", "dated", "vague", "standing", "admission", "blunt",
    "blame", "office",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A draft as the grammar sees it."""

    draft: Draft
    _found: dict[str, Sequence[Match]] = field(default_factory=dict)
    _weights: dict[str, Sequence[float]] = field(default_factory=dict)

    def matches(self, topic: str) -> Sequence[Match]:
        """Return where ``topic`` stands; what the topic «no_…» names is none."""
        if topic not in self._found:
            found = list(TOPICS[topic].find_in(self.draft))
            if found and (excluded := TOPICS.get(f"no_{topic}")):
                spared = list(excluded.find_in(self.draft))
                found = [each for each in found if not any(_overlap(each, other) for other in spared)]
            self._found[topic] = found
        return self._found[topic]

    def has(self, topic: str) -> bool:
        """Tell whether ``topic`` stands anywhere."""
        return bool(self.matches(topic))

    def sentence_of(self, match: Match) -> int:
        """Return the number of the sentence in which ``match`` begins."""
        return self.draft.words[self.draft.word_at(match.start)].sentence

    def sentence_at(self, start: int) -> int:
        """Return the number of the sentence at a place of the text."""
        return max(0, bisect_right(self.draft.sentences, start, key=lambda each: each.start) - 1)

    def sentences_with(self, topic: str) -> frozenset[int]:
        """Return the numbers of the sentences in which ``topic`` stands."""
        return frozenset(self.sentence_of(each) for each in self.matches(topic))

    def span(self, match: Match) -> Span:
        """Return where the words of ``match`` stand in the text."""
        return self.draft.span(match.start, match.end)

    def weights(self, topic: str) -> Sequence[float]:
        """Return what each clause weighs for ``topic``."""
        if topic not in self._weights:
            self._weights[topic] = [shipped_scales()[topic].weigh(keys) for _, keys in self.clauses]
        return self._weights[topic]

    def heaviest(self, topic: str) -> Span:
        """Return where the clause stands that weighs most for ``topic``; raise ValueError for a draft without words."""
        weights = self.weights(topic)
        clause, _ = self.clauses[weights.index(max(weights))]
        return self.draft.words[clause.first].start, self.draft.words[clause.last].end

    @cached_property
    def clauses(self) -> Sequence[tuple[Clause, Sequence[str]]]:
        """Return the clauses with what they have in the words of the lists, cues of a topic as «{topic}»."""
        clauses = clauses_of(self.draft)
        keys = [keys_of(self.draft, clause) for clause in clauses]
        ends = [clause.last for clause in clauses]
        for topic in WEIGHED_CUES:
            places = {bisect_left(ends, self.draft.word_at(match.start)) for match in self.matches(topic)}
            for place in places:
                keys[place].append(f"{{{topic}}}")
        return list(zip(clauses, keys, strict=True))


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end
