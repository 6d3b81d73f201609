"""A registration that a phone carried until there was a connection: one form, one key, one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from cercana.cases import commands, queries
from cercana.cases.errors import AttachmentRefused
from cercana.database.throttle import is_mailbox_full
from cercana.portal import holding, links
from cercana.portal.catalogue import Catalogue, catalogue
from cercana.portal.drafting import WHAT, WHERE, WHO, Writing
from cercana.portal.forms import PlainForm, ReviewForm, WhatForm, WhereForm, WhoForm, said
from cercana.portal.incoming import incoming
from cercana.portal.kept_case import kept_case
from cercana.portal.patience import is_beyond_usual
from cercana.portal.registration import answers_in, reception_of, settled_day
from cercana.rules.access import Actor, ActorKind
from cercana.rules.promises import to_lima

_PUBLIC = Actor(ActorKind.CITIZEN)
# The generation of access that every case begins with: another means that its code was changed since.
_FIRST = 1


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of it: the number of the case, or what has to be mended first, field by field."""

    number: str
    faults: Sequence[tuple[str, str]] = ()


def register_carried(request: HttpRequest, secret: str, now: datetime) -> Carried:
    """
    Register what the phone sent under its ``secret``; sent again, after days or twice at once, it is the same case.

    Nothing is kept of what has to be mended.
    """
    if number := queries.number_carried(secret):
        return Carried(number)
    offered = catalogue()
    forms = _forms(request, offered, now)
    if faults := [fault for form in forms.values() for fault in form.summary()]:
        return Carried("", faults)
    try:
        return Carried(_register(request, secret, forms, offered, now))
    except AttachmentRefused as refusal:
        return Carried("", [("archivos", said(refusal))])


def state_of(number: str, now: datetime) -> dict[str, object]:
    """
    Return what the phone may keep of the case, and the code and link with which its owner comes back to it.

    Once its code was changed, the number alone: whoever changed it meant everybody.
    """
    entrance = queries.entrance_by_number(number)
    if entrance is None or entrance.generation != _FIRST:
        return {"number": number}
    case = queries.tracked_case(holding.Holder(entrance.key, entrance.generation).actor, number=number)
    return {
        **kept_case(case, now),
        "code": links.code_of(case.key, case.generation),
        "link": links.case_link(case.key, case.generation),
    }


def _forms(request: HttpRequest, offered: Catalogue, now: datetime) -> dict[str, PlainForm]:
    return {
        WHAT: WhatForm(request.POST),
        WHERE: WhereForm(request.POST, today=to_lima(now).date(), categories=offered.codes),
        WHO: WhoForm(request.POST),
    }


@transaction.atomic
def _register(request: HttpRequest, secret: str, forms: dict[str, PlainForm], offered: Catalogue, now: datetime) -> str:
    draft = commands.open_carried_draft(secret=secret, now=now)
    # Locked: of two sends at once the second finds here what the first has registered.
    if number := queries.number_carried(secret):
        return number
    for name, form in forms.items():
        fields = settled_day(form, to_lima(now).date()) if isinstance(form, WhereForm) else form.as_typed()
        commands.save_draft(secret=secret, part=name, fields=fields, now=now)
    keeps_location = "ubicacion" in request.POST
    for file in incoming(request.FILES.getlist("archivos")):
        commands.attach_to_draft(draft=draft, file=file, keeps_location=keeps_location, now=now)
    writing = Writing(secret, queries.find_draft(secret))
    answers = answers_in(writing, offered, now)
    if answers.first_unfinished:
        raise ValueError("a form that was valid is so no longer")
    review = ReviewForm(
        {"formal": request.POST.get("formal") or "no", "opinion": request.POST.get("opinion", "")},
        offers_formal=not answers.is_inquiry,
        asks_formal=answers.proposes_formal_claim,
    )
    review.is_valid()
    unusual = is_beyond_usual(request, answers.identities, now)
    held = bool(answers.email) and is_mailbox_full(answers.email, now) and unusual
    reception = reception_of(answers, review, writing, needs_review=unusual, holds_receipt=held)
    return commands.send_draft(secret=secret, reception=reception, actor=_PUBLIC, now=now).number
