"""Words of a draft that hurt or hide: office words, blame, curtness, vague promises, needless apologies, length."""

import re
from collections.abc import Iterator

from cercana.rules.writing.asking import asked_again
from cercana.rules.writing.findings import Finding, finding_at
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.lexicon import Match
from cercana.rules.writing.missing import needless
from cercana.rules.writing.promises import vague_promises
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.reading_ease import words_in
from cercana.rules.writing.situation import Situation

MOST_WORDS = 40
_SHOUTED = re.compile(r"(?:\b[A-ZÁÉÍÓÚÑÜ]{2,}\b[\s,;:]*){3,}")
_INITIALS = re.compile(r"\b(?:DNI|RUC|ITSE|TUPA|SUNAT|RENIEC|SUNARP|CIAM|DEMUNA|OMAPED|UIT|ATU|MTC|PDF|SMS)\b")
_SHOUTED_LETTERS = 8


def wording(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """Yield the words that hurt or hide."""
    yield from _office_words(reading)
    yield from _blames(reading)
    yield from _curt(reading)
    yield from _shouts(reading)
    yield from vague_promises(reading)
    yield from _long_sentences(reading)
    yield from asked_again(reading, situation)
    if needless(reading, situation):
        yield from _cues(reading, "apology", Fault.NEEDLESS_APOLOGY)


def _cues(reading: Reading, topic: str, fault: Fault) -> Iterator[Finding]:
    for match in reading.matches(topic):
        yield finding_at(fault, reading.draft.text, reading.span(match))


def _blames(reading: Reading) -> Iterator[Finding]:
    """Yield blames; who says sorry in the same sentence blames nobody («perdone, usted debió pasar primero»)."""
    sorry = reading.sentences_with("apology")
    for match in reading.matches("blame"):
        if reading.sentence_of(match) not in sorry:
            yield finding_at(Fault.BLAME, reading.draft.text, reading.span(match))


def _curt(reading: Reading) -> Iterator[Finding]:
    """Yield curt words; a sentence that says sorry or feels with the person is none («le entiendo, y no se puede»)."""
    kind = reading.sentences_with("apology") | reading.sentences_with("courteous")
    for match in reading.matches("blunt"):
        if reading.sentence_of(match) not in kind:
            yield finding_at(Fault.BLUNT, reading.draft.text, reading.span(match))


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


def _shouts(reading: Reading) -> Iterator[Finding]:
    for found in _SHOUTED.finditer(reading.draft.text):
        if sum(letter.isalpha() for letter in _INITIALS.sub("", found.group())) >= _SHOUTED_LETTERS:
            yield finding_at(Fault.BLUNT, reading.draft.text, (found.start(), found.end()))


def _long_sentences(reading: Reading) -> Iterator[Finding]:
    text = reading.draft.text
    for sentence in reading.draft.sentences:
        if words_in(text[sentence.start : sentence.end]) > MOST_WORDS:
            yield finding_at(Fault.LONG_SENTENCE, text, sentence)
