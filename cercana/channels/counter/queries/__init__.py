"""Everything that is read of turns: by the screen, on a phone, at the desk, in the figures."""

from cercana.channels.counter.models import Device, Room
from cercana.channels.counter.queries.attending import (
    Desk,
    LongWait,
    Seat,
    TurnLine,
    called_turn,
    desk_of,
    waits_heard_by,
)
from cercana.channels.counter.queries.devices import (
    DeviceKind,
    LinkedRoom,
    device_of,
    link_of,
    linked_device,
    linked_rooms,
    token_of,
)
from cercana.channels.counter.queries.screen import Board, Call, Followed, board_of, followed
from cercana.channels.counter.rooms import is_open_room, room_of
from cercana.channels.counter.slips import follow_link

__all__ = [
    "Board",
    "Call",
    "Desk",
    "Device",
    "DeviceKind",
    "Followed",
    "LinkedRoom",
    "LongWait",
    "Room",
    "Seat",
    "TurnLine",
    "board_of",
    "called_turn",
    "desk_of",
    "device_of",
    "follow_link",
    "followed",
    "is_open_room",
    "link_of",
    "linked_device",
    "linked_rooms",
    "room_of",
    "token_of",
    "waits_heard_by",
]
