"""What the form of attention already knows while it is being filled in: proposals, promise, and what may repeat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import SimilarCase, similar_cases
from cercana.desk.intake_forms import IntakeForm
from cercana.desk.intake_guide import CaseSoFar, guide_beside
from cercana.desk.intake_offer import Motive, Nature
from cercana.desk.intake_words import promise_words
from cercana.desk.triage_panel import Suggestion, proposed_motives, suggestion_for
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.classification import CaseClass, ClockKind
from cercana.rules.legal_nature import propose_nature
from cercana.rules.promises import Due, promise_for, statutory_due, to_lima
from cercana.rules.similarity import Match
from cercana.rules.time_words import due_words
from cercana.workplace.queries import Guide


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What stands beside the form; ``motive`` is None until one is chosen, ``promise`` is "" until then.
    ``by_law`` says the term of the law, if it sets one; ``emergencies`` are names and numbers to call first.

    ``maybe`` is what the words typed make it for the law, to be confirmed, if they say something else than the motive.
    ``proposed`` are the motives whose words were typed, best first, with those words. ``suggestion`` is what triage
    makes of them, and ``in_review`` tells that the case will be registered as proposed, not as critical.
    """

    guide: Guide
    suggestion: Suggestion | None = None
    in_review: bool = False

    proposed: Sequence[tuple[Motive, Match]] = ()
    motive: Motive | None = None
    class_: CaseClass | None = None
    nature: Nature | None = None
    maybe: Nature | None = None
    maybe_words: str = ""
    promise: str = ""
    by_law: str = ""
    emergencies: Sequence[tuple[str, str]] = ()
    similar: Sequence[SimilarCase] = ()


def preview_of(form: IntakeForm, actor: Actor, now: datetime, parents: Mapping[str, str | None]) -> Preview:
    """Return what can be said of a form that may still be half empty; ``parents`` are the areas above each area."""
    form.is_valid()
    given, offer = form.cleaned_data, form.offer
    description = given.get("description") or ""
    motive = offer.categories.get(given.get("category") or "")
    suggestion = suggestion_for(form)
    sees_danger = suggestion is not None and suggestion.is_critical
    class_ = CaseClass.CRITICAL if sees_danger and motive else _class(given.get("class_") or "", motive)
    in_review = sees_danger and _class(given.get("class_") or "", motive) is not CaseClass.CRITICAL
    received_at = given.get("received_at") or now
    promises = _promises(class_, received_at) if class_ else {}
    resolution = promises.get(ClockKind.RESOLUTION)
    nature = offer.nature(given.get("legal_nature") or motive.legal_nature) if motive else None
    usual = motive.legal_nature if motive else ""
    found = propose_nature(description, usual, [each.code for each in offer.natures])
    return Preview(
        suggestion=suggestion,
        in_review=in_review,
        maybe=offer.nature(found.code) if found.words and found.code != usual else None,
        maybe_words=found.words,
        proposed=_proposed(form, suggestion, motive),
        motive=motive,
        class_=class_,
        nature=nature,
        promise=promise_words(promises, is_in_review=in_review),
        by_law=_by_law(nature, motive, received_at) if nature and motive else "",
        emergencies=[(each.name, each.number) for each in organization.emergency_numbers()]
        if sees_danger or (motive and motive.shows_emergency)
        else [],
        guide=guide_beside(
            form, CaseSoFar(motive, class_, due_words(resolution) if resolution else "", suggestion), parents
        ),
        similar=similar_cases(
            actor,
            words=description,
            place=given.get("place") or "",
            category=motive.code if motive else "",
            citizen=given.get("person"),
            now=now,
        ),
    )


def _class(chosen: str, motive: Motive | None) -> CaseClass | None:
    if chosen:
        return CaseClass(chosen)
    return motive.class_ if motive else None


def _proposed(form: IntakeForm, suggestion: Suggestion | None, motive: Motive | None) -> list[tuple[Motive, Match]]:
    """Return the motives to offer, but for the one that is chosen."""
    if suggestion is None:
        return []
    offered = proposed_motives(form, suggestion.proposed)
    return [(each, match) for each, match in offered if motive is None or each.code != motive.code]


def _promises(class_: CaseClass, received_at: datetime) -> dict[ClockKind, Due]:
    policy = organization.policy_at(received_at).promises
    promise = promise_for(received_at, class_, policy, organization.calendar())
    promises = {ClockKind.RESOLUTION: promise.resolution}
    if promise.first_response is not None:
        promises[ClockKind.FIRST_RESPONSE] = promise.first_response
    return promises


def _by_law(nature: Nature, motive: Motive, received_at: datetime) -> str:
    term = organization.legal_term(nature.code, to_lima(received_at).date())
    if term is None:
        return ""
    hours = organization.office_hours(motive.area) if term.within_office_hours else None
    due = statutory_due(received_at, term.working_days, organization.calendar(), office_hours=hours)
    return f"Plazo de la ley: {due_words(due)}."
