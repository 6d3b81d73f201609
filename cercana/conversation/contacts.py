"""Those without a case: noted as they reach us, and settled by a case, by joining one, or with a reason (M4.1a)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from cercana.cases import commands as cases
from cercana.cases import queries as case_queries
from cercana.cases.commands import IncomingFile, Reception
from cercana.cases.errors import AttachmentRefused
from cercana.conversation.contact_queries import check_may_take_in, draft_secret
from cercana.conversation.errors import ContactGone, DismissalReasonMissing
from cercana.conversation.models import UnregisteredContact
from cercana.rules.access import Actor
from cercana.rules.triage.proposal import proposed_for
from cercana.rules.unregistered import SOURCES, ContactState, ReachedBy

_LONGEST_TEXT = 20_000
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """
    Somebody who reached us, as far as we know them.

    ``key`` is their channel's: noted twice, they stand in the list once. ``received_at`` is when they reached us.
    """

    key: uuid.UUID
    way: ReachedBy
    received_at: datetime
    name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""
    text: str = ""


@transaction.atomic
def note_contact(contact: Contact, *, files: Sequence[IncomingFile] = (), now: datetime) -> list[str]:
    """
    Put somebody on the list of those without a case; return the names of files that could not be taken.

    A repetition changes nothing.
    """
    text = contact.text.strip()[:_LONGEST_TEXT]
    _, is_new = UnregisteredContact.objects.get_or_create(
        key=contact.key,
        defaults={
            "way": contact.way,
            "received_at": contact.received_at,
            "name": contact.name[:120],
            "email": contact.email[:254],
            "phone": contact.phone[:30],
            "subject": contact.subject[:200],
            "text": text,
            "proposed_class": proposed_for(text or contact.subject).class_,
            "state": ContactState.WAITING,
        },
    )
    return _keep_files(contact.key, files, now) if is_new else []


@transaction.atomic
def correct_contact(*, key: uuid.UUID, way: ReachedBy | None) -> None:
    """
    Say how somebody on the list reached us after all; None if they were attended, which takes them off it.

    Whoever has a case by now, or was dismissed, stays as they are.
    """
    waiting = UnregisteredContact.objects.filter(key=key, state=ContactState.WAITING)
    if way is None:
        waiting.delete()
    else:
        waiting.exclude(way=way).update(way=way)


@transaction.atomic
def register_contact(*, key: uuid.UUID, reception: Reception, actor: Actor, now: datetime) -> str:
    """
    Register the case of somebody on the list, its clock running from when they reached us; return its number.

    Channel, moment and source are the contact's. Sent twice, it is the same case. Raise ContactGone, ContactsRefused,
    or as register_case does.
    """
    check_may_take_in(actor)
    contact = _locked(key, ContactState.WAITING, ContactState.REGISTERED)
    way = ReachedBy(contact.way)
    case = cases.register_case(
        replace(
            reception,
            channel=way.channel,
            received_at=contact.received_at,
            source=SOURCES[way],
            client_key=contact.key,
            attachments=[*reception.attachments, *_kept_files(key)],
        ),
        actor=actor,
        now=now,
    )
    _settle(contact, ContactState.REGISTERED, actor=actor, now=now, case_id=case.pk)
    return case.number


@transaction.atomic
def join_contact(*, key: uuid.UUID, number: str, actor: Actor, now: datetime, repeats: Sequence[uuid.UUID] = ()) -> str:
    """
    File what somebody on the list says in the case that it belongs to; return its number.

    Who reached us again without a word is settled along by ``repeats``, with no further entry in the case.
    Raise ContactGone, ContactsRefused, or CaseNotFound if the actor may not file anything there.
    """
    check_may_take_in(actor)
    contact = _locked(key, ContactState.WAITING)
    way = ReachedBy(contact.way)
    said = "\n\n".join(part for part in (contact.subject, contact.text) if part) or SOURCES[way].capitalize()
    case = cases.receive_message(number=number, text=said, channel=way.channel, actor=actor, now=now)
    cases.attach_drafted(number=number, keys=_kept_files(key), actor=actor, now=now)
    for each in (contact, *(_locked(repeat, ContactState.WAITING) for repeat in repeats)):
        _settle(each, ContactState.JOINED, actor=actor, now=now, case_id=case.pk)
    return case.number


@transaction.atomic
def dismiss_contact(*, key: uuid.UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Take somebody off the list who needs no case; raise DismissalReasonMissing, ContactGone or ContactsRefused."""
    check_may_take_in(actor)
    if not reason.strip():
        raise DismissalReasonMissing
    contact = _locked(key, ContactState.WAITING)
    contact.reason = reason.strip()[:_LONGEST_REASON]
    _settle(contact, ContactState.DISMISSED, actor=actor, now=now)


@transaction.atomic
def undo_dismissal(*, key: uuid.UUID, actor: Actor) -> None:
    """Put somebody back on the list as if they had never been taken off; raise ContactGone or ContactsRefused."""
    check_may_take_in(actor)
    contact = _locked(key, ContactState.DISMISSED)
    contact.state, contact.reason, contact.settled_by, contact.settled_at = ContactState.WAITING, "", "", None
    contact.save(update_fields=["state", "reason", "settled_by", "settled_at"])


def _locked(key: uuid.UUID, *states: ContactState) -> UnregisteredContact:
    contact = UnregisteredContact.objects.select_for_update().filter(key=key, state__in=states).first()
    if contact is None:
        raise ContactGone
    return contact


def _settle(
    contact: UnregisteredContact, state: ContactState, *, actor: Actor, now: datetime, case_id: int | None = None
) -> None:
    contact.state, contact.case_id = state, case_id
    contact.settled_by, contact.settled_at = actor.signature, now
    contact.save(update_fields=["state", "case", "settled_by", "settled_at", "reason"])


def _keep_files(key: uuid.UUID, files: Sequence[IncomingFile], now: datetime) -> list[str]:
    """Keep the files with a draft of the contact; return the names of those refused."""
    refused = []
    draft = cases.open_draft(secret=draft_secret(key), now=now) if files else None
    for file in files:
        try:
            if draft is not None:
                cases.attach_to_draft(draft=draft, file=file, keeps_location=False, now=now)
        except AttachmentRefused:
            refused.append(file.name)
    return refused


def _kept_files(key: uuid.UUID) -> list[uuid.UUID]:
    draft = case_queries.find_draft(draft_secret(key))
    return [file.key for file in draft.files] if draft else []
