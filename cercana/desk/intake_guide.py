"""The guide beside the form of attention: what holds for this conversation, and how far it has gone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from cercana.citizens.commands import DocumentType
from cercana.desk.intake_forms import IntakeForm
from cercana.desk.intake_offer import Motive
from cercana.desk.triage_panel import Suggestion
from cercana.organization import queries as organization
from cercana.rules.classification import CaseClass, ClaimType
from cercana.rules.guidance import GuideStep, Mark, Talk
from cercana.rules.triage.labels import SPANISH
from cercana.workplace.queries import Guide, Progress, Telling, guide_for, situations

# How the person is, and what comes now, as the agent sees it; neither is kept.
MOODS = {
    "": "Tranquila",
    Mark.ANGRY: "Molesta",
    Mark.CRYING: "Llora",
    Mark.SILENT: "Calla o duda",
    Mark.HURRIED: "Con prisa",
    Mark.OLDER: "Adulta mayor",
    Mark.ABUSIVE: "Ofende",
}
MOMENTS = {
    "": "Conversar",
    Mark.WAITING: "Pedirle que espere",
    Mark.REFUSAL: "Decir que no",
    Mark.LATE: "Su caso ya se venció",
    Mark.FAREWELL: "Despedirse",
}
_LANGUAGES = {
    "qu": Mark.QUECHUA,
    "prl": Mark.SIGN_LANGUAGE,
    "ay": Mark.OTHER_LANGUAGE,
    "mul": Mark.OTHER_LANGUAGE,
}
_TYPES = {
    ClaimType.POOR_SERVICE: Mark.POOR_SERVICE,
    ClaimType.DELAY: Mark.DELAY,
    ClaimType.ERROR: Mark.ERROR,
    "inquiry": Mark.INQUIRY,
}
_OF_PERU = {"", DocumentType.DNI, DocumentType.RUC}
_SAID, _NEXT = "dicha", "sigue"


@dataclass(frozen=True, slots=True)
class CaseSoFar:
    """
    What the case is so far: the motive chosen with its class and its promise in words, and what triage suggests.

    Where nothing is chosen yet, the guide speaks of what is suggested; it promises only what was chosen.
    """

    motive: Motive | None = None
    class_: CaseClass | None = None
    promise: str = ""
    suggestion: Suggestion | None = None

    @property
    def likeliest_motive(self) -> Motive | None:
        """The motive chosen, or else the one suggested."""
        return self.motive or (self.suggestion.motive if self.suggestion else None)

    @property
    def likeliest_area(self) -> str:
        """The area of that motive, or else the one triage expects; "" while nothing was told."""
        if self.likeliest_motive is not None:
            return self.likeliest_motive.area
        return SPANISH[self.suggestion.proposed.area] if self.suggestion else ""

    @property
    def is_dangerous(self) -> bool:
        """Whether it was called critical, or triage sees danger."""
        return self.class_ is CaseClass.CRITICAL or (self.suggestion is not None and self.suggestion.is_critical)

    @property
    def seems_about_staff(self) -> bool:
        """Whether its motive says that it is about the staff, or triage, as long as none is chosen."""
        if self.motive is not None:
            return self.motive.is_about_staff
        return self.suggestion is not None and self.suggestion.proposed.about_staff


def guide_beside(form: IntakeForm, case: CaseSoFar, parents: Mapping[str, str | None]) -> Guide:
    """Return the guide for what the form holds so far; ``parents`` are the areas above each area."""
    motive, area = case.likeliest_motive, case.likeliest_area
    above = frozenset(organization.chain_above(area, parents)) if area in parents else frozenset()
    talk = Talk(form.channel, _marks(form, case), above, motive.code if motive else "")
    spans = case.suggestion.proposed.spans if case.suggestion else ()
    telling = Telling(form.value("description"), form.value("place"), form.value("request"), case.promise, spans)
    return guide_for(talk, telling, situations(), Progress(form.value("guide_at"), frozenset(used_steps(form))))


def used_steps(form: IntakeForm) -> list[str]:
    """Return the steps whose words were said, in their order."""
    return [step.value for step in GuideStep if step in form.value("guide_used").split()]


def go_on(fields: QueryDict) -> None:
    """Mark the step of now as said or pass over it, for a page without script; ``fields`` change."""
    pressed, _, now = fields.get("guia", "").partition(":")
    steps = [each.value for each in GuideStep]
    if now not in steps or pressed not in (_SAID, _NEXT):
        return
    if pressed == _SAID:
        fields["guide_used"] = f"{fields.get('guide_used', '')} {now}".strip()
    place = steps.index(now) + 1
    fields["guide_at"] = steps[place] if place < len(steps) else now


def _marks(form: IntakeForm, case: CaseSoFar) -> frozenset[Mark]:
    is_foreign = bool(form.value("document_number")) and form.value("document_type") not in _OF_PERU
    held = {
        Mark.DANGER: case.is_dangerous,
        Mark.VULNERABLE: bool(form.value("preferential")),
        Mark.ABOUT_STAFF: bool(form.value("about_staff")) or case.seems_about_staff,
        Mark.FOREIGN: is_foreign,
    }
    named = [
        _LANGUAGES.get(form.value("language")),
        _TYPES.get(form.value("type")),
        *(each for each in Mark if each in (form.value("guide_mood"), form.value("guide_moment"))),
    ]
    return frozenset([mark for mark, holds in held.items() if holds] + [mark for mark in named if mark])
