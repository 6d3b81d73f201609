"""Turns called at a window: next, again, absent, passed on, ended; of two windows at once each gets its own."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from cercana.channels.counter import rooms
from cercana.channels.counter.errors import (
    CalledTooLittle,
    NobodyCalled,
    TurnOver,
    TurnsClosed,
    WindowMissing,
    WindowTaken,
    WindowUnknown,
)
from cercana.channels.counter.models import Room, Turn, TurnDetail, Window
from cercana.channels.counter.waiting import attended_windows, waiting_in
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.promises import to_lima
from cercana.rules.turns import TurnState, may_be_absent, next_turn

_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where the caller sits, with the room locked."""

    room: Room
    window: Window

    @property
    def called(self) -> Turn | None:
        """The turn that is at this window now."""
        return Turn.objects.filter(window=self.window, state=TurnState.CALLED).first()


@transaction.atomic
def sit_at(*, window: int, actor: Actor, now: datetime) -> None:
    """Take a free window, leaving the one held before; raise TurnsClosed, WindowUnknown or WindowTaken."""
    _check(actor)
    wanted = Window.objects.select_related("room").filter(pk=window, is_active=True, room__is_active=True).first()
    if wanted is None:
        raise WindowUnknown
    # Both rooms at once and in one order: two people who change places never wait for each other.
    held = Window.objects.filter(attended_by_id=actor.staff_id).values_list("room", flat=True)
    rooms.lock_all([wanted.room_id, *held])
    _stand_up(actor, now)
    taken = Window.objects.filter(pk=window, attended_by=None).update(attended_by_id=actor.staff_id, attended_since=now)
    if not taken:
        raise WindowTaken(window=wanted.name)
    rooms.changed(wanted.room)


@transaction.atomic
def stand_up(*, actor: Actor, now: datetime) -> None:
    """Leave the window; whoever is there has been attended. Nothing happens to who sits at none."""
    _check(actor)
    _stand_up(actor, now)


@transaction.atomic
def free_window(*, window: int, actor: Actor, now: datetime) -> None:
    """Let who supervises reception free a window that somebody left without saying so; raise WindowUnknown."""
    if not entitlements.may_open_windows(actor, organization.municipality().intake_area_id).allowed:
        raise TurnsClosed
    left = Window.objects.select_related("room").filter(pk=window, attended_by__isnull=False).first()
    if left is None:
        raise WindowUnknown
    rooms.lock_all([left.room_id])
    _leave(left, now)


@transaction.atomic
def call_next(*, actor: Actor, now: datetime) -> Turn | None:
    """Attend the next turn: the one at the window has been attended. Return None if nobody waits for this window."""
    seat = _seat(actor)
    if (ended := seat.called) is not None:
        _end(ended, TurnState.ATTENDED, now)
    found = next_turn(waiting_in(seat.room, now), seat.window.pk, attended_windows(seat.room))
    if found is not None:
        Turn.objects.filter(pk=found.id).update(
            state=TurnState.CALLED,
            window=seat.window,
            # Whoever was passed on waited until somebody first had time for them.
            first_called_at=Coalesce("first_called_at", Value(now)),
            called_at=now,
            calls=1,
        )
    if found is not None or ended is not None:
        rooms.changed(seat.room)
    return None if found is None else Turn.objects.get(pk=found.id)


@transaction.atomic
def call_again(*, actor: Actor, now: datetime) -> Turn:
    """Call the turn of this window once more; raise NobodyCalled."""
    seat, turn = _seat_with_turn(actor)
    turn.calls, turn.called_at = turn.calls + 1, now
    turn.save(update_fields=["calls", "called_at"])
    rooms.changed(seat.room)
    return turn


@transaction.atomic
def mark_absent(*, actor: Actor, now: datetime) -> None:
    """Note that nobody came; raise CalledTooLittle before the calls that the screen promises."""
    seat, turn = _seat_with_turn(actor)
    if not may_be_absent(turn.calls):
        raise CalledTooLittle(calls=turn.calls)
    _end(turn, TurnState.ABSENT, now)
    rooms.changed(seat.room)


@transaction.atomic
def end_turn(*, actor: Actor, now: datetime) -> None:
    """Note that the person at this window has been attended, and call nobody yet; raise NobodyCalled."""
    seat, turn = _seat_with_turn(actor)
    _end(turn, TurnState.ATTENDED, now)
    rooms.changed(seat.room)


@transaction.atomic
def pass_on(*, window: int | None, note: str, actor: Actor, now: datetime) -> Turn:
    """
    Let another window attend the person, who keeps their place; ``note`` is what its colleague should know.

    Without a ``window`` any other calls them. Raise NobodyCalled, or WindowUnknown if it is none of this room.
    """
    seat, turn = _seat_with_turn(actor)
    others = seat.room.windows.filter(is_active=True).exclude(pk=seat.window.pk)
    target = others.filter(pk=window).first() if window is not None else None
    if window is not None and target is None:
        raise WindowUnknown
    turn.state, turn.window, turn.passed_to = TurnState.WAITING, None, target
    turn.save(update_fields=["state", "window", "passed_to"])
    if note.strip():
        TurnDetail.objects.update_or_create(turn=turn, defaults={"note": note.strip()[:_LONGEST_NOTE]})
    rooms.changed(seat.room)
    return turn


@transaction.atomic
def bring_back(*, turn: int, actor: Actor, now: datetime) -> None:
    """Let somebody who missed their call wait again, in the place of their arrival; raise TurnOver."""
    seat = _seat(actor)
    missed = Turn.objects.filter(pk=turn, room=seat.room, day=to_lima(now).date(), state=TurnState.ABSENT).first()
    if missed is None:
        raise TurnOver
    Turn.objects.filter(pk=turn).update(state=TurnState.WAITING, window=None, ended_at=None, calls=0)
    rooms.changed(seat.room)


@transaction.atomic
def link_case(*, turn: int, case_number: str, actor: Actor, now: datetime) -> None:
    """Note on a turn of today which case came of it; nothing happens if the turn is not at a window of this actor."""
    _check(actor)
    held = Turn.objects.filter(pk=turn, day=to_lima(now).date(), window__attended_by_id=actor.staff_id).first()
    if held is None:
        return
    Turn.objects.filter(pk=held.pk).update(became_case=True)
    TurnDetail.objects.update_or_create(turn=held, defaults={"case_number": case_number})


def _check(actor: Actor) -> None:
    if not entitlements.may_attend_turns(actor).allowed:
        raise TurnsClosed


def _seat(actor: Actor) -> _Seat:
    _check(actor)
    own = Window.objects.filter(attended_by_id=actor.staff_id, is_active=True)
    if (window := own.first()) is None:
        raise WindowMissing
    room = rooms.locked(window.room_id)
    # Left in another tab while this one waited for the lock.
    if not own.filter(pk=window.pk).exists():
        raise WindowMissing
    return _Seat(room, window)


def _seat_with_turn(actor: Actor) -> tuple[_Seat, Turn]:
    seat = _seat(actor)
    if (turn := seat.called) is None:
        raise NobodyCalled
    return seat, turn


def _stand_up(actor: Actor, now: datetime) -> None:
    held = Window.objects.select_related("room").filter(attended_by_id=actor.staff_id).first()
    if held is not None:
        rooms.lock_all([held.room_id])
        _leave(held, now)


def _leave(held: Window, now: datetime) -> None:
    """Free a window in a locked room; whoever is there has been attended."""
    for turn in Turn.objects.filter(window=held, state=TurnState.CALLED):
        _end(turn, TurnState.ATTENDED, now)
    Window.objects.filter(pk=held.pk, attended_by=held.attended_by_id).update(attended_by=None, attended_since=None)
    rooms.changed(held.room)


def _end(turn: Turn, state: TurnState, now: datetime) -> None:
    Turn.objects.filter(pk=turn.pk).update(state=state, ended_at=now)
