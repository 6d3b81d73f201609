"""Turns as whoever attends at a window has them on the desk: called, called again, absent, passed on, ended (M2.3a)."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Path, Query, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.turns import RoomSite
from cercana.api.shapes.windows import (
    LongWaitShown,
    LongWaitsShown,
    PassedOnGiven,
    TicketCalled,
    TicketShown,
    TurnFiguresAsked,
    TurnFiguresShown,
    TurnsShown,
)
from cercana.channels.counter import commands, queries

router = Router(tags=["Ventanillas"])
_Row = Annotated[int, Path(ge=1, le=2_147_483_647)]
_CURRENT = "/turns/current"


@reading(
    router, "/turns", name="turns", scope=Scope.REGISTER, answer=TurnsShown,
    summary="Ver los turnos ante la ventanilla de la cuenta",
)  # fmt: skip
def turns(request: ApiRequest) -> HttpResponse:
    """Show who is called, who waits, who did not come."""
    return shown(request, TurnsShown.of(queries.desk_of(request.caller.actor, request.now)))


@changing(
    router, "/windows/{window}/sit", name="sit_at_window", scope=Scope.REGISTER, answer=Done,
    summary="Abrir una ventanilla", about="La cuenta atiende ahí, y deja la ventanilla que tenía.",
)  # fmt: skip
def sit(request: ApiRequest, window: _Row) -> HttpResponse:
    """Take a free window."""
    commands.sit_at(window=window, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, "/windows/leave", name="leave_window", scope=Scope.REGISTER, answer=Done,
    summary="Cerrar la ventanilla de la cuenta", about="Quien estaba en ella queda como atendido.",
)  # fmt: skip
def leave(request: ApiRequest) -> HttpResponse:
    """Leave the window."""
    commands.stand_up(actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, "/windows/{window}/free", name="free_window", scope=Scope.REGISTER, answer=Done,
    summary="Liberar una ventanilla que alguien dejó", about="Para quien supervisa la recepción.",
)  # fmt: skip
def free(request: ApiRequest, window: _Row) -> HttpResponse:
    """Free a window that somebody left without saying so."""
    commands.free_window(window=window, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, "/turns/next", name="call_next_turn", scope=Scope.REGISTER, answer=TicketCalled,
    summary="Llamar al siguiente turno", about="Quien estaba en la ventanilla queda como atendido.",
)  # fmt: skip
def call_next(request: ApiRequest) -> HttpResponse:
    """Call the next turn to the window of this account."""
    turn = commands.call_next(actor=request.caller.actor, now=request.now)
    return _called(request, turn.pk if turn else None)


@changing(
    router, f"{_CURRENT}/again", name="call_turn_again", scope=Scope.REGISTER, answer=TicketCalled,
    summary="Llamar otra vez al turno de la ventanilla",
)  # fmt: skip
def call_again(request: ApiRequest) -> HttpResponse:
    """Call the turn of this window once more."""
    return _called(request, commands.call_again(actor=request.caller.actor, now=request.now).pk)


@changing(
    router, f"{_CURRENT}/absent", name="mark_turn_absent", scope=Scope.REGISTER, answer=Done,
    summary="Anotar que no vino quien se llamó", about="Después de los tres llamados que promete la pantalla.",
)  # fmt: skip
def mark_absent(request: ApiRequest) -> HttpResponse:
    """Note that nobody came."""
    commands.mark_absent(actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_CURRENT}/end", name="finish_turn", scope=Scope.REGISTER, answer=Done,
    summary="Terminar el turno de la ventanilla",
)  # fmt: skip
def end(request: ApiRequest) -> HttpResponse:
    """Note that the person at this window has been attended."""
    commands.end_turn(actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_CURRENT}/pass-on", name="pass_turn_on", scope=Scope.REGISTER, answer=Done,
    summary="Pasar el turno a otra ventanilla", about="La persona conserva su lugar; la nota la lee quien la atienda.",
)  # fmt: skip
def pass_on(request: ApiRequest, given: Annotated[PassedOnGiven, Body()]) -> HttpResponse:
    """Let another window attend the person."""
    commands.pass_on(window=given.window, note=given.note, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, "/turns/{turn}/bring-back", name="bring_turn_back", scope=Scope.REGISTER, answer=Done,
    summary="Devolver a la fila a quien no había venido",
)  # fmt: skip
def bring_back(request: ApiRequest, turn: _Row) -> HttpResponse:
    """Let somebody who missed their call wait again."""
    commands.bring_back(turn=turn, actor=request.caller.actor, now=request.now)
    return done()


@reading(
    router, "/turns/waits", name="long_waits", scope=Scope.REGISTER, answer=LongWaitsShown,
    summary="Ver en qué salas se espera demasiado",
)  # fmt: skip
def waits(request: ApiRequest) -> HttpResponse:
    """List the rooms where another window must open; none for who cannot open it."""
    found = queries.waits_heard_by(request.caller.actor, request.now)
    lines = [LongWaitShown.model_validate(each, from_attributes=True) for each in found]
    return shown(request, LongWaitsShown(waits=lines))


@changing(
    router, "/rooms/{site}/answer-wait", name="answer_wait", scope=Scope.REGISTER, answer=Done,
    summary="Hacerse cargo de una espera larga",
)  # fmt: skip
def answer_wait(request: ApiRequest, site: RoomSite) -> HttpResponse:
    """Say that somebody sees to it."""
    commands.answer_wait(site=site, actor=request.caller.actor, now=request.now)
    return done()


@reading(
    router, "/turns/figures", name="turn_figures", scope=Scope.READ, answer=TurnFiguresShown,
    summary="Ver cómo fueron los turnos, por hora",
)  # fmt: skip
def figures(request: ApiRequest, asked: Annotated[TurnFiguresAsked, Query()]) -> HttpResponse:
    """Show how turns went over some days."""
    found = queries.room_figures(request.caller.actor, site=asked.site, days=asked.days, now=request.now)
    return shown(request, TurnFiguresShown.of(found))


def _called(request: ApiRequest, turn: int | None) -> HttpResponse:
    line = queries.called_turn(request.caller.actor, turn) if turn else None
    return changed(TicketCalled(turn=TicketShown.of(line) if line else None), status=HTTPStatus.OK)
