"""Calling back whoever called and spoke with nobody: the list, one address for each act, and how calls went by hour."""

import uuid
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Query, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.callbacks import (
    CallBacksShown,
    CallBackTried,
    CallDaysAsked,
    CallFiguresShown,
    NextTaken,
    PreferenceGiven,
)
from cercana.api.shapes.contacts import DismissalGiven, Joined, JoinGiven
from cercana.api.shapes.desk_reads import Done
from cercana.channels.phone import commands, queries
from cercana.conversation.queries import sends_texts

router = Router(tags=["Devolver llamadas"])
_ONE = "/callbacks/{key}"


@reading(
    router, "/callbacks", name="callbacks", scope=Scope.REGISTER, answer=CallBacksShown,
    summary="Ver a quién devolver la llamada",
    about="Una línea por persona. Para registrar su caso, su «key» va en «contact» de POST /cases.",
)  # fmt: skip
def callbacks(request: ApiRequest) -> HttpResponse:
    """List who waits to be called back."""
    found = queries.call_back_list(request.caller.actor, sends_texts=sends_texts(), now=request.now)
    return shown(request, CallBacksShown.of(found))


@changing(
    router, "/callbacks/next", name="take_next_callback", scope=Scope.REGISTER, answer=NextTaken,
    summary="Tomar la siguiente llamada por devolver",
    about="Quien ya está en mano y no se intentó viene primero. Dos cuentas a la vez reciben personas distintas.",
)  # fmt: skip
def take_next(request: ApiRequest) -> HttpResponse:
    """Take who is to be called next."""
    taken = commands.take_next(actor=request.caller.actor, now=request.now)
    return changed(NextTaken(key=taken), status=HTTPStatus.OK)


@changing(
    router, "/callbacks/put-back", name="put_back_callback", scope=Scope.REGISTER, answer=Done,
    summary="Devolver a la lista a quien se tomó",
)  # fmt: skip
def put_back(request: ApiRequest) -> HttpResponse:
    """Let anybody take who is in hand."""
    commands.put_back(actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/take", name="take_callback", scope=Scope.REGISTER, answer=Done,
    summary="Tomar a alguien para devolverle la llamada",
)  # fmt: skip
def take(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Take somebody, whoever is next."""
    commands.take_up(key=key, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/attempts", name="note_callback_attempt", scope=Scope.REGISTER, answer=Done,
    status=HTTPStatus.CREATED, summary="Anotar qué pasó al devolver la llamada",
)  # fmt: skip
def note_attempt(request: ApiRequest, key: uuid.UUID, given: Annotated[CallBackTried, Body()]) -> HttpResponse:
    """Note what came of calling somebody back."""
    commands.note_attempt(key=key, outcome=given.outcome, actor=request.caller.actor, now=request.now)
    return done(HTTPStatus.CREATED)


@changing(
    router, f"{_ONE}/undo-attempt", name="undo_callback_attempt", scope=Scope.REGISTER, answer=Done,
    summary="Deshacer el último intento propio",
)  # fmt: skip
def undo_attempt(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Take back a slip."""
    commands.undo_attempt(key=key, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/preference", name="prefer_callback", scope=Scope.REGISTER, answer=Done,
    summary="Anotar cuándo y por dónde prefiere",
)  # fmt: skip
def prefer(request: ApiRequest, key: uuid.UUID, given: Annotated[PreferenceGiven, Body()]) -> HttpResponse:
    """Note when and how somebody wants to be reached."""
    commands.prefer(key=key, preferred_at=given.at, way=given.way, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/join", name="join_callback", scope=Scope.REGISTER, answer=Joined,
    summary="Unir a un caso las llamadas de alguien",
)  # fmt: skip
def join(request: ApiRequest, key: uuid.UUID, given: Annotated[JoinGiven, Body()]) -> HttpResponse:
    """File all the calls of somebody in the case they belong to."""
    number = commands.join_caller(key=key, number=given.number, actor=request.caller.actor, now=request.now)
    return changed(Joined(number=number), status=HTTPStatus.OK)


@changing(
    router, f"{_ONE}/dismiss", name="dismiss_callback", scope=Scope.REGISTER, answer=Done,
    summary="Descartar las llamadas de quien no necesita un caso",
)  # fmt: skip
def dismiss(request: ApiRequest, key: uuid.UUID, given: Annotated[DismissalGiven, Body()]) -> HttpResponse:
    """Take somebody off the list, with all their calls."""
    commands.dismiss_caller(key=key, reason=given.reason, actor=request.caller.actor, now=request.now)
    return done()


@reading(
    router, "/calls/figures", name="call_figures", scope=Scope.READ, answer=CallFiguresShown,
    summary="Ver cómo fueron las llamadas, por hora",
)  # fmt: skip
def figures(request: ApiRequest, asked: Annotated[CallDaysAsked, Query()]) -> HttpResponse:
    """Show how calls went over some days."""
    return shown(
        request, CallFiguresShown.of(queries.call_days(request.caller.actor, days=asked.days, now=request.now))
    )
