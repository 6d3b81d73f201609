"""What the telephone does: keep what an exchange tells, and what somebody who attends a call does about it."""

from cercana.channels.phone.commands.attending import (
    begin_call,
    end_call,
    explain_call,
    link_case,
    note_registered,
    open_call,
)
from cercana.channels.phone.commands.extensions import set_extension
from cercana.channels.phone.commands.hearing import CallNews, hear
from cercana.channels.phone.commands.verifying import Proof, verify_caller

__all__ = [
    "CallNews",
    "Proof",
    "begin_call",
    "end_call",
    "explain_call",
    "hear",
    "link_case",
    "note_registered",
    "open_call",
    "set_extension",
    "verify_caller",
]
