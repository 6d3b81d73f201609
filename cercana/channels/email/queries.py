"""Mails as they are read: those set aside, with the reason."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.channels.email.models import StoredMail
from cercana.conversation.queries import check_may_take_in
from cercana.rules.access import Actor
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
