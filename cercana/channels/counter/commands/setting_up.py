"""Waiting rooms set up in one go: for the demonstration, and for whoever begins."""

from collections.abc import Sequence

from django.db import transaction

from cercana.channels.counter.models import Room, Window


@transaction.atomic
def set_room(*, site: str, windows: Sequence[str]) -> None:
    """Give a site its waiting room with these windows; what is there already stays as it is."""
    room, _ = Room.objects.get_or_create(site_id=site)
    known = set(room.windows.values_list("name", flat=True))
    Window.objects.bulk_create(Window(room=room, name=name) for name in windows if name not in known)
