"""Reading a draft reply as the manual does (2.1, 3.3): what is missing, what hurts, and what could stand there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cercana.rules.writing.draft import Draft, draft_of
from cercana.rules.writing.findings import Advice, Finding, apply, apply_all
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.missing import missing
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.reading_ease import ReadingEase, ease_of, words_in
from cercana.rules.writing.situation import UNKNOWN, Situation
from cercana.rules.writing.verdicts import judged
from cercana.rules.writing.wording import MOST_WORDS, wording

__all__ = ["Review", "Situation", "apply", "apply_all", "review"]

ADVISED_WORDS = 25
# A longer draft is read as far as this; no letter is longer.
_MOST_CHARACTERS = 100_000


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


def review(text: str, situation: Situation = UNKNOWN) -> Review:
    """Return what the manual asks of ``text`` in ``situation``; any text can be read, also an empty one."""
    draft = draft_of(text[:_MOST_CHARACTERS])
    reading = Reading(draft)
    found = _findings(reading, situation) if draft.words else []
    found.sort(key=lambda each: (each.start, each.end))
    return Review(tuple(found), tuple(_advice(draft)), ease_of(draft.text, draft.sentences))


def _findings(reading: Reading, situation: Situation) -> list[Finding]:
    faults = judged(reading, situation)
    return [*missing(reading, situation, faults), *wording(reading, situation, faults)]


def _advice(draft: Draft) -> Iterator[Advice]:
    """Yield the sentences that are long, but not too long."""
    for sentence in draft.sentences:
        words = draft.text[sentence.start : sentence.end]
        if ADVISED_WORDS <= (count := words_in(words)) <= MOST_WORDS:
            yield Advice(
                sentence.start, sentence.end, words, f"La oración tiene {count} palabras. Con menos de 25 se lee mejor."
            )
