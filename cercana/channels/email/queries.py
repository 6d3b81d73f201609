"""Mails as they are read: those set aside, with the reason, and one of a case as it came."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.cases import queries as cases
from cercana.channels.email.errors import OriginalGone
from cercana.channels.email.models import StoredMail
from cercana.channels.email.raw import raw_of
from cercana.channels.email.reading import read_mail
from cercana.conversation.queries import arrival_of, check_may_take_in
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.mail import MailFate

SET_ASIDE = (MailFate.QUARANTINED, MailFate.UNANSWERED)
_SHOWN_FOR = timedelta(days=7)
_MOST = 100


@dataclass(frozen=True, slots=True)
class MailSetAside:
    """A mail that became neither case nor entry; ``reason`` is a code."""

    key: uuid.UUID
    author: str
    subject: str
    received_at: datetime
    reason: str


def mails_set_aside(actor: Actor, *, now: datetime) -> list[MailSetAside]:
    """Return the mails of this week that became neither case nor entry, the newest first; raise ContactsRefused."""
    check_may_take_in(actor)
    rows = StoredMail.objects.filter(fate__in=SET_ASIDE, received_at__gt=now - _SHOWN_FOR).order_by("-received_at")
    return [
        MailSetAside(*values)
        for values in rows.values_list("key", "author", "subject", "received_at", "reason")[:_MOST]
    ]


def count_waiting() -> int:
    """Return how many mails are kept and not read yet."""
    return StoredMail.objects.filter(fate=MailFate.WAITING).count()


@dataclass(frozen=True, slots=True)
class WholeMail:
    """A mail as it came: what is new in it, what it repeats, its signature, and the names of its files."""

    subject: str
    received_at: datetime
    new_text: str
    quoted: str
    signature: str
    files: tuple[str, ...]


def whole_mail(actor: Actor, *, number: str, sequence: int) -> WholeMail:
    """
    Return the mail that is the entry ``sequence`` of a case, nothing left out.

    Raise CaseNotFound, or OriginalGone if the entry came by another way or its person was erased.
    """
    case = cases.case_for(actor, Act.VIEW_PERSONAL, number=number)
    arrival = arrival_of(case_id=case.pk, sequence=sequence)
    if arrival is None:
        raise OriginalGone
    kept = StoredMail.objects.filter(case=case, received_at=arrival.received_at).order_by("handled_at")
    mails = [read_mail(raw) for raw in map(raw_of, kept.values_list("pk", flat=True)) if raw]
    # Of two that came at the same instant their own names tell which it is.
    mail = next((each for each in mails if (each.message_id or "") == arrival.message_id), None)
    if mail is None:
        raise OriginalGone
    names = tuple(each.name for each in mail.attachments)
    return WholeMail(mail.subject, arrival.received_at, mail.new_text, mail.quoted, mail.signature, names)
