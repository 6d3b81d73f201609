"""«Necesito apoyo»: the supervisor called from a conversation that turns abusive, and what happened (M3.3a)."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Path, Query, Router

from cercana.api.answers import done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.support import (
    IncidentGiven,
    SupportCallShown,
    SupportCallsShown,
    SupportGiven,
    SupportShown,
)
from cercana.rules.classification import Channel
from cercana.workplace import commands, queries

router = Router(tags=["Apoyo a quien atiende"])
_Call = Annotated[int, Path(ge=1, le=2_147_483_647)]
_AtCounter = Annotated[bool, Query(description="Si se atiende en la ventanilla; si no, al teléfono.")]


@reading(
    router, "/support", name="support", scope=Scope.READ, answer=SupportShown,
    summary="Ver a quién pedir apoyo y qué decir",
)  # fmt: skip
def support(request: ApiRequest, *, counter: _AtCounter = False) -> HttpResponse:
    """Show whom a call reaches, what to say meanwhile, and the call of just now."""
    actor = request.caller.actor
    nearest = queries.nearest_help(actor, request.now)
    limits = queries.words_of_limit(Channel.COUNTER if counter else Channel.PHONE)
    call = queries.latest_call(actor, request.now)
    return shown(
        request,
        SupportShown(
            supervisors=list(nearest.supervisors),
            colleagues=list(nearest.colleagues),
            say=list(limits.say) if limits else [],
            avoid=list(limits.avoid) if limits else [],
            escalate=limits.escalate if limits else "",
            call=SupportCallShown.of(call) if call else None,
        ),
    )


@changing(
    router, "/support/call", name="call_for_support", scope=Scope.WRITE, answer=Done, status=HTTPStatus.CREATED,
    summary="Llamar a la jefatura", about="Suena en su mesa. Uno que todavía suena no se hace dos veces.",
)  # fmt: skip
def call_supervisor(request: ApiRequest, given: Annotated[SupportGiven, Body()]) -> HttpResponse:
    """Let the nearest supervisor's desk ring."""
    commands.call_supervisor(actor=request.caller.actor, place=given.place, now=request.now)
    return done(HTTPStatus.CREATED)


@changing(
    router, "/support/incidents", name="note_incident", scope=Scope.WRITE, answer=Done, status=HTTPStatus.CREATED,
    summary="Anotar qué pasó en una conversación", about="Lo lee solo la jefatura; no se hace ninguna cifra con esto.",
)  # fmt: skip
def note_incident(request: ApiRequest, given: Annotated[IncidentGiven, Body()]) -> HttpResponse:
    """Keep what happened."""
    commands.note_incident(
        actor=request.caller.actor, hurt=given.hurt, said=given.said, place=given.place, now=request.now
    )
    return done(HTTPStatus.CREATED)


@reading(
    router, "/support/incidents", name="incidents", scope=Scope.READ, answer=SupportCallsShown,
    summary="Ver quién pidió apoyo y qué pasó", about="Para la jefatura, de las áreas a su cargo.",
)  # fmt: skip
def incidents(request: ApiRequest) -> HttpResponse:
    """List who needed help in the areas below the caller, and whose call rings now."""
    actor = request.caller.actor
    found = queries.calls_of(actor, request.now)
    ringing = [each.id for each in queries.calls_heard_by(actor, request.now)]
    return shown(request, SupportCallsShown(calls=[SupportCallShown.of(each) for each in found], ringing=ringing))


@changing(
    router, "/support/calls/{call}/answer", name="answer_support_call", scope=Scope.WRITE, answer=Done,
    summary="Decir que la jefatura va",
)  # fmt: skip
def answer(request: ApiRequest, call: _Call) -> HttpResponse:
    """Record that this supervisor goes."""
    commands.go_to(id_=call, actor=request.caller.actor, now=request.now)
    return done()
