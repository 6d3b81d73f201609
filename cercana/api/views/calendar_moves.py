"""What a change of the calendar does to open promises, and moving them (M4.3)."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed, shown
from cercana.api.callers import ApiRequest
from cercana.api.errors import CalendarPassed
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.calendar_moves import (
    MovedPromiseShown,
    MovedPromisesShown,
    PromiseMoveGiven,
    PromiseMoveShown,
)
from cercana.cases import commands
from cercana.organization import queries as organization
from cercana.rules.calendar import calendar_mark

router = Router(tags=["El calendario"])
_PATH = "/calendar/moved-promises"
_MOST_SHOWN = 100


@reading(
    router, _PATH, name="moved_promises", scope=Scope.READ, answer=MovedPromisesShown,
    summary="Ver qué plazos mueve el calendario de hoy",
)  # fmt: skip
def moved_promises(request: ApiRequest) -> HttpResponse:
    """Show which open promises the calendar of today moves: numbers and dues, nothing else of a case."""
    preview = commands.preview_moved_promises(request.now, actor=request.caller.actor)
    return shown(
        request,
        MovedPromisesShown(
            promises=[MovedPromiseShown.of(each) for each in preview.promises[:_MOST_SHOWN]],
            total=len(preview.promises),
            citizens=preview.citizens,
            is_moving=commands.is_moving_promises(),
            calendar=calendar_mark(organization.added_days()),
        ),
    )


@changing(
    router, _PATH, name="move_promises", scope=Scope.WRITE, answer=PromiseMoveShown,
    summary="Mover los plazos que el calendario cambia", about="Las personas reciben el aviso en horario de atención.",
)  # fmt: skip
def move_promises(request: ApiRequest, given: Annotated[PromiseMoveGiven, Body()]) -> HttpResponse:
    """Move them; raise CalendarPassed if the calendar is another one than the caller saw."""
    if given.calendar != calendar_mark(organization.added_days()):
        raise CalendarPassed
    is_done = commands.order_moved_promises(why=given.why, actor=request.caller.actor, now=request.now)
    return changed(PromiseMoveShown(is_done=is_done), status=HTTPStatus.OK)
