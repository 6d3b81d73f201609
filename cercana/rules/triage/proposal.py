"""
What triage proposes for a case, in the form that is kept with it, and the danger it sees (domain.md, Triage).

Of the message only places are kept, never words: once its text is erased, so is what was quoted from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from zlib import crc32

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.critical_states import Proposal
from cercana.rules.similarity import written_words
from cercana.rules.triage.assessment import Assessment, assess
from cercana.rules.triage.grammar import read
from cercana.rules.triage.labels import SIGNALS, Area

# Which model proposed: what is measured of one says nothing of the next.
MODEL_VERSION = f"{crc32(resources.files('cercana.rules.triage').joinpath('model.bin').read_bytes()):08x}"
_PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text stand words that led to ``label``: from ``start`` up to ``end``."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """
    What triage proposed for one text.

    ``confidence`` has the probability of each decision, in thousandths. ``spans`` say which words led to what: their
    labels are a kind, a type, an area, a critical reason, or «about_staff». ``safer_won`` tells that the plain words
    spoke of danger and the model did not. ``model`` is the one that proposed.
    """

    kind: RequestKind
    claim_type: ClaimType | None
    class_: CaseClass
    area: Area
    reasons: tuple[CriticalReason, ...]
    about_staff: bool
    safer_won: bool
    confidence: Mapping[str, int]
    spans: tuple[Span, ...]
    model: str

    def words(self, text: str, label: str) -> tuple[str, ...]:
        """Return the words of ``text`` that led to ``label``, in their order, each once."""
        found = sorted((each for each in self.spans if each.label == label), key=lambda each: each.start)
        return tuple(dict.fromkeys(text[each.start : each.end] for each in found))


def proposed_for(text: str) -> Proposed:
    """Return what triage proposes for ``text``; every text gets something, the empty one, too."""
    found = assess(text)
    return Proposed(
        kind=found.kind,
        claim_type=found.claim_type,
        class_=found.class_,
        area=found.area,
        reasons=tuple(found.critical_reasons),
        about_staff=found.about_staff,
        safer_won=found.safer_won,
        confidence={name: round(sure * _PER_MILLE) for name, sure in found.confidence.items()},
        spans=tuple(_telling_spans(text, found)),
        model=MODEL_VERSION,
    )


def danger_of(proposed: Proposed, text: str) -> Proposal | None:
    """Return the danger that ``proposed`` sees in ``text``, with its words, for a person to confirm; None if none."""
    if not proposed.reasons:
        return None
    quoted = dict.fromkeys(words for reason in proposed.reasons for words in proposed.words(text, reason))
    return Proposal(proposed.reasons, "\n".join(quoted))


def danger_in_text(text: str) -> Proposal | None:
    """Return the danger that triage sees in ``text``; None if there is none."""
    return danger_of(proposed_for(text), text)


def _telling_spans(text: str, found: Assessment) -> list[Span]:
    """Return the places of the words that say something: stop words explain nothing, and danger has its cues."""
    cues = _places_of_cues(text) if found.critical_reasons else {}
    spans = []
    for because in found.why:
        is_cue = because.label not in cues or (because.start, because.end) in cues[because.label]
        if is_cue and written_words(because.words):
            spans.append(Span(because.label, because.start, because.end))
    return _joined(spans)


def _places_of_cues(text: str) -> dict[str, set[tuple[int, int]]]:
    """Return where the cues of each reason stand: the engine also quotes words that only weigh, such as «hay»."""
    reading = read(text)
    return {
        reason.value: {reading.span(each) for each in reading.findings if each.signal in signals and not each.denied}
        for reason, signals in SIGNALS.items()
    }


def _joined(spans: list[Span]) -> list[Span]:
    """Return ``spans`` with those of one label that overlap as one: «buzón sin» and «sin tapa» are «buzón sin tapa»."""
    joined: list[Span] = []
    for each in sorted(spans, key=lambda span: (span.label, span.start)):
        last = joined[-1] if joined else None
        if last is not None and last.label == each.label and each.start < last.end:
            joined[-1] = Span(last.label, last.start, max(last.end, each.end))
        else:
            joined.append(each)
    return joined
