"""What the waiting-room screen shows, and a phone that follows one turn: tickets and windows, never a name."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cercana.channels.counter import rooms
from cercana.channels.counter.errors import TurnUnknown
from cercana.channels.counter.models import Room, Turn
from cercana.channels.counter.queries.rates import rates_of
from cercana.channels.counter.waiting import waiting_in
from cercana.rules.promises import to_lima
from cercana.rules.turns import Interval, TurnState, ahead_of, in_order, ticket_of

_EARLIER = 3
_SHOWN_PREFERENTIAL, _SHOWN_NEXT = 2, 4


@dataclass(frozen=True, slots=True)
class Call:
    """A call as everybody sees and hears it; ``name`` tells this call from an earlier one of the same turn."""

    name: str
    ticket: str
    window: str


@dataclass(frozen=True, slots=True)
class Board:
    """The screen of a room; the waits are means of the latest turns, in minutes, None if nobody was called of late."""

    current: Call | None
    earlier: Sequence[Call]
    preferential: Sequence[str]
    next: Sequence[str]
    preferential_wait: int | None
    wait: int | None
    is_open: bool

    @property
    def is_quiet(self) -> bool:
        """Whether nobody is called and nobody waits."""
        return self.current is None and not self.preferential and not self.next


@dataclass(frozen=True, slots=True)
class Followed:
    """A turn as its holder follows it: ``ahead`` are called before, ``window`` is where they are called to, or ""."""

    key: uuid.UUID
    ticket: str
    state: TurnState
    is_preferential: bool
    language: str
    room_name: str
    arrived_at: datetime
    ahead: int
    expected: Interval | None
    window: str
    calls: int
    version: int
    is_printed_there: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in (TurnState.WAITING, TurnState.CALLED)


def board_of(room: Room, now: datetime) -> Board:
    """Return what the screen of ``room`` shows at ``now``."""
    current, earlier = _latest_calls(room, now)
    waiting = in_order(waiting_in(room, now))
    tickets = _tickets([each.id for each in waiting])
    preferential = [tickets[each.id] for each in waiting if each.is_preferential]
    others = [tickets[each.id] for each in waiting if not each.is_preferential]
    rates = rates_of(room, now)
    return Board(
        current=current,
        earlier=earlier[:_EARLIER],
        preferential=preferential[:_SHOWN_PREFERENTIAL],
        next=others[:_SHOWN_NEXT],
        preferential_wait=rates.preferential_wait,
        wait=rates.wait,
        is_open=rooms.is_open_room(room, now),
    )


def followed(key: uuid.UUID, now: datetime) -> Followed:
    """Return the turn of today with this key; raise TurnUnknown."""
    turn = Turn.objects.select_related("room__site", "window").filter(key=key, day=to_lima(now).date()).first()
    if turn is None:
        raise TurnUnknown
    state = TurnState(turn.state)
    waiting = waiting_in(turn.room, now) if state is TurnState.WAITING else []
    own = next((each for each in waiting if each.id == turn.pk), None)
    return Followed(
        key=turn.key,
        ticket=ticket_of(turn.letter, turn.number),
        state=state,
        is_preferential=turn.is_preferential,
        language=turn.language,
        room_name=str(turn.room.site),
        arrived_at=turn.arrived_at,
        ahead=ahead_of(own, waiting) if own else 0,
        expected=rates_of(turn.room, now).expected(own, waiting) if own else None,
        window=turn.window.name if turn.window and state is TurnState.CALLED else "",
        calls=turn.calls,
        version=turn.room.version,
        is_printed_there=bool(turn.room.printer_host),
    )


def _latest_calls(room: Room, now: datetime) -> tuple[Call | None, list[Call]]:
    """Return the latest call of a turn that is at its window, and those before it."""
    rows = Turn.objects.filter(
        room=room,
        day=to_lima(now).date(),
        state__in=(TurnState.CALLED, TurnState.ATTENDED),
        called_at__isnull=False,
        window__isnull=False,
    ).order_by("-called_at", "-pk")
    found = rows.values_list("pk", "calls", "letter", "number", "window__name", "state")[: _EARLIER + 1]
    calls = [
        (state, Call(f"{pk}.{calls}", ticket_of(letter, number), window))
        for pk, calls, letter, number, window, state in found
    ]
    current = next((call for state, call in calls if state == TurnState.CALLED), None)
    return current, [call for _, call in calls if call is not current]


def _tickets(ids: Sequence[int]) -> dict[int, str]:
    rows = Turn.objects.filter(pk__in=ids).values_list("pk", "letter", "number")
    return {pk: ticket_of(letter, number) for pk, letter, number in rows}
