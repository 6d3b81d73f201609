"""The waiting rooms and their public devices."""

from collections.abc import Sequence
from dataclasses import dataclass

from cercana.channels.counter.devices import device_of, link_of, token_of
from cercana.channels.counter.errors import DevicesClosed, DeviceUnknown
from cercana.channels.counter.models import Device, DeviceKind, Room
from cercana.rules import entitlements
from cercana.rules.access import Actor

__all__ = ["DeviceKind", "LinkedRoom", "device_of", "link_of", "linked_device", "linked_rooms", "token_of"]


@dataclass(frozen=True, slots=True)
class LinkedRoom:
    """A waiting room with its linked devices; ``printer`` is its address, ``printer_error`` why it was silent."""

    site: str
    name: str
    windows: Sequence[str]
    devices: Sequence[Device]
    printer: str
    printer_error: str


def linked_device(token: str, kind: DeviceKind, site: str) -> Device:
    """Return the device of ``token`` if it is of this kind and site; raise DeviceUnknown."""
    device = device_of(token)
    if (device.kind, device.room_id) != (kind, site):
        raise DeviceUnknown
    return device


def linked_rooms(actor: Actor) -> list[LinkedRoom]:
    """Return the waiting rooms in use with their devices; raise DevicesClosed to who may not link any."""
    if not entitlements.may_link_devices(actor).allowed:
        raise DevicesClosed
    rooms = Room.objects.select_related("site").prefetch_related("windows").filter(is_active=True)
    devices = list(Device.objects.filter(revoked_at=None).order_by("made_at"))
    return [
        LinkedRoom(
            site=room.pk,
            name=room.site.name,
            windows=[each.name for each in room.windows.all() if each.is_active],
            devices=[each for each in devices if each.room_id == room.pk],
            printer=f"{room.printer_host}:{room.printer_port}" if room.printer_host else "",
            printer_error=room.printer_error,
        )
        for room in rooms.order_by("site__name")
    ]
