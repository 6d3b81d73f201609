"""Words of a draft that hurt or hide: office words, blame, curtness, vague promises, needless apologies, length."""

from collections.abc import Iterator

from cercana.rules.writing.asking import asked_again
from cercana.rules.writing.cues import needless
from cercana.rules.writing.findings import Finding, finding_at
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.lexicon import Match
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.reading_ease import words_in
from cercana.rules.writing.situation import Situation
from cercana.rules.writing.verdicts import told_at

MOST_WORDS = 40


def wording(reading: Reading, situation: Situation, faults: frozenset[Fault]) -> Iterator[Finding]:
    """Yield the words that hurt or hide; ``faults`` are those of verdicts.TOPICS that the draft has."""
    yield from _office_words(reading)
    for fault in (Fault.BLAME, Fault.BLUNT, Fault.VAGUE_PROMISE):
        if fault in faults:
            yield from (finding_at(fault, reading.draft.text, span) for span in told_at(fault, reading))
    yield from _long_sentences(reading)
    yield from asked_again(reading, situation)
    if needless(reading, situation):
        yield from _cues(reading, "apology", Fault.NEEDLESS_APOLOGY)


def _cues(reading: Reading, topic: str, fault: Fault) -> Iterator[Finding]:
    for match in reading.matches(topic):
        yield finding_at(fault, reading.draft.text, reading.span(match))


def _office_words(reading: Reading) -> Iterator[Finding]:
    explained = reading.sentences_with("explained")
    for match in reading.matches("office"):
        if reading.sentence_of(match) not in explained:
            span = reading.span(match)
            yield finding_at(Fault.OFFICE_WORDS, reading.draft.text, span, plain_word(reading, match))


def plain_word(reading: Reading, match: Match) -> str:
    """Return the proposal of ``match`` with the ending or the last word of what was written."""
    start, end = reading.span(match)
    written = reading.draft.text[start:end]
    last = written.split()[-1]
    if match.proposal.endswith("*"):
        return match.proposal[:-1] + last[match.stem :]
    return match.proposal.replace("{last}", last)


def _long_sentences(reading: Reading) -> Iterator[Finding]:
    text = reading.draft.text
    for sentence in reading.draft.sentences:
        if words_in(text[sentence.start : sentence.end]) > MOST_WORDS:
            yield finding_at(Fault.LONG_SENTENCE, text, sentence)
