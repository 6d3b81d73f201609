"""What holds for a call whoever changes it: when it is settled, and that the cases it is about get to know of it."""

from datetime import datetime

from cercana.cases import commands as cases
from cercana.cases.commands import AttendedCall
from cercana.channels.phone.models import Call
from cercana.rules.attended_calls import seconds_of
from cercana.rules.calls import CallState

UNDER_WAY = frozenset({CallState.RINGING, CallState.ANSWERED})


def settle(call: Call, *, now: datetime) -> None:
    """
    Log a call that is over with the cases it is about, and forget its number once nobody needs it any more.

    The call is locked. Of a call that was not answered the number stands with the contact that waits for a case.
    """
    if call.state in UNDER_WAY:
        return
    for link in call.cases.filter(is_logged=False).order_by("case_id"):
        cases.log_call(case_id=link.case_id, call=_attended(call), now=now)
        link.is_logged = True
        link.save(update_fields=["is_logged"])
    if call.caller and (call.state != CallState.ENDED or call.no_case or call.cases.exists()):
        call.caller = ""
        call.save(update_fields=["caller"])


def end(call: Call, *, now: datetime) -> None:
    """Note that a locked call is over, unless it is."""
    if call.state in UNDER_WAY:
        call.state, call.ended_at = CallState.ENDED, now
        call.answered_at = call.answered_at or call.began_at
        call.save(update_fields=["state", "ended_at", "answered_at"])


def _attended(call: Call) -> AttendedCall:
    return AttendedCall(
        key=call.key,
        attended_by=call.attended_by_id,
        answered_at=call.answered_at or call.began_at,
        seconds=seconds_of(call.answered_at, call.ended_at),
        is_measured=call.is_measured,
    )
