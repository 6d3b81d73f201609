"""A waiting room with its windows, its devices and whoever takes a turn."""

import uuid
from datetime import datetime

from cercana.channels.counter import commands
from cercana.channels.counter.commands import Wish
from cercana.channels.counter.models import Device, DeviceKind, Room, Turn, Window
from cercana.rules.access import Actor, Role
from cercana.rules.turns import Topic
from tests.factories import NOW, Given, make_actor

SITE = "sede_central"
INTAKE = "atencion_ciudadano"


def make_room(*, windows: int = 2, **given: Given) -> Room:
    """Return the waiting room of the main site with its windows."""
    room = Room.objects.create(site_id=SITE, **given)
    Window.objects.bulk_create(Window(room=room, name=str(number + 1)) for number in range(windows))
    return room


def make_device(room: Room, kind: DeviceKind = DeviceKind.KIOSK) -> Device:
    """Return a linked device."""
    admin = make_actor(Role.ADMINISTRATOR, "alcaldia")
    return commands.make_device(site=room.pk, kind=kind, name="", actor=admin, now=NOW)


def make_agent() -> Actor:
    """Return somebody who attends people."""
    return make_actor(Role.AGENT, INTAKE)


def seated(room: Room, name: str = "1", *, now: datetime = NOW) -> Actor:
    """Return an agent who sits at a window."""
    agent = make_agent()
    commands.sit_at(window=room.windows.get(name=name).pk, actor=agent, now=now)
    return agent


def take(device: Device, *, now: datetime = NOW, **given: Given) -> Turn:
    """Return a turn that somebody took at the kiosk: an inquiry, unless the test says otherwise."""
    wish = Wish(**{"key": uuid.uuid4(), "topic": Topic.INQUIRY, **given})
    return commands.give_turn(wish, site=device.room_id, now=now)
