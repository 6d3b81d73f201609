"""The guide beside the form of attention: what holds for this conversation, and how far it has gone."""

from collections.abc import Mapping

from django.http import QueryDict

from cercana.citizens.commands import DocumentType
from cercana.desk.guide import Guide, Progress, Telling, guide_for
from cercana.desk.intake_forms import IntakeForm
from cercana.desk.intake_offer import Motive
from cercana.desk.situations import situations
from cercana.organization import queries as organization
from cercana.rules.classification import CaseClass, ClaimType
from cercana.rules.guidance import GuideStep, Mark, Talk

# How the person is, and what comes now, as the agent sees it; neither is kept.
MOODS = {
    "": "Tranquila",
    Mark.ANGRY: "Molesta",
    Mark.CRYING: "Llora",
    Mark.SILENT: "Calla o duda",
    Mark.HURRIED: "Con prisa",
    Mark.OLDER: "Mayor o va despacio",
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


def guide_beside(
    form: IntakeForm, motive: Motive | None, class_: CaseClass | None, promise: str, parents: Mapping[str, str | None]
) -> Guide:
    """Return the guide for what the form holds so far; ``parents`` are the areas above each area."""
    talk = Talk(
        form.channel,
        _marks(form, motive, class_),
        frozenset(organization.chain_above(motive.area, parents)) if motive else frozenset(),
        motive.code if motive else "",
    )
    telling = Telling(form.value("description"), form.value("place"), form.value("request"), promise)
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


def _marks(form: IntakeForm, motive: Motive | None, class_: CaseClass | None) -> frozenset[Mark]:
    is_about_staff = bool(form.value("about_staff")) or (motive is not None and motive.is_about_staff)
    is_foreign = bool(form.value("document_number")) and form.value("document_type") not in _OF_PERU
    held = {
        Mark.DANGER: class_ is CaseClass.CRITICAL,
        Mark.VULNERABLE: bool(form.value("preferential")),
        Mark.ABOUT_STAFF: is_about_staff,
        Mark.FOREIGN: is_foreign,
    }
    named = [
        _LANGUAGES.get(form.value("language")),
        _TYPES.get(form.value("type")),
        *(each for each in Mark if each in (form.value("guide_mood"), form.value("guide_moment"))),
    ]
    return frozenset([mark for mark, holds in held.items() if holds] + [mark for mark in named if mark])
