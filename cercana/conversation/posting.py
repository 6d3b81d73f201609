"""Where a letter goes and what becomes of it: queued for the mail server, or kept because it never should leave."""

import re
import uuid
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from procrastinate.contrib.django import app as jobs

from cercana.citizens.queries import Profile
from cercana.conversation.letters import Channel, State
from cercana.conversation.models import Delivery
from cercana.conversation.writing import Letter
from cercana.organization import queries as organization

SEND_TASK = "cercana.send_mail"
QUEUE = "mail"

# RFC 2606 and RFC 6761: nobody can have an address there, so demonstration people do.
_RESERVED = re.compile(r"(?:^|\.)(?:example|invalid|test|localhost|example\.(?:com|net|org))$", re.IGNORECASE)


def post(
    letter: Letter,
    person: Profile,
    *,
    case_id: int,
    event_id: int | None,
    created_at: datetime,
    not_before: datetime | None = None,
) -> Delivery:
    """
    Store ``letter`` for ``person`` and, if it goes by mail, queue it in the same transaction: at once or for later.

    Without a mail server, and to addresses that cannot exist, it is kept; so is what somebody has to print or say.
    """
    channel = channel_for(person)
    address = person.emails[0] if channel is Channel.EMAIL else ""
    leaves = channel is Channel.EMAIL and settings.MAIL_LEAVES and not is_reserved(address)
    delivery = Delivery.objects.create(
        case_id=case_id,
        event_id=event_id,
        kind=letter.kind,
        language=letter.language,
        template_version=letter.version,
        channel=channel,
        state=State.QUEUED if leaves else State.KEPT,
        address=address,
        subject=letter.subject,
        blocks=[block.as_json() for block in letter.blocks],
        asks_opinion=letter.asks_opinion and channel is Channel.EMAIL,
        message_id=new_message_id(),
        created_at=created_at,
        next_attempt_at=(not_before or created_at) if leaves else None,
    )
    if leaves:
        queue_sending(delivery.pk, not_before)
    return delivery


def queue_sending(delivery_id: int, at: datetime | None) -> None:
    """Queue one attempt to send, not before ``at`` if given."""
    jobs.configure_task(SEND_TASK, queue=QUEUE, schedule_at=at).defer(delivery_id=delivery_id)


def is_promising(delivery: Delivery) -> bool:
    """
    Tell whether the person will read the letter without our doing more.

    In a demonstration the mailbox stands for the person's; elsewhere a kept letter reaches nobody.
    """
    return delivery.state == State.QUEUED or has_left(delivery)


def has_left(delivery: Delivery) -> bool:
    """Tell whether the letter went to the person: by the mail server, or into the mailbox of a demonstration."""
    is_shown = delivery.state == State.KEPT and delivery.channel == Channel.EMAIL
    return delivery.state in (State.SENT, State.DELIVERED) or (is_shown and organization.is_demonstration())


def is_reserved(address: str) -> bool:
    """Tell whether the domain of ``address`` is set apart for examples and tests."""
    return _RESERVED.search(address.rpartition("@")[2]) is not None


def channel_for(person: Profile) -> Channel:
    """Return how a letter goes to ``person``; with «none» somebody has to tell them."""
    if person.emails:
        return Channel.EMAIL
    return Channel.PAPER if person.addresses else Channel.NONE


def new_message_id() -> str:
    """Return a Message-ID that no other mail has."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"
