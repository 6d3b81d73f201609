"""Turns for an app or a kiosk of the institution: where, taken, followed, given up; nothing here names a person."""

import math
import uuid
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.errors import CallsTooMany
from cercana.api.operations import changing, reading
from cercana.api.repeating import client_key_of, key_in
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.turns import BoardShown, FollowedShown, RoomSite, RoomsShown, TurnTakenGiven
from cercana.channels.counter import commands, queries
from cercana.database import counting
from cercana.database.counting import Allowance, Portion

router = Router(tags=["Turnos"])
_ONE = "/citizen/turns/{key}"
# As many as a kiosk gives out: a busy hall gets no further, and nobody fills it from afar.
_TURNS_OF_CLIENT = Allowance(40, timedelta(seconds=10))


@reading(
    router, "/citizen/rooms", name="rooms", scope=Scope.CITIZEN, answer=RoomsShown,
    summary="Ver dónde y para qué se toma un turno",
)  # fmt: skip
def rooms(request: ApiRequest) -> HttpResponse:
    """List the waiting rooms in use, and what one may come for."""
    return shown(request, RoomsShown.of(queries.offered_rooms(request.now)))


@reading(
    router, "/citizen/rooms/{site}", name="room", scope=Scope.CITIZEN, answer=BoardShown,
    summary="Ver la pantalla de una sala de espera",
)  # fmt: skip
def room(request: ApiRequest, site: RoomSite) -> HttpResponse:
    """Show who is called where and who comes next."""
    return shown(request, BoardShown.of(queries.board_of(queries.room_of(site), request.now)))


@changing(
    router, "/citizen/turns", name="take_turn", scope=Scope.CITIZEN, answer=FollowedShown,
    status=HTTPStatus.CREATED, summary="Tomar un turno",
    about="Vale solo hoy. Con la misma Idempotency-Key el turno es siempre el mismo.",
)  # fmt: skip
def take(request: ApiRequest, given: Annotated[TurnTakenGiven, Body()]) -> HttpResponse:
    """Give out the next turn of the day."""
    client = request.caller.client_id
    wait = counting.take([Portion(f"turns of api {client}", _TURNS_OF_CLIENT)], request.now)
    if wait > timedelta():
        raise CallsTooMany(retry_after=math.ceil(wait.total_seconds()))
    key = client_key_of(client, key_in(request))
    commands.give_turn(given.wish(key), site=given.site, now=request.now)
    return changed(_followed(request, key), status=HTTPStatus.CREATED)


@reading(
    router, _ONE, name="turn", scope=Scope.CITIZEN, answer=FollowedShown, summary="Seguir un turno",
    about="Con su clave: cuántas personas van antes, entre qué minutos esperará, y a qué ventanilla lo llaman.",
)  # fmt: skip
def follow(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Show whoever holds a turn where it stands."""
    return shown(request, _followed(request, key))


@changing(router, f"{_ONE}/leave", name="leave_turn", scope=Scope.CITIZEN, answer=Done, summary="Dejar un turno")
def leave(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Give a turn up for whoever holds it."""
    commands.leave_turn(key=key, now=request.now)
    return done()


def _followed(request: ApiRequest, key: uuid.UUID) -> FollowedShown:
    return FollowedShown.of(queries.followed(key, request.now), queries.follow_link(key))
