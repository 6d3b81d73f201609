"""Calling back: take the next, note what came of it, what the person prefers, and take back a slip."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from cercana.cases.queries import Turn
from cercana.channels.phone.callback_errors import AttemptNotYours, CallBackGone, CallBackTaken, PreferenceRefused
from cercana.channels.phone.callback_models import CallBack, CallBackAttempt
from cercana.channels.phone.callbacks import Caller, callers_for, promise_of, service_time
from cercana.conversation import commands as conversation_commands
from cercana.conversation import queries as conversation
from cercana.conversation.commands import Contact
from cercana.rules.access import Actor
from cercana.rules.callbacks import Outcome, PreferredWay, Standing, is_taken, may_be_undone

_FURTHEST_PREFERENCE = timedelta(days=14)


def promise_call_back(contact: Contact, *, recording_url: str = "", recording_seconds: int | None = None) -> None:
    """Promise to call back whoever called and stands on the list; told again, only what was recorded is added."""
    row, _ = CallBack.objects.get_or_create(
        contact_id=contact.key, defaults={"promised_at": promise_of(contact.received_at)}
    )
    row.recording_url = recording_url or row.recording_url
    row.recording_seconds = row.recording_seconds if recording_seconds is None else recording_seconds
    row.save(update_fields=["recording_url", "recording_seconds"])


@transaction.atomic
def take_next(*, actor: Actor, now: datetime) -> uuid.UUID | None:
    """
    Take who is to be called next, and return their key; None if nobody is, for now.

    Who is in hand and was not tried yet comes first. Two people who take at once get two different ones. Raise
    ContactsRefused.
    """
    callers = callers_for(actor, service_time(), lock=True)
    held = _in_hand(callers, actor, now)
    if held is not None and not any(each.at >= _taken_at(held) for each in held.attempts):
        return held.key
    ready = (each for each in callers if _is_ready(each, actor, now) and each is not held)
    found = next(ready, None)
    if found is None:
        return None
    _let_go(held)
    _take(found, actor, now)
    return found.key


@transaction.atomic
def take_up(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Take a call-back of the list, whatever is next; raise CallBackGone, CallBackTaken or ContactsRefused."""
    callers = callers_for(actor, service_time(), lock=True)
    wanted = _caller_with(callers, key, actor, now)
    _let_go(_in_hand(callers, actor, now))
    _take(wanted, actor, now)


@transaction.atomic
def put_back(*, actor: Actor, now: datetime) -> None:
    """Put back who is in hand, so that anybody may take them; raise ContactsRefused."""
    _let_go(_in_hand(callers_for(actor, service_time(), lock=True), actor, now))


@transaction.atomic
def note_attempt(*, key: uuid.UUID, outcome: Outcome, actor: Actor, now: datetime) -> None:
    """
    Note what came of calling somebody back; who was spoken with stays in hand until they are settled.

    Raise CallBackGone, CallBackTaken or ContactsRefused.
    """
    caller = _caller_with(callers_for(actor, service_time(), lock=True), key, actor, now)
    for each in caller.call_backs:
        CallBackAttempt.objects.create(call_back=each, at=now, by_id=actor.staff_id or 0, outcome=outcome)
    _take(caller, actor, now) if outcome is Outcome.SPOKE else _let_go(caller)


@transaction.atomic
def undo_attempt(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Take back one's own last attempt, and have the person in hand again; raise AttemptNotYours or CallBackGone."""
    caller = _caller_with(callers_for(actor, service_time(), lock=True), key, actor, now)
    last = caller.attempts[-1] if caller.attempts else None
    if last is None or last.by_id != actor.staff_id or not may_be_undone(last.at, now):
        raise AttemptNotYours
    CallBackAttempt.objects.filter(call_back__in=caller.call_backs, at=last.at).delete()
    _take(caller, actor, now)


@transaction.atomic
def prefer(
    *, key: uuid.UUID, preferred_at: datetime | None, way: PreferredWay | None, actor: Actor, now: datetime
) -> None:
    """
    Note when and how somebody wants to be reached; without either, what was noted is forgotten.

    Raise PreferenceRefused, CallBackGone, CallBackTaken or ContactsRefused.
    """
    if preferred_at is not None and not now < preferred_at <= now + _FURTHEST_PREFERENCE:
        raise PreferenceRefused
    caller = _caller_with(callers_for(actor, service_time(), lock=True), key, actor, now)
    CallBack.objects.filter(pk__in=[each.pk for each in caller.call_backs]).update(
        preferred_at=preferred_at, preferred_way=way or ""
    )


@transaction.atomic
def join_caller(*, key: uuid.UUID, number: str, actor: Actor, now: datetime) -> str:
    """
    File the call of somebody in the case it belongs to, and take all their calls off the list; return its number.

    One entry in the case, however often they called. Raise CallBackGone, CallBackTaken, ContactsRefused, or
    CaseNotFound if the actor may not file anything there.
    """
    caller = _caller_with(callers_for(actor, service_time(), lock=True), key, actor, now)
    first, *again = (each.key for each in caller.contacts)
    return conversation_commands.join_contact(key=first, number=number, actor=actor, now=now, repeats=again)


@transaction.atomic
def dismiss_caller(*, key: uuid.UUID, reason: str, actor: Actor, now: datetime) -> None:
    """
    Take somebody off the list who needs no case, with all their calls, and say why.

    Raise DismissalReasonMissing, CallBackGone, CallBackTaken or ContactsRefused.
    """
    caller = _caller_with(callers_for(actor, service_time(), lock=True), key, actor, now)
    for each in caller.contacts:
        conversation_commands.dismiss_contact(key=each.key, reason=reason, actor=actor, now=now)


def erase_recordings(turn: Turn, *, now: datetime) -> None:
    """Forget where the voicemails of an erased person are kept; that they called remains."""
    keys = conversation.contacts_of_case(turn.case_id)
    CallBack.objects.filter(pk__in=keys).update(recording_url="", preferred_at=None, preferred_way="")


def _caller_with(callers: list[Caller], key: uuid.UUID, actor: Actor, now: datetime) -> Caller:
    found = next((each for each in callers if key in {one.pk for one in each.call_backs}), None)
    if found is None:
        raise CallBackGone
    if is_taken(found.main.taken_at, now) and found.main.taken_by_id != actor.staff_id:
        raise CallBackTaken
    return found


def _in_hand(callers: list[Caller], actor: Actor, now: datetime) -> Caller | None:
    mine = (each for each in callers if each.main.taken_by_id == actor.staff_id)
    return next((each for each in mine if is_taken(each.main.taken_at, now)), None)


def _is_ready(caller: Caller, actor: Actor, now: datetime) -> bool:
    is_free = not is_taken(caller.main.taken_at, now) or caller.main.taken_by_id == actor.staff_id
    return is_free and caller.outlook.standing is Standing.TO_CALL and caller.outlook.from_ <= now


def _taken_at(caller: Caller) -> datetime:
    return caller.main.taken_at or caller.main.promised_at


def _take(caller: Caller, actor: Actor, now: datetime) -> None:
    rows = CallBack.objects.filter(pk__in=[each.pk for each in caller.call_backs])
    rows.update(taken_by=actor.staff_id, taken_at=now)


def _let_go(caller: Caller | None) -> None:
    if caller is not None:
        rows = CallBack.objects.filter(pk__in=[each.pk for each in caller.call_backs])
        rows.update(taken_by=None, taken_at=None)
