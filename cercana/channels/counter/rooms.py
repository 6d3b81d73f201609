"""Waiting rooms: found, locked for a change, and open or closed at a moment."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from cercana.channels.counter.errors import RoomUnknown
from cercana.channels.counter.models import Room, Window
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.promises import to_lima
from cercana.rules.turns import is_open


def room_of(site: str) -> Room:
    """Return the waiting room in use of a site; raise RoomUnknown."""
    found = Room.objects.select_related("site").filter(site_id=site, is_active=True).first()
    if found is None:
        raise RoomUnknown
    return found


def locked(site: str) -> Room:
    """Return the waiting room in use of a site, locked until the transaction ends: whoever changes it comes alone."""
    found = Room.objects.select_for_update().filter(site_id=site, is_active=True).first()
    if found is None:
        raise RoomUnknown
    return found


def attended_room(actor: Actor) -> Room | None:
    """Return the room where ``actor`` sits at a window, or None."""
    return Room.objects.filter(windows__attended_by_id=actor.staff_id, is_active=True).first()


def lock_all(sites: Iterable[str]) -> None:
    """Lock several waiting rooms until the transaction ends, in one order for everybody."""
    list(Room.objects.select_for_update().filter(pk__in=set(sites)).order_by("pk"))


def changed(room: Room) -> None:
    """Tell the pages that ask again and again that something changed."""
    Room.objects.filter(pk=room.pk).update(version=F("version") + 1)


def is_open_room(room: Room, now: datetime) -> bool:
    """Tell whether turns are given out: within office hours, or while somebody attends at a window."""
    if Window.objects.filter(room=room, is_active=True, attended_by__isnull=False).exists():
        return True
    return _is_office_hour(now)


def rooms_with_opening(now: datetime) -> list[tuple[Room, bool]]:
    """Return the waiting rooms in use by name, each with whether turns are given out."""
    found = list(Room.objects.select_related("site").filter(is_active=True).order_by("site__name"))
    if not found:
        return []
    attended = set(Window.objects.filter(is_active=True, attended_by__isnull=False).values_list("room", flat=True))
    is_office_hour = _is_office_hour(now)
    return [(room, is_office_hour or room.pk in attended) for room in found]


def _is_office_hour(now: datetime) -> bool:
    house = organization.municipality()
    hours = organization.office_hours(house.intake_area_id)
    return is_open(to_lima(now), hours, organization.calendar())
