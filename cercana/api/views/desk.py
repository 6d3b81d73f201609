"""What stands around cases on the desk: warnings, alarms, exercises, many cases at once, cases solved on the spot."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed, shown
from cercana.api.callers import ApiRequest
from cercana.api.changes import answered
from cercana.api.operations import changing, reading
from cercana.api.receipts import receipt_shown
from cercana.api.registering import attachments_of, check_staff_names, note_origin
from cercana.api.repeating import client_key_of, key_in
from cercana.api.scopes import Scope
from cercana.api.shapes.cases import Changed
from cercana.api.shapes.desk_reads import AlarmShown, AlarmsShown, Done, NoticeShown, NoticesRead, NoticesShown
from cercana.api.shapes.many import (
    AssignManyGiven,
    DrillGiven,
    ManyDone,
    ReferManyGiven,
    RefusedShown,
    SolvedGiven,
    UndoManyGiven,
)
from cercana.api.shapes.registration import ReceiptShown
from cercana.api.shapes.watching import DrillShown, DrillsShown
from cercana.cases import commands, queries
from cercana.cases.commands import BulkResult

router = Router(tags=["La mesa"])


@changing(
    router, "/cases/solved", name="register_solved", scope=Scope.REGISTER, answer=ReceiptShown,
    status=HTTPStatus.CREATED, summary="Registrar un caso resuelto en el momento",
)  # fmt: skip
def register_solved(request: ApiRequest, given: Annotated[SolvedGiven, Body()]) -> HttpResponse:
    """Register a case and close it while the person waits."""
    actor, client = request.caller.actor, request.caller.client_id
    check_staff_names(given.case, request.now)
    reception = given.case.reception(
        client_key=client_key_of(client, key_in(request)),
        attachments=attachments_of(client, given.case.files),
        needs_review=False,
    )
    case = commands.register_and_solve(
        reception, given.answer.answer(), spoken_yes=given.spoken_yes, actor=actor, now=request.now
    )
    note_origin(case, given.case, actor, request.now)
    return changed(receipt_shown(case), status=HTTPStatus.CREATED, version=case.last_sequence)


@changing(router, "/cases/refer", name="refer_many", scope=Scope.WRITE, answer=ManyDone, summary="Derivar varios casos")
def refer_many(request: ApiRequest, given: Annotated[ReferManyGiven, Body()]) -> HttpResponse:
    """Refer each case on its own."""
    actor = request.caller.actor
    done = commands.refer_many(
        numbers=given.numbers, area=given.area, reason=given.reason, actor=actor, now=request.now
    )
    return _many(done)


@changing(
    router, "/cases/assign", name="assign_many", scope=Scope.WRITE, answer=ManyDone, summary="Asignar varios casos"
)
def assign_many(request: ApiRequest, given: Annotated[AssignManyGiven, Body()]) -> HttpResponse:
    """Give each case to a member of its area."""
    actor = request.caller.actor
    return _many(commands.assign_many(numbers=given.numbers, owner=given.owner, actor=actor, now=request.now))


@changing(
    router, "/cases/undo-referral", name="undo_many", scope=Scope.WRITE, answer=ManyDone,
    summary="Deshacer la derivación de varios casos",
)  # fmt: skip
def undo_many(request: ApiRequest, given: Annotated[UndoManyGiven, Body()]) -> HttpResponse:
    """Take the referral of each case back on its own."""
    return _many(commands.undo_referrals(numbers=given.numbers, actor=request.caller.actor, now=request.now))


@changing(
    router, "/drills", name="start_drill", scope=Scope.CRITICAL, answer=Changed, status=HTTPStatus.CREATED,
    summary="Empezar un simulacro",
)  # fmt: skip
def start_drill(request: ApiRequest, given: Annotated[DrillGiven, Body()]) -> HttpResponse:
    """Begin an exercise of the critical protocol."""
    actor = request.caller.actor
    case = commands.start_drill(
        category=given.category, story=given.story, place=given.place, actor=actor, now=request.now
    )
    return answered(case, status=HTTPStatus.CREATED)


@reading(router, "/drills", name="drills", scope=Scope.CRITICAL, answer=DrillsShown, summary="Ver los simulacros")
def drills(request: ApiRequest) -> HttpResponse:
    """List exercises, with how long they took."""
    actor = request.caller.actor
    found = queries.drills_of(actor)
    queries.record_list(actor, [each.number for each in found], what="simulacros", now=request.now)
    return shown(request, DrillsShown(drills=[DrillShown.of(each) for each in found]))


@reading(
    router, "/alarms", name="alarms", scope=Scope.CRITICAL, answer=AlarmsShown, summary="Ver las alarmas que suenan"
)
def alarms(request: ApiRequest) -> HttpResponse:
    """List the alarms of which the caller may take charge."""
    found = queries.ringing_alarms(request.caller.actor)
    lines = [AlarmShown(number=each.number, area=each.area, raised_at=each.raised_at) for each in found]
    return shown(request, AlarmsShown(alarms=lines))


@reading(router, "/notices", name="notices", scope=Scope.READ, answer=NoticesShown, summary="Ver los avisos sin leer")
def notices(request: ApiRequest) -> HttpResponse:
    """List the warnings that the caller's account has not read."""
    actor = request.caller.actor
    rows = queries.notices_of(actor, now=request.now)
    queries.record_list(actor, [row.number for row in rows], what="avisos", now=request.now)
    lines = [
        NoticeShown(
            id=row.id,
            number=row.number,
            class_=row.class_,
            clock=row.kind,
            level=row.level,
            due_at=row.due.at if row.due else None,
            at=row.at,
        )
        for row in rows
    ]
    return shown(request, NoticesShown(notices=lines))


@changing(
    router, "/notices/read", name="read_notices", scope=Scope.WRITE, answer=Done, summary="Marcar avisos como leídos"
)
def read_notices(request: ApiRequest, given: Annotated[NoticesRead, Body()]) -> HttpResponse:
    """Mark warnings as read."""
    commands.read_notices(ids=given.ids, actor=request.caller.actor, now=request.now)
    return changed(Done(done=len(given.ids)), status=HTTPStatus.OK)


def _many(result: BulkResult) -> HttpResponse:
    refused = [RefusedShown(number=number, reason=reason) for number, reason in result.refused]
    return changed(ManyDone(done=list(result.done), refused=refused), status=HTTPStatus.OK)
