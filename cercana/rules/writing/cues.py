"""What the cues of the lexicon tell of a draft, before anything is weighed."""

import re
from collections.abc import Iterator

from cercana.rules.classification import RequestKind
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.promises import futures, vague_promises
from cercana.rules.writing.reading import Reading, Span
from cercana.rules.writing.situation import Situation

# A shorter apology does not name what happened.
_NAMING_WORDS = 3
_SHOUTED = re.compile(r"(?:\b[A-ZÁÉÍÓÚÑÜ]{2,}\b[\s,;:]*){3,}")
_INITIALS = re.compile(r"\b(?:DNI|RUC|ITSE|TUPA|SUNAT|RENIEC|SUNARP|CIAM|DEMUNA|OMAPED|UIT|ATU|MTC|PDF|SMS)\b")
_SHOUTED_LETTERS = 8


def has_cue(fault: Fault, reading: Reading, situation: Situation) -> bool:
    """Tell whether the cues alone say that the draft has ``fault``."""
    if fault is Fault.NO_EMPATHY:
        return not shows_empathy(reading, situation)
    if fault is Fault.NO_NEXT_STEP:
        return not says_what_follows(reading, situation)
    return next(spans_of(fault, reading), None) is not None


def spans_of(fault: Fault, reading: Reading) -> Iterator[Span]:
    """Yield where cues of ``fault`` stand: blame, curtness or a promise without a day."""
    if fault is Fault.VAGUE_PROMISE:
        yield from vague_promises(reading)
    elif fault is Fault.BLAME:
        # Who says sorry in the same sentence blames nobody («perdone, usted debió pasar primero»).
        yield from _outside(reading, "blame", reading.sentences_with("apology"))
    elif fault is Fault.BLUNT:
        # Nor is a sentence curt that says sorry or feels with the person («le entiendo, y no se puede»).
        yield from _outside(reading, "blunt", reading.sentences_with("apology") | reading.sentences_with("courteous"))
        yield from _shouts(reading)


def _outside(reading: Reading, topic: str, spared: frozenset[int]) -> Iterator[Span]:
    for match in reading.matches(topic):
        if reading.sentence_of(match) not in spared:
            yield reading.span(match)


def _shouts(reading: Reading) -> Iterator[Span]:
    for found in _SHOUTED.finditer(reading.draft.text):
        if sum(letter.isalpha() for letter in _INITIALS.sub("", found.group())) >= _SHOUTED_LETTERS:
            yield found.span()


def shows_empathy(reading: Reading, situation: Situation) -> bool:
    """Tell whether the person's situation is recognised; an inquiry asks for none (issue C, 1)."""
    if answers_inquiry(reading, situation) or reading.has("empathy"):
        return True
    # Whoever says sorry for what happened has recognised it, but not with «disculpe» alone or for the weather.
    named = any(len(reading.draft.words_of(each)) >= _NAMING_WORDS for each in reading.sentences_with("apology"))
    return named and not needless(reading, situation)


def answers_inquiry(reading: Reading, situation: Situation) -> bool:
    """Tell whether the draft answers an inquiry; where nobody says so, by its words."""
    if situation.kind is not None or situation.claim_type is not None or situation.is_late:
        return situation.kind is RequestKind.INQUIRY
    if apologises(reading) or any(reading.has(topic) for topic in ("admission", "blunt", "blame", "vague")):
        return False
    return len(reading.matches("inquiry_sign")) >= len(reading.matches("claim_sign"))


def says_what_follows(reading: Reading, situation: Situation) -> bool:
    """Tell whether a step follows, even one without a day; to an inquiry, a day or an hour is enough (M3.3d)."""
    topics = ["next", "future", "asks"] + ["dated"] * answers_inquiry(reading, situation)
    if any(reading.has(topic) for topic in topics) or next(futures(reading), None) is not None:
        return True
    standing = reading.sentences_with("standing")
    return any(reading.sentence_of(match) not in standing for match in reading.matches("vague"))


def apologises(reading: Reading) -> bool:
    """Tell whether anybody says sorry, in whatever words."""
    return reading.has("apology") or reading.has("softer")


def needless(reading: Reading, situation: Situation) -> bool:
    """Tell whether the apologies of the draft are for what is not ours."""
    if situation.is_late or situation.is_our_fault or not reading.has("apology") or reading.has("admission"):
        return False
    if situation.is_our_fault is False:
        return True
    return any(reading.sentence_of(each) in reading.sentences_with("outsider") for each in reading.matches("apology"))
