"""The waiting rooms where somebody may take a turn, for whoever has not come yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from cercana.channels.counter.models import Turn
from cercana.channels.counter.rooms import rooms_with_opening
from cercana.rules.promises import to_lima
from cercana.rules.turns import TurnState


@dataclass(frozen=True, slots=True)
class OfferedRoom:
    """A waiting room in use; ``waiting`` is how many wait there now."""

    site: str
    name: str
    address: str
    is_open: bool
    waiting: int


def offered_rooms(now: datetime) -> list[OfferedRoom]:
    """Return the waiting rooms in use, by name."""
    today = Turn.objects.filter(day=to_lima(now).date(), state=TurnState.WAITING)
    waiting = dict(today.values_list("room").annotate(many=Count("pk")))
    return [
        OfferedRoom(room.pk, room.site.name, room.site.address, is_open, waiting.get(room.pk, 0))
        for room, is_open in rooms_with_opening(now)
    ]
