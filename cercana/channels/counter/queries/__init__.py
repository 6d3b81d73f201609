"""Everything that is read of turns: by the screen, on a phone, at the desk, in the figures."""

from cercana.channels.counter.case_slips import CaseSlip, case_slip
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
from cercana.channels.counter.queries.figures import RoomFigures, room_figures
from cercana.channels.counter.queries.offered import OfferedRoom, offered_rooms
from cercana.channels.counter.queries.screen import Board, Call, Followed, board_of, followed
from cercana.channels.counter.rooms import attended_room, is_open_room, room_of
from cercana.channels.counter.slips import follow_link

__all__ = [
    "Board",
    "Call",
    "CaseSlip",
    "Desk",
    "Device",
    "DeviceKind",
    "Followed",
    "LinkedRoom",
    "LongWait",
    "OfferedRoom",
    "Room",
    "RoomFigures",
    "Seat",
    "TurnLine",
    "attended_room",
    "board_of",
    "called_turn",
    "case_slip",
    "desk_of",
    "device_of",
    "follow_link",
    "followed",
    "is_open_room",
    "link_of",
    "linked_device",
    "linked_rooms",
    "offered_rooms",
    "room_figures",
    "room_of",
    "token_of",
    "waits_heard_by",
]
