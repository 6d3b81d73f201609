"""Turns given out at the kiosk, and given up by whoever holds them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from cercana.channels.counter import rooms
from cercana.channels.counter.commands.printing import order_ticket
from cercana.channels.counter.errors import RoomClosed, TurnOver, TurnUnknown
from cercana.channels.counter.models import PreferentialCount, Room, Turn, TurnDetail
from cercana.rules.promises import to_lima
from cercana.rules.turns import PreferentialGroup, Topic, TurnState, letter_of


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What somebody pressed at the kiosk; ``key`` makes a second press give the same turn.

    Nobody proves that they belong to ``group``; ``document`` is what they typed, or "". Whoever has the turn on their
    phone needs it not ``on_paper``.
    """

    key: uuid.UUID
    topic: Topic
    group: PreferentialGroup | None = None
    language: str = "es"
    document: str = ""
    on_paper: bool = True


@transaction.atomic
def give_turn(wish: Wish, *, site: str, now: datetime) -> Turn:
    """
    Give out the next turn of the day at ``site``, and have it printed where there is a printer.

    Raise RoomUnknown or RoomClosed.
    """
    room = rooms.locked(site)
    if (known := Turn.objects.filter(key=wish.key, room=room).first()) is not None:
        return known
    if not rooms.is_open_room(room, now):
        raise RoomClosed
    turn = _numbered(room, wish, now)
    if wish.document:
        TurnDetail.objects.create(turn=turn, document=wish.document)
    if wish.group is not None:
        _count(room, wish.group, turn)
    rooms.changed(room)
    if wish.on_paper:
        order_ticket(turn, room)
    return turn


@transaction.atomic
def leave_turn(*, key: uuid.UUID, now: datetime) -> None:
    """Let whoever holds a turn give it up; raise TurnUnknown, or TurnOver once it has ended."""
    turn = Turn.objects.filter(key=key, day=to_lima(now).date()).first()
    if turn is None:
        raise TurnUnknown
    room = rooms.locked(turn.room_id)
    left = Turn.objects.filter(pk=turn.pk, state=TurnState.WAITING).update(state=TurnState.LEFT, ended_at=now)
    if not left:
        raise TurnOver
    rooms.changed(room)


def _numbered(room: Room, wish: Wish, now: datetime) -> Turn:
    """Write the turn down under the next number of its letter; the lock of the room keeps numbers apart."""
    day, is_preferential = to_lima(now).date(), wish.group is not None
    letter = letter_of(wish.topic, is_preferential=is_preferential)
    given = Turn.objects.filter(room=room, day=day, letter=letter).aggregate(last=Max("number"))["last"]
    return Turn.objects.create(
        room=room,
        day=day,
        letter=letter,
        number=(given or 0) + 1,
        key=wish.key,
        topic=wish.topic,
        is_preferential=is_preferential,
        language=wish.language,
        arrived_at=now,
    )


def _count(room: Room, group: PreferentialGroup, turn: Turn) -> None:
    PreferentialCount.objects.get_or_create(room=room, day=turn.day, group=group)
    PreferentialCount.objects.filter(room=room, day=turn.day, group=group).update(count=F("count") + 1)
