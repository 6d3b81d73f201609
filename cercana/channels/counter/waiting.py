"""Who waits in a room today, and at which windows somebody attends."""

from datetime import datetime

from cercana.channels.counter.models import Room, Turn, Window
from cercana.rules.promises import to_lima
from cercana.rules.turns import TurnState, Waiting


def waiting_in(room: Room, now: datetime) -> list[Waiting]:
    """Return who waits in ``room``, in no order."""
    rows = Turn.objects.filter(room=room, day=to_lima(now).date(), state=TurnState.WAITING)
    return [Waiting(*row) for row in rows.values_list("pk", "arrived_at", "is_preferential", "passed_to_id")]


def attended_windows(room: Room) -> list[int]:
    """Return the windows of ``room`` at which somebody attends."""
    rows = Window.objects.filter(room=room, is_active=True, attended_by__isnull=False)
    return list(rows.values_list("pk", flat=True))
