"""What triage and the writing assistant say of a text, and which cases are like it; nothing of it is kept."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import asking
from cercana.api.scopes import Scope
from cercana.api.shapes.reading_help import (
    DraftAsked,
    LikeAsked,
    LikeShown,
    LikesShown,
    MessageAsked,
    ReviewShown,
    TriageShown,
)
from cercana.cases import queries
from cercana.cases.errors import RegistrationRefused
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.triage.assessment import assess
from cercana.rules.writing.review import review

router = Router(tags=["Ayuda para leer y escribir"])


@asking(router, "/triage", name="triage", scope=Scope.REGISTER, answer=TriageShown, summary="Ver qué propone el triaje")
def triage(request: ApiRequest, given: Annotated[MessageAsked, Body()]) -> HttpResponse:
    """Say what triage makes of a message."""
    _registrar(request)
    return shown(request, TriageShown.of(assess(given.text)))


@asking(router, "/similar", name="similar", scope=Scope.REGISTER, answer=LikesShown, summary="Ver casos parecidos")
def similar(request: ApiRequest, given: Annotated[LikeAsked, Body()]) -> HttpResponse:
    """Find cases that may be about the same matter."""
    actor = _registrar(request)
    found = queries.similar_cases(
        actor, words=given.description, place=given.place, category=given.category, citizen=None, now=request.now
    )
    queries.record_list(actor, [each.number for each in found], what="parecidos", now=request.now)
    lines = [
        LikeShown(
            number=each.number,
            title=each.title,
            area=each.area,
            stage=each.stage,
            share=each.likeness.share,
            may_absorb=each.may_absorb,
        )
        for each in found
    ]
    return shown(request, LikesShown(cases=lines))


@asking(
    router, "/writing/check", name="writing_check", scope=Scope.WRITE, answer=ReviewShown,
    summary="Revisar un borrador de respuesta",
)  # fmt: skip
def writing_check(request: ApiRequest, given: Annotated[DraftAsked, Body()]) -> HttpResponse:
    """Say what the manual asks of a draft."""
    _registrar(request)
    return shown(request, ReviewShown.of(review(given.text, given.situation())))


def _registrar(request: ApiRequest) -> Actor:
    """Return the actor, if they attend people; raise RegistrationRefused."""
    if not entitlements.may_register(request.caller.actor).allowed:
        raise RegistrationRefused
    return request.caller.actor
