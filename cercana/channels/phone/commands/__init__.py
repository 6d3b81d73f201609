"""What the telephone does: keep what an exchange tells, attend calls, and call back whoever spoke with nobody."""

from cercana.channels.phone.commands.attending import (
    begin_call,
    end_call,
    explain_call,
    link_case,
    note_registered,
    open_call,
)
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
from cercana.channels.phone.commands.extensions import set_extension
from cercana.channels.phone.commands.hearing import CallNews, hear
from cercana.channels.phone.commands.verifying import Proof, verify_caller

__all__ = [
    "CallNews",
    "Proof",
    "begin_call",
    "dismiss_caller",
    "end_call",
    "erase_recordings",
    "explain_call",
    "hear",
    "join_caller",
    "link_case",
    "note_attempt",
    "note_registered",
    "open_call",
    "prefer",
    "put_back",
    "set_extension",
    "take_next",
    "take_up",
    "undo_attempt",
    "verify_caller",
]
