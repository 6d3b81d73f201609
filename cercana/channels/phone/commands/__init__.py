"""What the telephone does: keep what an exchange tells, and call back whoever spoke with nobody."""

from cercana.channels.phone.commands.calling_back import (
    dismiss_caller,
    erase_recordings,
    join_caller,
    note_attempt,
    prefer,
    put_back,
    take_next,
    take_up,
    undo_attempt,
)
from cercana.channels.phone.commands.hearing import CallNews, hear

__all__ = [
    "CallNews",
    "dismiss_caller",
    "erase_recordings",
    "hear",
    "join_caller",
    "note_attempt",
    "prefer",
    "put_back",
    "take_next",
    "take_up",
    "undo_attempt",
]
