"""What triage suggests while somebody is attended: beside the form, accepted by one key, or corrected (M5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from cercana.desk.intake_forms import INQUIRY, IntakeForm
from cercana.desk.intake_offer import Motive
from cercana.desk.labels import CLAIM_TYPES
from cercana.desk.triage_words import AREA_LABELS, Reason, reasons_of, shown_labels
from cercana.rules.classification import CaseClass
from cercana.rules.similarity import Match
from cercana.rules.triage.excerpts import Piece, marked
from cercana.rules.triage.municipal_areas import MotiveWords, motives_for
from cercana.rules.triage.proposal import Proposed, proposed_for


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    What the words of the person lead to; ``motive`` is None if no motive of the catalogue shares any.

    ``changes`` are the fields of the form as the suggestion would have them, ``is_taken`` tells that they are so.
    ``marks`` are the words to highlight; ``pieces`` the whole text with them, for a page without script.
    """

    proposed: Proposed
    kind: str
    class_: CaseClass
    motive: Motive | None
    area: str
    reasons: Sequence[Reason]
    changes: dict[str, str]
    is_taken: bool
    marks: Sequence[str]
    pieces: Sequence[Piece]

    @property
    def is_critical(self) -> bool:
        """Whether it sees danger."""
        return bool(self.proposed.reasons)


def suggestion_for(form: IntakeForm) -> Suggestion | None:
    """Return what triage suggests for what was typed so far; None if that is nothing."""
    text = form.value("description")
    if not text.strip():
        return None
    proposed = proposed_for(text)
    motive = next((each for each, _ in proposed_motives(form, proposed)), None)
    changes = _changes(proposed, motive)
    labels = shown_labels(proposed)
    spans = [each for each in proposed.spans if each.label in labels]
    return Suggestion(
        proposed=proposed,
        kind=f"Reclamo: {CLAIM_TYPES[proposed.claim_type].lower()}" if proposed.claim_type else "Consulta",
        class_=_class(proposed, motive),
        motive=motive,
        area=motive.area_name if motive else AREA_LABELS[proposed.area],
        reasons=reasons_of(proposed, text),
        changes=changes,
        is_taken=all(form.value(name) == wanted for name, wanted in changes.items()),
        marks=list(dict.fromkeys(text[each.start : each.end] for each in spans)),
        pieces=marked(text, spans),
    )


def proposed_motives(form: IntakeForm, proposed: Proposed) -> list[tuple[Motive, Match]]:
    """Return the motives that share words with what was typed, best first, with those words."""
    known = form.offer.categories
    catalogue = {
        code: MotiveWords(f"{each.name} {each.words}", each.area, each.area_name) for code, each in known.items()
    }
    return [(known[match.code], match) for match in motives_for(form.value("description"), proposed.area, catalogue)]


def _class(proposed: Proposed, motive: Motive | None) -> CaseClass:
    """Return the class to expect: a critical one by danger, else the motive's, for nobody at a desk slows it down."""
    return proposed.class_ if proposed.reasons or motive is None else motive.class_


def _changes(proposed: Proposed, motive: Motive | None) -> dict[str, str]:
    changes = {"type": proposed.claim_type.value if proposed.claim_type else INQUIRY}
    if motive is not None:
        changes["category"] = motive.code
    if proposed.reasons:
        changes["class_"] = CaseClass.CRITICAL.value
    if proposed.about_staff:
        changes["about_staff"] = "on"
    return changes
