"""Kiosks and screens: an administrator makes the link of each, shows it once as a code, and takes it back."""

import uuid
from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cercana.channels.counter import commands, queries
from cercana.desk.requests import StaffRequest, for_staff, shell
from cercana.ui.qr import qr_svg

_KINDS = {queries.DeviceKind.KIOSK.value: "Quiosco", queries.DeviceKind.SCREEN.value: "Pantalla"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def devices(request: StaffRequest) -> HttpResponse:
    """Show the rooms with their devices, make a link, or take one back."""
    context: dict[str, object] = {"rooms": queries.linked_rooms(request.actor), "kinds": _KINDS, "made": None}
    match request.POST.get("paso", "") if request.method == "POST" else "mirar":
        case "mirar":
            pass
        case "enlazar":
            device = _make(request)
            link = queries.link_of(device)
            label = f"Código QR que enlaza {device.name}"
            context |= {"rooms": queries.linked_rooms(request.actor), "made": device, "link": link}
            context["qr"] = qr_svg(link, label)
        case "quitar":
            with suppress(ValueError):
                key = uuid.UUID(request.POST.get("equipo", ""))
                commands.revoke_device(key=key, actor=request.actor, now=request.now)
            return redirect("desk:turn-devices")
        case _:
            raise Http404
    return render(request, "desk/turn_devices.html", {**context, "shell": shell(request)})


def _make(request: StaffRequest) -> queries.Device:
    given = request.POST
    return commands.make_device(
        site=given.get("sala", ""),
        kind=given.get("clase", ""),
        name=given.get("nombre", ""),
        actor=request.actor,
        now=request.now,
    )
