"""Every way a turn changes, and what an administrator sets up for the waiting room."""

from cercana.channels.counter.commands.calling import (
    bring_back,
    call_again,
    call_next,
    end_turn,
    free_window,
    link_case,
    mark_absent,
    pass_on,
    sit_at,
    stand_up,
)
from cercana.channels.counter.commands.devices import make_device, revoke_device
from cercana.channels.counter.commands.giving import Wish, give_turn, leave_turn
from cercana.channels.counter.commands.keeping import answer_wait, close_days
from cercana.channels.counter.commands.printing import order_receipt, print_receipt, print_ticket
from cercana.channels.counter.commands.setting_up import set_room

__all__ = [
    "Wish",
    "answer_wait",
    "bring_back",
    "call_again",
    "call_next",
    "close_days",
    "end_turn",
    "free_window",
    "give_turn",
    "leave_turn",
    "link_case",
    "make_device",
    "mark_absent",
    "order_receipt",
    "pass_on",
    "print_receipt",
    "print_ticket",
    "revoke_device",
    "set_room",
    "sit_at",
    "stand_up",
]
