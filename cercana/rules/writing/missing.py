"""What a draft lacks: greeting, empathy, an apology that is due, the next step, the answer."""

from collections.abc import Iterator

from cercana.rules.classification import RequestKind
from cercana.rules.writing.findings import Finding, finding_at
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.promises import futures
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.situation import Situation

# A greeting stands among the first words or nowhere.
_OPENING_WORDS = 22
# A shorter apology does not name what happened.
_NAMING_WORDS = 3


_TITLES = frozenset(
    {"senor", "senora", "senorita", "sr", "sra", "srta", "don", "dona", "doctor", "doctora", "dr", "dra"}
)


def missing(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """Yield what is missing, each where it would stand."""
    text = reading.draft.text
    if not _greets(reading):
        yield finding_at(Fault.NO_GREETING, text, (0, 0), _greeting_for(reading, situation))
    after_greeting = _after_greeting(reading)
    if not _shows_empathy(reading, situation):
        yield finding_at(Fault.NO_EMPATHY, text, after_greeting, _empathy_for(situation))
    if lacks_apology(reading, situation):
        yield finding_at(Fault.NO_APOLOGY, text, after_greeting, _apology_for(situation))
    if not _says_what_follows(reading, situation):
        end = len(text.rstrip())
        step = f"A más tardar el {situation.promised} le escribo para contarle cómo va." if situation.promised else ""
        yield finding_at(Fault.NO_NEXT_STEP, text, (end, end), step)
    if answers_nothing(reading, situation):
        yield finding_at(Fault.NO_ANSWER, text, (len(text), len(text)))


def _greets(reading: Reading) -> bool:
    words = reading.draft.words
    limit = words[min(_OPENING_WORDS, len(words)) - 1].heard_at
    return any(each.start <= limit for each in reading.matches("greeting"))


def _after_greeting(reading: Reading) -> tuple[int, int]:
    """Return the empty place after the sentence that greets, or the beginning of the text."""
    if not _greets(reading):
        return 0, 0
    end = reading.draft.sentences[reading.sentence_of(reading.matches("greeting")[0])].end
    return end, end


def _shows_empathy(reading: Reading, situation: Situation) -> bool:
    """Tell whether the person's situation is recognised; an inquiry asks for none (issue C, 1)."""
    if _answers_inquiry(reading, situation) or reading.has("empathy"):
        return True
    # Whoever says sorry for what happened has recognised it, but not with «disculpe» alone or for the weather.
    named = any(len(reading.draft.words_of(each)) >= _NAMING_WORDS for each in reading.sentences_with("apology"))
    return named and not needless(reading, situation)


def _answers_inquiry(reading: Reading, situation: Situation) -> bool:
    """Tell whether the draft answers an inquiry; where nobody says so, by its words."""
    if situation.kind is not None or situation.claim_type is not None or situation.is_late:
        return situation.kind is RequestKind.INQUIRY
    if apologises(reading) or any(reading.has(topic) for topic in ("admission", "blunt", "blame", "vague")):
        return False
    return len(reading.matches("inquiry_sign")) >= len(reading.matches("claim_sign"))


def _says_what_follows(reading: Reading, situation: Situation) -> bool:
    """Tell whether a step follows, even one without a day; to an inquiry, a day or an hour is enough (M3.3d)."""
    topics = ["next", "future", "asks"] + ["dated"] * _answers_inquiry(reading, situation)
    if any(reading.has(topic) for topic in topics) or next(futures(reading), None) is not None:
        return True
    standing = reading.sentences_with("standing")
    return any(reading.sentence_of(match) not in standing for match in reading.matches("vague"))


def apologises(reading: Reading) -> bool:
    """Tell whether anybody says sorry, in whatever words."""
    return reading.has("apology") or reading.has("softer")


def lacks_apology(reading: Reading, situation: Situation) -> bool:
    """Tell whether an apology is due and nobody says sorry (M3.3c)."""
    if apologises(reading):
        return False
    return situation.is_late or situation.is_our_fault is True or reading.has("admission")


def needless(reading: Reading, situation: Situation) -> bool:
    """Tell whether the apologies of the draft are for what is not ours."""
    if situation.is_late or situation.is_our_fault or not reading.has("apology") or reading.has("admission"):
        return False
    if situation.is_our_fault is False:
        return True
    return any(reading.sentence_of(each) in reading.sentences_with("outsider") for each in reading.matches("apology"))


def _empathy_for(situation: Situation) -> str:
    return "Gracias por avisarnos." if not situation.is_late else "Entiendo lo molesto que es esperar."


def _apology_for(situation: Situation) -> str:
    return "Le pedimos disculpas por la demora." if situation.is_late else "Le pedimos disculpas por lo ocurrido."


def answers_nothing(reading: Reading, situation: Situation) -> bool:
    """Tell whether a question is only acknowledged: thanks or «it was received», and no day, hour or figure."""
    if not situation.question or reading.has("dated"):
        return False
    return reading.has("acknowledges")


def _greeting_for(reading: Reading, situation: Situation) -> str:
    """Return a greeting that goes before how the draft begins: a person who is addressed there is not named twice."""
    first = next((word.sound for word in reading.draft.words), "")
    name = "" if first in _TITLES else situation.first_name
    return f"Buenos días, {name}." if name else "Buenos días."
