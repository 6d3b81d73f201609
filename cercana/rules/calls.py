"""What an exchange tells of a call, and what the call is by it; events may come late, twice or in any order."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from cercana.rules.unregistered import ReachedBy


class CallEvent(StrEnum):
    """What an exchange tells of a call."""

    RINGING = "ringing"
    ANSWERED = "answered"
    HUNG_UP = "hung_up"
    MISSED = "missed"
    VOICEMAIL = "voicemail"


class CallState(StrEnum):
    """What a call is; abandoned: the caller hung up before anybody answered."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ENDED = "ended"
    MISSED = "missed"
    ABANDONED = "abandoned"
    VOICEMAIL = "voicemail"


CALL_STATE_LABELS: Mapping[CallState, str] = {
    CallState.RINGING: "Timbra",
    CallState.ANSWERED: "En curso",
    CallState.ENDED: "Terminada",
    CallState.MISSED: "Perdida",
    CallState.ABANDONED: "Abandonada",
    CallState.VOICEMAIL: "Mensaje de voz",
}
# Who called and spoke with nobody waits for a case (M4.1a).
UNATTENDED: Mapping[CallState, ReachedBy] = {
    CallState.MISSED: ReachedBy.MISSED_CALL,
    CallState.ABANDONED: ReachedBy.MISSED_CALL,
    CallState.VOICEMAIL: ReachedBy.VOICEMAIL,
}


def state_of_call(events: Collection[CallEvent]) -> CallState:
    """Return what a call is of which ``events`` were told, in whatever order they came (M2.3b)."""
    if CallEvent.VOICEMAIL in events:
        return CallState.VOICEMAIL
    if CallEvent.ANSWERED in events:
        return CallState.ENDED if CallEvent.HUNG_UP in events else CallState.ANSWERED
    if CallEvent.MISSED in events:
        return CallState.MISSED
    return CallState.ABANDONED if CallEvent.HUNG_UP in events else CallState.RINGING
