"""The topics that are learnt, and the clauses of the corpus that have them or not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from cercana.rules.writing.draft import draft_of
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.reading import Reading
from tools.writing.corpus import Labelled, is_unread
from tools.writing.phrases import Phrase, read_phrases

SOURCE = Path("corpora/writing/sentences")
_BRACKETED = re.compile(r"\[\[(.*?)\]\]")
Keys: TypeAlias = Sequence[str]
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Topic:
    """
    A topic of the lists, and the fault it speaks of.

    ``is_wanted`` topics are good: the fault is that no clause has them. Sentences of ``akin`` topics may have this one,
    too, and are no examples of clauses without it; those of ``within`` topics have it where they have theirs.
    """

    name: str
    fault: Fault
    akin: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    is_wanted: bool = False


_NO_STEP = frozenset({"vague", "blame", "blunt", "empathy"})
TOPICS = (
    Topic("blame", Fault.BLAME, akin=frozenset({"blunt"})),
    Topic("blunt", Fault.BLUNT, akin=frozenset({"blame"})),
    Topic("vague", Fault.VAGUE_PROMISE, akin=frozenset({"next"})),
    Topic("next", Fault.NO_NEXT_STEP, akin=_NO_STEP, within=frozenset({"vague"}), is_wanted=True),
    Topic("empathy", Fault.NO_EMPATHY, is_wanted=True),
)


class MarkedClause(NamedTuple):
    """What a clause of the corpus has, and whether it has the topic that is learnt."""

    keys: Keys
    has_topic: bool


class MarkedSentence(NamedTuple):
    """A sentence written for one topic: its text, and where the words stand that have the topic, if any do."""

    text: str
    spans: Sequence[Span]


def single_clauses(topic: Topic) -> Iterator[MarkedClause]:
    """Yield the clauses of the sentences that were written and marked one by one."""
    for other in TOPICS:
        for sentence in _sentences_of(other):
            if other is topic:
                yield from marked_clauses(*sentence)
            elif other.name in topic.within:
                yield from (each for each in marked_clauses(*sentence) if each.has_topic)
            elif other.name not in topic.akin:
                yield from marked_clauses(sentence.text, ())
    for phrase in read_phrases():
        if phrase.fault is topic.fault:
            yield from without_cues(marked_clauses(phrase.sentence, _spans_of(phrase, topic)))


def _sentences_of(topic: Topic) -> Iterator[MarkedSentence]:
    for path in sorted(SOURCE.glob(f"{topic.name}_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield _unbracketed(line.partition("\t")[2])


def _unbracketed(line: str) -> MarkedSentence:
    spans: list[Span] = []
    for number, found in enumerate(_BRACKETED.finditer(line)):
        # Each pair before has taken four characters from the text.
        start = found.start() - 4 * number
        spans.append((start, start + len(found.group(1))))
    return MarkedSentence(_BRACKETED.sub(r"\1", line), spans)


def _spans_of(phrase: Phrase, topic: Topic) -> Sequence[Span]:
    if topic.is_wanted:
        return () if phrase.is_fault else [(0, len(phrase.sentence))]
    start = phrase.sentence.find(phrase.words)
    return [(start, start + len(phrase.words))] if phrase.is_fault else ()


def draft_clauses(draft: Labelled, fault: Fault) -> list[MarkedClause]:
    """Return the clauses of a draft, each with whether the writer marked ``fault`` in it."""
    found = [(draft.text.find(each.words), each.words) for each in draft.marked if each.fault is fault and each.words]
    clauses = marked_clauses(draft.text, [(start, start + len(words)) for start, words in found])
    return list(clauses if is_unread(draft) else without_cues(clauses))


def marked_clauses(text: str, spans: Sequence[Span]) -> Iterator[MarkedClause]:
    """Yield the clauses of ``text``; one has the topic if a span covers half of it, or it half of a span."""
    draft = draft_of(text)
    for clause, keys in Reading(draft).clauses:
        start, end = draft.words[clause.first].start, draft.words[clause.last].end
        yield MarkedClause(keys, any(_share_most((start, end), span) for span in spans))


def without_cues(clauses: Iterable[MarkedClause]) -> Iterator[MarkedClause]:
    """Yield ``clauses`` by their words alone: what the cues were written from says nothing of what they are worth."""
    for keys, has_topic in clauses:
        yield MarkedClause([key for key in keys if key[0] != "{"], has_topic)


def _share_most(one: Span, other: Span) -> bool:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > 0 and common * 2 >= min(one[1] - one[0], other[1] - other[0])
