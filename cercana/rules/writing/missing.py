"""What a draft lacks: greeting, empathy, an apology that is due, the next step, the answer."""

from collections.abc import Iterator

from cercana.rules.writing.cues import apologises
from cercana.rules.writing.findings import Finding, finding_at
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.situation import Situation

# A greeting stands among the first words or nowhere.
_OPENING_WORDS = 22

_TITLES = frozenset(
    {"senor", "senora", "senorita", "sr", "sra", "srta", "don", "dona", "doctor", "doctora", "dr", "dra"}
)


def missing(reading: Reading, situation: Situation, faults: frozenset[Fault]) -> Iterator[Finding]:
    """Yield what is missing, each where it would stand; ``faults`` are those of verdicts.TOPICS that the draft has."""
    text = reading.draft.text
    if not _greets(reading):
        yield finding_at(Fault.NO_GREETING, text, (0, 0), _greeting_for(reading, situation))
    after_greeting = _after_greeting(reading)
    if Fault.NO_EMPATHY in faults:
        yield finding_at(Fault.NO_EMPATHY, text, after_greeting, _empathy_for(situation))
    if lacks_apology(reading, situation):
        yield finding_at(Fault.NO_APOLOGY, text, after_greeting, _apology_for(situation))
    if Fault.NO_NEXT_STEP in faults:
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


def lacks_apology(reading: Reading, situation: Situation) -> bool:
    """Tell whether an apology is due and nobody says sorry (M3.3c)."""
    if apologises(reading):
        return False
    return situation.is_late or situation.is_our_fault is True or reading.has("admission")


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
