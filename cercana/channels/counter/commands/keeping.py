"""What ends with the day: turns nobody called, windows nobody left, and everything that could name a person."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from cercana.channels.counter.errors import TurnsClosed
from cercana.channels.counter.models import Room, Turn, TurnDetail, WaitAnswer, Window
from cercana.channels.counter.rooms import room_of
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.promises import to_lima
from cercana.rules.turns import TurnState


@transaction.atomic
def close_days(*, now: datetime) -> None:
    """End the turns of the days before, free the windows left attended, and forget documents, notes and cases."""
    today = to_lima(now).date()
    list(Room.objects.select_for_update().order_by("pk"))
    past = Turn.objects.filter(day__lt=today)
    past.filter(state=TurnState.WAITING).update(state=TurnState.LEFT, ended_at=now)
    past.filter(state=TurnState.CALLED).update(state=TurnState.ATTENDED, ended_at=F("called_at"))
    TurnDetail.objects.filter(turn__day__lt=today).delete()
    midnight = to_lima(now).replace(hour=0, minute=0, second=0, microsecond=0)
    Window.objects.filter(attended_since__lt=midnight).update(attended_by=None, attended_since=None)


def answer_wait(*, site: str, actor: Actor, now: datetime) -> None:
    """Record that this supervisor sees to a wait past its bound: nobody's desk rings on; raise TurnsClosed."""
    if not entitlements.may_open_windows(actor, organization.municipality().intake_area_id).allowed:
        raise TurnsClosed
    WaitAnswer.objects.create(room=room_of(site), answered_at=now, answered_by_id=actor.staff_id)
