"""Calls that somebody attends: opened on the desk, about a case or for a reason none, and over (M2.3b, M4.1a)."""

import uuid
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from cercana.cases import commands as cases
from cercana.cases import queries as case_queries
from cercana.cases.errors import CaseNotFound
from cercana.channels.phone import calls
from cercana.channels.phone.commands.calling_back import promise_call_back
from cercana.channels.phone.errors import CallCaseUnknown, CallGone, NoCaseUnexplained
from cercana.channels.phone.models import Call, CallCase
from cercana.channels.phone.own_calls import check_attends, is_own
from cercana.conversation import commands as conversation
from cercana.rules.access import SYSTEM, Actor
from cercana.rules.attended_calls import LONGEST_CALL, NoCase
from cercana.rules.calls import CallState
from cercana.rules.classification import Channel
from cercana.rules.unregistered import ReachedBy

_BY_HAND = "mesa:"


def locked(key: uuid.UUID, actor: Actor) -> Call:
    """Return a call of ``actor``, locked: they attend it, or it rings at their extension; raise CallGone."""
    check_attends(actor)
    call = Call.objects.select_for_update(of=("self",)).filter(is_own(actor), key=key).first()
    if call is None:
        raise CallGone
    return call


@transaction.atomic
def open_call(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Open a call on the desk of whoever attends it: it is announced to them no more. Raise CallGone."""
    call = locked(key, actor)
    call.attended_by_id, call.opened_at = actor.staff_id, call.opened_at or now
    call.save(update_fields=["attended_by", "opened_at"])


@transaction.atomic
def begin_call(*, caller: str, actor: Actor, now: datetime) -> uuid.UUID:
    """Begin a call that no exchange told of, with the number that whoever attends it typed; return its key."""
    check_attends(actor)
    call = _by_hand(uuid.uuid4(), actor, began_at=now, opened_at=now)
    call.caller = caller.strip()[:30]
    call.save(update_fields=["caller"])
    return call.key


@transaction.atomic
def end_call(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Note that a call is over, where no exchange does; twice changes nothing. Raise CallGone."""
    call = locked(key, actor)
    _attend(call, actor)
    calls.end(call, now=now)
    calls.settle(call, now=now)


@transaction.atomic
def note_registered(
    *, key: uuid.UUID, number: str, actor: Actor, now: datetime, began_at: datetime | None = None
) -> None:
    """
    Note that the case ``number``, registered just now by ``actor``, came of the call ``key``.

    A call that nobody announced began with the form, at ``began_at``, has its key, and is over with it.
    """
    check_attends(actor)
    if began_at is not None:
        _by_hand(key, actor, began_at=min(now, max(began_at, now - LONGEST_CALL)), opened_at=now)
    call = locked(key, actor)
    _attend(call, actor)
    if call.exchange_id.startswith(_BY_HAND):
        calls.end(call, now=now)
    case_id = case_queries.id_of_case(number)
    if case_id is not None:
        _link(call, case_id, now)


@transaction.atomic
def link_case(*, key: uuid.UUID, number: str, said: str, actor: Actor, now: datetime) -> None:
    """
    Note that a call is about a case there was before, and file in it what the person ``said``, if anything.

    It is a case of the caller who proved who they are, or one that ``actor`` may know of. Raise CallGone or
    CallCaseUnknown.
    """
    call = locked(key, actor)
    case_id = _case_of_call(call, number, actor)
    if case_id is None:
        raise CallCaseUnknown(number=number)
    _attend(call, actor)
    if said.strip():
        _file(number, said, actor, now)
    _link(call, case_id, now)


@transaction.atomic
def explain_call(*, key: uuid.UUID, reason: str, actor: Actor, now: datetime) -> None:
    """
    Say why a call is no case; it is over. Who was cut off is put on the list of those without a case (M4.1a).

    Raise CallGone, or NoCaseUnexplained without a known reason.
    """
    call = locked(key, actor)
    if reason not in list(NoCase):
        raise NoCaseUnexplained
    call.attended_by_id, call.no_case = actor.staff_id, reason
    call.save(update_fields=["attended_by", "no_case"])
    calls.end(call, now=now)
    if NoCase(reason).is_to_be_called_back and call.caller:
        contact = conversation.Contact(
            key=call.key, way=ReachedBy.MISSED_CALL, received_at=call.began_at, phone=call.caller
        )
        conversation.note_contact(contact, now=now)
        promise_call_back(contact)
    calls.settle(call, now=now)


def _attend(call: Call, actor: Actor) -> None:
    call.attended_by_id = actor.staff_id
    call.save(update_fields=["attended_by"])


def _by_hand(key: uuid.UUID, actor: Actor, *, began_at: datetime, opened_at: datetime) -> Call:
    call, _ = Call.objects.get_or_create(
        key=key,
        defaults={
            "exchange_id": f"{_BY_HAND}{key}",
            "state": CallState.ANSWERED,
            "began_at": began_at,
            "answered_at": began_at,
            "opened_at": opened_at,
            "attended_by_id": actor.staff_id,
            "is_measured": False,
        },
    )
    return call


def _case_of_call(call: Call, number: str, actor: Actor) -> int | None:
    if call.verified_id is not None:
        own = case_queries.case_of_person(number, call.verified_id)
        if own is not None:
            return own
    return case_queries.id_of_case(number) if case_queries.is_visible(actor, number) else None


def _file(number: str, said: str, actor: Actor, now: datetime) -> None:
    """File the words in the actor's name if they may, else in nobody's: the history of the call says who heard them."""
    with suppress(CaseNotFound):
        cases.receive_message(number=number, text=said, channel=Channel.PHONE, actor=actor, now=now)
        return
    cases.receive_message(number=number, text=said, channel=Channel.PHONE, actor=SYSTEM, now=now)


def _link(call: Call, case_id: int, now: datetime) -> None:
    CallCase.objects.get_or_create(call=call, case_id=case_id)
    if call.no_case:
        call.no_case = ""
        call.save(update_fields=["no_case"])
    calls.settle(call, now=now)
