"""Kiosks and screens: linked to a waiting room by an administrator, and parted from it again."""

import uuid
from datetime import datetime

from cercana.channels.counter import rooms
from cercana.channels.counter.errors import DevicesClosed, DeviceUnknown
from cercana.channels.counter.models import Device, DeviceKind
from cercana.rules import entitlements
from cercana.rules.access import Actor

_LONGEST_NAME = 60


def make_device(*, site: str, kind: str, name: str, actor: Actor, now: datetime) -> Device:
    """Make the link of a kiosk or screen of a site; raise DevicesClosed, RoomUnknown or DeviceUnknown for the kind."""
    _check(actor)
    if kind not in DeviceKind.values:
        raise DeviceUnknown
    room = rooms.room_of(site)
    label = name.strip()[:_LONGEST_NAME] or DeviceKind(kind).label.capitalize()
    return Device.objects.create(room=room, kind=kind, name=label, made_by_id=actor.staff_id, made_at=now)


def revoke_device(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Take the link of a device back; it shows nothing from its next question on."""
    _check(actor)
    if not Device.objects.filter(pk=key, revoked_at=None).update(revoked_at=now):
        raise DeviceUnknown


def _check(actor: Actor) -> None:
    if not entitlements.may_link_devices(actor).allowed:
        raise DevicesClosed
