"""The duty roster: read by who has duties, changed by who supervises."""

from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Path, Query, Router

from cercana.accounts import commands, queries
from cercana.accounts.errors import RosterClosed
from cercana.api.answers import done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.roster import (
    AbsenceGiven,
    AbsenceShown,
    DutyTurnShown,
    GapShown,
    OfficerShown,
    RosterAsked,
    RosterShown,
    StretchShown,
    SwapGiven,
    TurnEndGiven,
    TurnGiven,
)
from cercana.rules.entitlements import may_read_roster
from cercana.rules.promises import LIMA, to_lima

router = Router(tags=["La guardia"])
_Row = Annotated[int, Path(ge=1, le=2_147_483_647)]


@reading(router, "/roster", name="roster", scope=Scope.READ, answer=RosterShown, summary="Ver la guardia")
def roster(request: ApiRequest, asked: Annotated[RosterAsked, Query()]) -> HttpResponse:
    """Show who is on duty when, and when nobody is."""
    if not may_read_roster(request.caller.actor).allowed:
        raise RosterClosed
    today = to_lima(request.now).date()
    starts_at = datetime.combine(today, time.min, tzinfo=LIMA)
    ends_at = starts_at + timedelta(days=asked.days)
    return shown(
        request,
        RosterShown(
            stretches=[
                StretchShown(
                    starts_at=each.starts_at,
                    ends_at=each.ends_at,
                    person=each.person,
                    turn=each.turn,
                    instead_of=each.instead_of,
                )
                for each in queries.duty_stretches(starts_at, ends_at)
            ],
            gaps=[
                GapShown(starts_at=each.starts_at, ends_at=each.ends_at)
                for each in queries.duty_gaps(request.now, ends_at)
            ],
            turns=[DutyTurnShown.model_validate(each, from_attributes=True) for each in queries.duty_turns(today)],
            absences=[AbsenceShown.model_validate(each, from_attributes=True) for each in queries.duty_absences(today)],
            officers=[OfficerShown(id=id_, name=name) for id_, name in queries.duty_officers(today)],
        ),
    )


@changing(
    router, "/roster/turns", name="add_turn", scope=Scope.WRITE, answer=Done, status=HTTPStatus.CREATED,
    summary="Añadir un turno de guardia",
)  # fmt: skip
def add_turn(request: ApiRequest, given: Annotated[TurnGiven, Body()]) -> HttpResponse:
    """Give somebody a turn of every week."""
    commands.add_turn(
        weekday=given.weekday,
        starts=given.starts,
        ends=given.ends,
        person=given.person,
        first=given.first,
        actor=request.caller.actor,
        now=request.now,
    )
    return done(HTTPStatus.CREATED)


@changing(
    router, "/roster/turns/{turn}/end", name="end_turn", scope=Scope.WRITE, answer=Done,
    summary="Terminar un turno de guardia",
)  # fmt: skip
def end_turn(request: ApiRequest, turn: _Row, given: Annotated[TurnEndGiven, Body()]) -> HttpResponse:
    """Let a turn be over."""
    commands.end_turn(turn=turn, last=given.last, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, "/roster/turns/{turn}/swap", name="swap_turn", scope=Scope.WRITE, answer=Done,
    summary="Cambiar un turno de guardia por un día",
)  # fmt: skip
def swap_turn(request: ApiRequest, turn: _Row, given: Annotated[SwapGiven, Body()]) -> HttpResponse:
    """Give the turn of one day to somebody else, or to nobody."""
    commands.swap_turn(turn=turn, day=given.day, person=given.person, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, "/roster/absences", name="add_absence", scope=Scope.WRITE, answer=Done, status=HTTPStatus.CREATED,
    summary="Anotar que alguien no estará de guardia",
)  # fmt: skip
def add_absence(request: ApiRequest, given: Annotated[AbsenceGiven, Body()]) -> HttpResponse:
    """Write down that somebody is away."""
    commands.add_absence(
        person=given.person, first=given.first, last=given.last, actor=request.caller.actor, now=request.now
    )
    return done(HTTPStatus.CREATED)


@changing(
    router, "/roster/absences/{absence}/remove", name="remove_absence", scope=Scope.WRITE, answer=Done,
    summary="Quitar una ausencia",
)  # fmt: skip
def remove_absence(request: ApiRequest, absence: _Row) -> HttpResponse:
    """Take an absence back."""
    commands.remove_absence(absence=absence, actor=request.caller.actor)
    return done()
