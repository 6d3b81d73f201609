"""Where else the alarms of the caller's own account find it, each target tried (M5.2)."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Path, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.devices import (
    AlarmPhoneGiven,
    AlarmServiceGiven,
    AlarmTargetAdded,
    AlarmTargetShown,
    AlarmTargetsShown,
)
from cercana.critical import commands, queries

router = Router(tags=["Casos críticos"])
_PATH = "/alarm-targets"
_Target = Annotated[int, Path(ge=1, le=2_147_483_647)]


@reading(
    router, _PATH, name="alarm_targets", scope=Scope.CRITICAL, answer=AlarmTargetsShown,
    summary="Ver por dónde más llegan las alarmas", about="Los destinos de la propia cuenta; nunca sus direcciones.",
)  # fmt: skip
def alarm_targets(request: ApiRequest) -> HttpResponse:
    """List the targets of the caller's account."""
    targets = [AlarmTargetShown.of(each) for each in queries.targets_of(_own(request))]
    return shown(request, AlarmTargetsShown(targets=targets, public_key=queries.public_key()))


@changing(
    router, f"{_PATH}/phones", name="add_alarm_phone", scope=Scope.CRITICAL, answer=AlarmTargetAdded,
    status=HTTPStatus.CREATED, summary="Recibir las alarmas en un equipo",
)  # fmt: skip
def add_phone(request: ApiRequest, given: Annotated[AlarmPhoneGiven, Body()]) -> HttpResponse:
    """Have alarms pushed to a phone or computer; twice is once."""
    added = commands.add_phone(
        person=_own(request), subscription=given.subscription(), label=given.label, now=request.now
    )
    return changed(AlarmTargetAdded(id=added), status=HTTPStatus.CREATED)


@changing(
    router, f"{_PATH}/services", name="add_alarm_service", scope=Scope.CRITICAL, answer=AlarmTargetAdded,
    status=HTTPStatus.CREATED, summary="Recibir las alarmas por otro servicio",
)  # fmt: skip
def add_service(request: ApiRequest, given: Annotated[AlarmServiceGiven, Body()]) -> HttpResponse:
    """Have alarms sent through a service; twice is once."""
    added = commands.add_service(person=_own(request), address=given.address, label=given.label, now=request.now)
    return changed(AlarmTargetAdded(id=added), status=HTTPStatus.CREATED)


@changing(
    router, f"{_PATH}/{{target}}/try", name="try_alarm_target", scope=Scope.CRITICAL, answer=Done,
    status=HTTPStatus.ACCEPTED, summary="Probar un destino de las alarmas",
    about="La prueba sale enseguida. Su resultado está después en la lista.",
)  # fmt: skip
def try_target(request: ApiRequest, target: _Target) -> HttpResponse:
    """Queue a trial."""
    commands.ask_for_trial(person=_own(request), target_pk=target, now=request.now)
    return done(HTTPStatus.ACCEPTED)


@changing(
    router, f"{_PATH}/{{target}}/remove", name="remove_alarm_target", scope=Scope.CRITICAL, answer=Done,
    summary="Quitar un destino de las alarmas",
)  # fmt: skip
def remove_target(request: ApiRequest, target: _Target) -> HttpResponse:
    """Send no alarm there any more."""
    commands.remove_target(person=_own(request), target_pk=target)
    return done()


def _own(request: ApiRequest) -> int:
    """Return whose targets are meant: those of the caller's account, and of nobody else."""
    return request.caller.actor.staff_id or 0
