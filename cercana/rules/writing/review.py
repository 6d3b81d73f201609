"""Reading a draft reply as the manual does (2.1, 3.3): what is missing, what hurts, and what could stand there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cercana.rules.classification import ClaimType, RequestKind
from cercana.rules.writing.draft import Draft, draft_of
from cercana.rules.writing.findings import Advice, Finding, apply, apply_all, finding_at
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.lexicon import TOPICS
from cercana.rules.writing.reading_ease import ReadingEase, ease_of, words_in

__all__ = ["Review", "Situation", "apply", "apply_all", "review"]

MOST_WORDS, ADVISED_WORDS = 40, 25
# A longer draft is read as far as this; no letter is longer.
_MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Situation:
    """
    What is known of the case a draft answers; by default nothing.

    ``question`` is what the citizen wrote; ``known`` has the codes documento, telefono, correo, direccion, nombre and
    foto; ``promised`` is the day already promised, in words.
    """

    kind: RequestKind | None = None
    claim_type: ClaimType | None = None
    is_late: bool = False
    is_our_fault: bool | None = None
    question: str = ""
    known: frozenset[str] = frozenset()
    first_name: str = ""
    promised: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What the assistant says of a draft: findings and advice in the order of the text, and how easily it is read."""

    findings: Sequence[Finding]
    advice: Sequence[Advice]
    ease: ReadingEase

    @property
    def is_good(self) -> bool:
        """Whether nothing was found; advice does not count."""
        return not self.findings

    @property
    def problems(self) -> Sequence[Fault]:
        """Return what was found, each once, in the order of the text."""
        return tuple(dict.fromkeys(each.fault for each in self.findings))

    @property
    def score(self) -> int:
        """Return the reading ease of Szigriszt-Pazos as a whole number from 0 to 100; the goal is 65."""
        return round(min(100.0, max(0.0, self.ease.szigriszt)))


def review(text: str, situation: Situation = Situation()) -> Review:
    """Return what the manual asks of ``text`` in ``situation``; any text can be read, also an empty one."""
    draft = draft_of(text[:_MOST_CHARACTERS])
    found = sorted(_findings(draft, situation), key=lambda each: (each.start, each.end))
    return Review(tuple(found), tuple(_advice(draft)), ease_of(draft.text, draft.sentences))


def _findings(draft: Draft, situation: Situation) -> Iterator[Finding]:
    if not draft.words:
        return
    if not TOPICS["greeting"].is_in(draft):
        yield finding_at(
            Fault.NO_GREETING, draft.text, (0, 0), f"Buenos días, {situation.first_name}".rstrip(", ") + ":"
        )
    if situation.kind is not RequestKind.INQUIRY and not TOPICS["empathy"].is_in(draft):
        yield finding_at(Fault.NO_EMPATHY, draft.text, (0, 0), "Gracias por avisarnos.")
    for topic, fault in (("office", Fault.OFFICE_WORDS), ("blame", Fault.BLAME), ("blunt", Fault.BLUNT)):
        for match in TOPICS[topic].find_in(draft):
            yield finding_at(fault, draft.text, draft.span(match.start, match.end))
    for sentence in draft.sentences:
        if words_in(draft.text[sentence.start : sentence.end]) > MOST_WORDS:
            yield finding_at(Fault.LONG_SENTENCE, draft.text, sentence)


def _advice(draft: Draft) -> Iterator[Advice]:
    """Yield the sentences that are long, but not too long."""
    for sentence in draft.sentences:
        words = draft.text[sentence.start : sentence.end]
        if ADVISED_WORDS <= (count := words_in(words)) <= MOST_WORDS:
            yield Advice(
                sentence.start, sentence.end, words, f"La oración tiene {count} palabras. Con menos de 25 se lee mejor."
            )
