"""The last step: everything that was told, once more, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cercana.cases.queries import DraftFile
from cercana.citizens.queries import mask
from cercana.organization import queries as organization
from cercana.portal import labels
from cercana.portal.registration import Answers, danger_of, earlier_reports, happened_of, place_of
from cercana.rules.near_addresses import likely_address
from cercana.rules.promises import promise_for
from cercana.rules.time_words import due_words
from cercana.ui.bilingual import worded
from cercana.ui.environment import active_language

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Review:
    """
    The three parts as lines of name and value.

    ``offers_formal`` tells that the person may also make a formal claim, ``is_formal`` that the category proposes it.
    ``likely_email`` is what a mistyped address probably means, or "".
    """

    what: Lines
    where: Lines
    who: Lines
    promise: str
    is_critical: bool
    offers_formal: bool
    is_formal: bool
    has_contact: bool
    likely_email: str
    nature: str


def review_of(answers: Answers, files: Sequence[DraftFile], now: datetime) -> Review:
    """Return the review of valid ``answers``."""
    choice = answers.choice
    if choice is None:
        raise ValueError("the steps are not finished")
    is_formal = answers.proposes_formal_claim
    promise = promise_for(now, choice.class_, organization.policy_at(now).promises, organization.calendar())
    return Review(
        what=_present(
            (_("Tipo"), labels.named(labels.TELLINGS, answers.what.typed("tipo"))),
            (_("Lo que contaste"), answers.what.typed("relato").strip()),
            (_("Archivos"), ", ".join(each.name for each in files)),
        ),
        where=_present(
            (_("De qué se trata"), choice.name),
            (_("Lo verá"), choice.area),
            (_("Lugar"), place_of(answers.where)),
            (_("Cuándo"), happened_of(answers.where)),
            (_("Avisos anteriores"), earlier_reports(answers.where)),
        ),
        who=_who(answers),
        promise=due_words(promise.resolution, active_language()),
        is_critical=danger_of(answers) is not None,
        offers_formal=not answers.is_inquiry,
        is_formal=is_formal,
        likely_email=likely_address(answers.who.cleaned_data["correo"]),
        has_contact=answers.who.cleaned_data["canal"] != "none",
        nature="" if is_formal else _meaning_of(choice.nature),
    )


def _meaning_of(nature: str) -> str:
    return worded(organization.legal_nature(nature), "explanation", active_language())


def _who(answers: Answers) -> Lines:
    given = answers.who.cleaned_data
    document = given["document"]
    kind = labels.named_pair(labels.DOCUMENTS, document.type) if document else ""
    preferences = [labels.named(labels.PREFERENCES, each) for each in given["preferente"]]
    return _present(
        (_("Nombre"), f"{given['nombres']} {given['apellidos']}".strip()),
        (_("Documento"), f"{kind} {mask(document.number)}" if document else ""),
        (_("Te respondemos"), labels.named(labels.CHANNELS, given["canal"])),
        (_("Correo"), given["correo"]),
        (_("Teléfono"), given["celular"]),
        (_("Sin contacto"), given["sin_contacto"] if given["canal"] == "none" else ""),
        (_("Adulto responsable"), given["adulto"] if given["menor"] else ""),
        (_("Lengua"), labels.named_pair(labels.LANGUAGES, given["lengua"])),
        (_("Atención preferente"), ". ".join(preferences)),
    )


def _present(*lines: tuple[str, str]) -> Lines:
    return [(name, value) for name, value in lines if value.strip()]
