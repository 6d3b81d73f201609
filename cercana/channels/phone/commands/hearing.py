"""What an exchange tells of a call, kept once; who spoke with nobody stands on the list of those without a case."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cercana.channels.phone.commands.calling_back import promise_call_back
from cercana.channels.phone.models import Call
from cercana.conversation import commands as conversation
from cercana.rules.calls import UNATTENDED, CallEvent, CallState, state_of_call

_UNDER_WAY = frozenset({CallState.RINGING, CallState.ANSWERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNews:
    """
    What an exchange tells; ``extension`` is where it rings, ``caller`` the number as shown, "" if hidden.

    ``recording_url`` is where a voicemail can be heard, ``recording_seconds`` its length.
    """

    exchange_id: str
    event: CallEvent
    caller: str = ""
    extension: str = ""
    recording_url: str = ""
    recording_seconds: int | None = None


@transaction.atomic
def hear(news: CallNews, *, now: datetime) -> CallState:
    """
    Keep what an exchange tells of a call; return what the call is now.

    An event told twice changes nothing. Who called and spoke with nobody waits for a case from when it rang (M4.1a).
    """
    Call.objects.get_or_create(exchange_id=news.exchange_id, defaults={"state": CallState.RINGING, "began_at": now})
    call = Call.objects.select_for_update().get(exchange_id=news.exchange_id)
    if news.event in call.events:
        return CallState(call.state)
    call.events.append(news.event.value)
    call.extension = news.extension or call.extension
    caller = news.caller or call.caller
    state = state_of_call({CallEvent(each) for each in call.events})
    _note_moments(call, news.event, state, now)
    call.state, call.caller = state, caller if state in _UNDER_WAY else ""
    call.save(update_fields=["events", "extension", "state", "caller", "answered_at", "ended_at"])
    if state in UNATTENDED:
        contact = conversation.Contact(
            key=call.key, way=UNATTENDED[state], received_at=call.began_at, phone=caller, text=""
        )
        conversation.note_contact(contact, now=now)
        conversation.correct_way(key=call.key, way=contact.way)
        promise_call_back(contact, recording_url=news.recording_url, recording_seconds=news.recording_seconds)
    return state


def _note_moments(call: Call, event: CallEvent, state: CallState, now: datetime) -> None:
    if event is CallEvent.ANSWERED:
        call.answered_at = now
    if state not in _UNDER_WAY and call.ended_at is None:
        call.ended_at = now
