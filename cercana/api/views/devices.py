"""What stands in a waiting room: kiosks and screens, linked by an administrator, and the printer of receipts."""

import uuid
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.numbers import CaseNumber
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.windows import DeviceMade, LinkedRoomsShown, RoomDeviceGiven, RoomDeviceShown, SlipShown
from cercana.channels.counter import commands, queries

router = Router(tags=["Equipos de la sala"])


@reading(
    router, "/devices", name="devices", scope=Scope.READ, answer=LinkedRoomsShown,
    summary="Ver las salas de espera y sus equipos",
)  # fmt: skip
def devices(request: ApiRequest) -> HttpResponse:
    """List the waiting rooms with their kiosks and screens."""
    return shown(request, LinkedRoomsShown.of(queries.linked_rooms(request.caller.actor)))


@changing(
    router, "/devices", name="link_device", scope=Scope.WRITE, answer=DeviceMade, status=HTTPStatus.CREATED,
    summary="Enlazar un quiosco o una pantalla",
)  # fmt: skip
def link(request: ApiRequest, given: Annotated[RoomDeviceGiven, Body()]) -> HttpResponse:
    """Make the link of a device."""
    device = commands.make_device(
        site=given.site, kind=given.kind, name=given.name, actor=request.caller.actor, now=request.now
    )
    made = DeviceMade(device=RoomDeviceShown.of(device), link=queries.link_of(device))
    return changed(made, status=HTTPStatus.CREATED)


@changing(
    router, "/devices/{key}/revoke", name="revoke_device", scope=Scope.WRITE, answer=Done,
    summary="Quitar el enlace de un equipo",
)  # fmt: skip
def revoke(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Take the link of a device back."""
    commands.revoke_device(key=key, actor=request.caller.actor, now=request.now)
    return done()


@reading(
    router, "/cases/{number}/slip", name="slip", scope=Scope.REGISTER, answer=SlipShown,
    summary="Ver la constancia de un caso recién registrado", about="La ve quien lo registró, poco después.",
)  # fmt: skip
def slip(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Show the receipt of a case as it stands on paper."""
    found = queries.case_slip(request.caller.actor, number, now=request.now)
    return shown(request, SlipShown.model_validate(found, from_attributes=True))


@changing(
    router, "/cases/{number}/print-slip", name="print_slip", scope=Scope.REGISTER, answer=Done,
    status=HTTPStatus.ACCEPTED, summary="Imprimir la constancia en la sala",
)  # fmt: skip
def print_slip(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Have the receipt printed in the room where this account attends."""
    commands.order_receipt(number=number, actor=request.caller.actor, now=request.now)
    return done(HTTPStatus.ACCEPTED)
