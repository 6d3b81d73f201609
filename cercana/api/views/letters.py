"""What is written to the person of a case: phrases, dates and the letter before it leaves; and what became of it."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Path, Router

from cercana.api.answers import shown
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.operations import asking, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.letters import (
    DraftOfCaseAsked,
    DraftReviewShown,
    LetterAsked,
    LetterShown,
    OffersAsked,
    OfferShown,
    OffersShown,
    SentLetterShown,
    SentLettersShown,
    WholeMailShown,
)
from cercana.api.shapes.phrases import PhrasesShown
from cercana.cases import queries
from cercana.channels.email import queries as email
from cercana.citizens import queries as citizens
from cercana.conversation import queries as conversation
from cercana.organization import queries as organization
from cercana.rules.acts import Act
from cercana.rules.history import EventType
from cercana.rules.promise_offers import offers_in
from cercana.rules.promises import to_lima
from cercana.rules.writing.parts import joined, reviewed

router = Router(tags=["Cartas a la persona"])
_CASE = "/cases/{number}"
_Sequence = Annotated[int, Path(ge=1, le=2_147_483_647, description="La entrada de la historia.")]


@reading(
    router, f"{_CASE}/phrases", name="reply_phrases", scope=Scope.READ, answer=PhrasesShown,
    summary="Ver las frases de respuesta para un caso", about="Con sus datos puestos, para quien puede escribir.",
)  # fmt: skip
def reply_phrases(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """List the phrases that fit the case, filled with it."""
    institution = organization.outline(to_lima(request.now).date())
    found = conversation.phrases_for(request.caller.actor, number, institution=institution, now=request.now)
    return shown(request, PhrasesShown.of(found))


@asking(
    router, f"{_CASE}/promise-offers", name="promise_offers", scope=Scope.WRITE, answer=OffersShown,
    summary="Ver qué fechas promete un borrador", about="Nada se guarda. Cada una puede ir en «promises» al enviarlo.",
)  # fmt: skip
def promise_offers(request: ApiRequest, number: CaseNumber, given: Annotated[OffersAsked, Body()]) -> HttpResponse:
    """List the dates in what somebody is about to send."""
    queries.case_for(request.caller.actor, Act.PROMISE, number=number)
    found = offers_in(given.texts, now=request.now, calendar=organization.calendar())
    return shown(request, OffersShown(offers=[OfferShown.of(each) for each in found]))


@asking(
    router, f"{_CASE}/letter-preview", name="letter_preview", scope=Scope.WRITE, answer=LetterShown,
    summary="Ver la carta como saldría", about="De un mensaje, o de una respuesta. Nada se guarda.",
)  # fmt: skip
def letter_preview(request: ApiRequest, number: CaseNumber, given: Annotated[LetterAsked, Body()]) -> HttpResponse:
    """Show what is about to be sent as its citizen will get it."""
    act, said = (Act.ANSWER, EventType.ANSWERED) if given.is_answer else (Act.WRITE, EventType.WROTE)
    case = queries.case_for(request.caller.actor, act, number=number)
    person = citizens.profile(case.citizen_id, case=case.key)
    letter = conversation.preview_letter(queries.state_of(case), said, given.texts(), person, request.now)
    return shown(request, LetterShown.of(letter))


@asking(
    router, f"{_CASE}/writing-check", name="case_writing_check", scope=Scope.WRITE, answer=DraftReviewShown,
    summary="Revisar un borrador con lo que se sabe del caso",
    about="Dice también qué datos no son de esta persona. Nada se guarda.",
)  # fmt: skip
def writing_check(request: ApiRequest, number: CaseNumber, given: Annotated[DraftOfCaseAsked, Body()]) -> HttpResponse:
    """Say what the manual asks of a draft in this case, and what should not leave without a second look."""
    actor = request.caller.actor
    queries.case_for(actor, Act.ANSWER if given.is_answer else Act.WRITE, number=number)
    page = queries.page_of_case(actor, number)
    texts, situation = given.texts(), queries.situation_of(page, request.now, cause=given.cause or "")
    details = queries.details_beside(page, joined(texts))
    return shown(request, DraftReviewShown.beside(reviewed(texts, situation), details))


@reading(
    router, f"{_CASE}/letters", name="letters", scope=Scope.READ, answer=SentLettersShown,
    summary="Ver qué fue de cada carta a la persona",
)  # fmt: skip
def letters(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """List the letters about a case with what became of each; the look is recorded."""
    actor = request.caller.actor
    case = queries.case_for(actor, Act.VIEW, number=number)
    queries.record_case(actor, number, now=request.now)
    found = conversation.thread_deliveries(case.pk)
    return shown(request, SentLettersShown(letters=[SentLetterShown.of(each) for each in found]))


@reading(
    router, f"{_CASE}/mails/{{sequence}}", name="whole_mail", scope=Scope.READ, answer=WholeMailShown,
    summary="Ver entero un correo de la historia", about="La consulta queda anotada.",
)  # fmt: skip
def whole_mail(request: ApiRequest, number: CaseNumber, sequence: _Sequence) -> HttpResponse:
    """Show a mail with what the history leaves out of it; the look is recorded."""
    actor = request.caller.actor
    mail = email.whole_mail(actor, number=number, sequence=sequence)
    queries.record_look(actor, number, what="correo entero", now=request.now)
    return shown(request, WholeMailShown.of(mail))
