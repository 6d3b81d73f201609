"""From the steps of a registration to the case: what was typed, read again, and put into one reception."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from cercana.cases.commands import Reception
from cercana.citizens.commands import ContactKind, Person
from cercana.portal.catalogue import Catalogue, Choice
from cercana.portal.drafting import WHAT, WHERE, WHO, Writing
from cercana.portal.forms import INQUIRY, ReviewForm, WhatForm, WhereForm, WhoForm
from cercana.rules.classification import Channel, ClaimType, RequestKind
from cercana.rules.critical_states import Proposal, joined, proposed_by_form
from cercana.rules.near_addresses import mailbox_of
from cercana.rules.points import point_words
from cercana.rules.promises import to_lima
from cercana.rules.triage.proposal import danger_in_text
from cercana.ui import moments
from cercana.ui.environment import active_language
from cercana.ui.sentences import ended

FORMAL_CLAIM, INCIDENT = "formal_claim", "incident"
# Said in the words of the staff, who reads it.
YES = "si"


@dataclass(frozen=True, slots=True)
class Answers:
    """The three steps as they stand in the draft, read by their forms."""

    what: WhatForm
    where: WhereForm
    who: WhoForm
    choice: Choice | None

    @property
    def first_unfinished(self) -> str | None:
        """The name of the first step that something is missing from, or None."""
        steps = ((WHAT, self.what), (WHERE, self.where), (WHO, self.who))
        return next((name for name, form in steps if not form.is_valid()), None)

    @property
    def is_inquiry(self) -> bool:
        """Whether the person asks instead of complaining."""
        return self.what.typed("tipo") == INQUIRY

    @property
    def proposes_formal_claim(self) -> bool:
        """Whether what is told looks like a formal claim, so that the person is asked about it."""
        return self.choice is not None and self.choice.nature == FORMAL_CLAIM and not self.is_inquiry

    @property
    def identities(self) -> list[str]:
        """The document, mailbox and telephone the person gave, each in one word. The steps must be valid."""
        given = self.who.cleaned_data
        document, email, phone = given["document"], given["email"], given["phone"]
        found = [f"{document.type.value}{document.number}"] if document else []
        return [*found, *([mailbox_of(email)] if email else []), *([phone] if phone else [])]

    @property
    def email(self) -> str:
        """The mail address the person gave, or "". The steps must be valid."""
        return self.who.cleaned_data["email"] or ""


def answers_in(writing: Writing, catalogue: Catalogue, now: datetime) -> Answers:
    """Return what was typed so far; a step nobody has been to yet is empty, and so not valid."""
    today = to_lima(now).date()
    where = WhereForm(writing.part(WHERE), today=today, categories=catalogue.codes)
    return Answers(WhatForm(writing.part(WHAT)), where, WhoForm(writing.part(WHO)), catalogue.find(where.category))


def settled_day(form: WhereForm, today: date) -> dict[str, object]:
    """Return what was typed with «hoy» and «ayer» as dates, so that tomorrow they still mean the same day."""
    typed = form.as_typed()
    days = {"hoy": today, "ayer": today - timedelta(days=1)}
    if (day := days.get(str(typed["cuando"]))) is not None:
        typed |= {"cuando": "otro", "fecha": day.isoformat()}
    return typed


def place_of(form: WhereForm) -> str:
    """Return the place in one line."""
    parts = [form.typed(name).strip() for name in ("calle", "cuadra", "referencia")]
    return ", ".join(part for part in (*parts, point_words(form.point)) if part)


def happened_of(form: WhereForm) -> str:
    """Return when it happened in words, in the language that is active; "" if nobody said."""
    day, hour = form.cleaned_data.get("fecha"), form.typed("hora").strip()
    now = datetime.combine(form.today, time())
    said = moments.day(day, active_language(), now=now) if day else ""
    return ", ".join(part for part in (said, hour) if part)


def earlier_reports(form: WhereForm) -> str:
    """Return how often the person had told us before, in the words of the review; "" if not asked."""
    words = {"dos": _("Sí, dos veces o más"), "una": _("Sí, una vez"), "no": _("No, es la primera vez")}
    return words.get(form.typed("antes"), "")


def reception_of(
    answers: Answers, review: ReviewForm, writing: Writing, *, needs_review: bool, holds_receipt: bool
) -> Reception:
    """Return everything that was told as one reception; the answers must be valid and the draft saved."""
    if answers.choice is None or writing.draft is None:
        raise ValueError("the steps are not finished")
    kind = RequestKind.INQUIRY if answers.is_inquiry else RequestKind.CLAIM
    return Reception(
        person=person_of(answers.who, may_ask_opinion=bool(review.cleaned_data["opinion"])),
        kind=kind,
        claim_type=None if answers.is_inquiry else ClaimType(answers.what.cleaned_data["tipo"]),
        category=answers.choice.code,
        channel=Channel.APP,
        description=answers.what.cleaned_data["relato"],
        place=place_of(answers.where),
        happened=_happened_for_staff(answers.where),
        legal_nature=legal_nature_of(answers.choice, review.cleaned_data["formal"]),
        is_preferential=bool(answers.who.cleaned_data["preferente"] or answers.who.cleaned_data["menor"]),
        needs_review=needs_review,
        holds_receipt=holds_receipt,
        attachments=[each.key for each in writing.draft.files],
        danger=danger_in(answers.choice, answers.where),
    )


def danger_in(choice: Choice, where: WhereForm) -> Proposal | None:
    """Return what the choices of the form propose for a person to confirm; None if nothing."""
    return proposed_by_form(choice.class_, told_twice=where.typed("antes") == "dos")


def danger_of(answers: Answers) -> Proposal | None:
    """Return all that speaks for danger so far, choices and words: what the case will be registered with."""
    if answers.choice is None:
        return None
    return joined((danger_in(answers.choice, answers.where), danger_in_text(answers.what.typed("relato").strip())))


def legal_nature_of(choice: Choice, formal: str) -> str:
    """Return the legal nature: a formal claim only if the person said yes; the category decides about the rest."""
    if formal == YES:
        return FORMAL_CLAIM
    return INCIDENT if choice.nature == FORMAL_CLAIM else choice.nature


def person_of(form: WhoForm, *, may_ask_opinion: bool) -> Person:
    """Return who the person said they are; the form must be valid."""
    given = form.cleaned_data
    contacts = [(ContactKind.EMAIL, given["correo"]), (ContactKind.PHONE, given["celular"])]
    is_reached = given["canal"] != "none"
    return Person(
        name=f"{given['nombres']} {given['apellidos']}".strip(),
        document=given["document"],
        contacts=[(kind, text) for kind, text in contacts if text.strip()],
        language=given["lengua"] or "es",
        channel=given["canal"] if is_reached else "",
        may_ask_opinion=may_ask_opinion,
        no_contact_reason="" if is_reached else given["sin_contacto"],
        responsible_adult=given["adulto"] if given["menor"] else "",
        vulnerabilities=given["preferente"],
    )


def _happened_for_staff(form: WhereForm) -> str:
    """Return when it happened and how often it was reported, as the staff reads it."""
    with override("es"):
        earlier = earlier_reports(form)
        told = f"¿Avisó antes? {earlier}." if earlier else ""
        return " ".join(part for part in (ended(happened_of(form)), told) if part)
