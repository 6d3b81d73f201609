"""What an exchange tells of a call, kept once; who spoke with nobody stands on the list of those without a case."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cercana.channels.phone import calls
from cercana.channels.phone.commands.calling_back import promise_call_back
from cercana.channels.phone.models import Call, Extension
from cercana.conversation import commands as conversation
from cercana.rules.calls import UNATTENDED, CallEvent, CallState, state_of_call


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

    An event told twice changes nothing. Who called and spoke with nobody waits for a case from when it rang (M4.1a);
    if an event that comes late says that they were attended, they wait no more. Whose extension answered attends it.
    """
    Call.objects.get_or_create(exchange_id=news.exchange_id, defaults={"state": CallState.RINGING, "began_at": now})
    call = Call.objects.select_for_update().get(exchange_id=news.exchange_id)
    if news.event in call.events:
        return CallState(call.state)
    call.events.append(news.event.value)
    call.extension = news.extension or call.extension
    call.caller = news.caller or call.caller
    call.state = state_of_call({CallEvent(each) for each in call.events})
    _note_moments(call, news.event, now)
    if news.event is CallEvent.ANSWERED:
        _note_who_answers(call)
    call.save()
    _keep_on_list(call, news, now)
    calls.settle(call, now=now)
    return CallState(call.state)


def _note_moments(call: Call, event: CallEvent, now: datetime) -> None:
    if event is CallEvent.ANSWERED:
        call.answered_at = now
    if call.state not in calls.UNDER_WAY and call.ended_at is None:
        call.ended_at = now


def _note_who_answers(call: Call) -> None:
    """Let the call be of whoever sits where it was answered, though somebody else may have opened it as it rang."""
    holder = Extension.objects.filter(number=call.extension).values_list("staff_id", flat=True).first()
    if holder is not None and holder != call.attended_by_id:
        call.attended_by_id, call.opened_at = holder, None


def _keep_on_list(call: Call, news: CallNews, now: datetime) -> None:
    way = UNATTENDED.get(CallState(call.state))
    if way is not None:
        contact = conversation.Contact(key=call.key, way=way, received_at=call.began_at, phone=call.caller)
        conversation.note_contact(contact, now=now)
        promise_call_back(contact, recording_url=news.recording_url, recording_seconds=news.recording_seconds)
    # Whoever attended the call may have said before that it was cut off: then it stays to be returned.
    if not call.no_case:
        conversation.correct_contact(key=call.key, way=way)
