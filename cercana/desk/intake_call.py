"""From the call to the guided intake: what the exchange shows is carried over, and the case is linked back."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages

from cercana.channels.phone import commands, queries
from cercana.channels.phone.errors import CallGone
from cercana.channels.phone.queries import OpenCall
from cercana.citizens.commands import ContactKind, normalize_contact
from cercana.citizens.errors import PhoneMalformed
from cercana.desk.requests import StaffRequest, key_in
from cercana.rules.classification import Channel
from cercana.rules.promises import to_lima

_UNLINKED = "El caso quedó registrado. Su llamada la tiene ahora otra persona y no se unió."
# Of another way to attend somebody than a call that is going on.
_ELSEWHERE = ("contacto", "turno", "sigue")


@dataclass(frozen=True, slots=True)
class CallOfForm:
    """What a form says of the call it is about: the one that was announced, or when one began that nobody announced."""

    key: uuid.UUID | None
    began_at: datetime | None


def fields_of_call(request: StaffRequest) -> dict[str, str]:
    """
    Return the fields that a call fills: the one in the address, or the one its agent is speaking in.

    Without any the form itself begins one, which counts if a case comes of it by telephone.
    """
    asked = key_in(request.GET.get("llamada", ""))
    if asked is None and not any(name in request.GET for name in _ELSEWHERE) and "canal" not in request.GET:
        asked = queries.call_under_way(request.actor, request.now)
    call = call_at_hand(request, asked)
    if call is None:
        return {"call_began": to_lima(request.now).isoformat()}
    carried = {"person_query": call.caller, "phone": call.caller, "who": call.caller} if _is_phone(call.caller) else {}
    return {"channel": Channel.PHONE.value, "call": str(call.key), **carried}


def call_at_hand(request: StaffRequest, key: uuid.UUID | None) -> OpenCall | None:
    """Return the call that a page is about; None if it is about none, or somebody else has it by now."""
    if key is not None:
        with suppress(CallGone):
            return queries.call_of(request.actor, key)
    return None


def call_in_form(request: StaffRequest) -> CallOfForm:
    """Return the call that a sent form is about."""
    return CallOfForm(key_in(request.POST.get("call", "")), _moment_in(request.POST.get("call_began", "")))


def link_call(request: StaffRequest, number: str, *, form_key: uuid.UUID | None) -> None:
    """
    Note on the call of a sent form that the case ``number`` came of it.

    It is of no call if somebody came to the window, waited for a case, or is entered later than they reached us.
    """
    if request.POST.get("channel") != Channel.PHONE or request.POST.get("contact") or request.POST.get("received_at"):
        return
    told = call_in_form(request)
    key = told.key or form_key
    if key is None or (told.key is None and told.began_at is None):
        return
    began_at = None if told.key else told.began_at
    try:
        commands.note_registered(key=key, number=number, actor=request.actor, now=request.now, began_at=began_at)
    except CallGone:
        messages.warning(request, _UNLINKED)


def _is_phone(shown: str) -> bool:
    """Tell whether the exchange shows a number at which somebody can be reached, not an extension of its own."""
    with suppress(PhoneMalformed):
        return bool(normalize_contact(ContactKind.PHONE, shown))
    return False


def _moment_in(typed: str) -> datetime | None:
    with suppress(ValueError):
        moment = datetime.fromisoformat(typed)
        return moment if moment.tzinfo else None
    return None
