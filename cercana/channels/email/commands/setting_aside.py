"""Mails that were set aside, given back to people; and forgetting those of an erased person."""

import uuid
from datetime import datetime

from django.db import transaction

from cercana.cases.queries import Turn
from cercana.channels.email.commands.filing import Received, note_as_contact
from cercana.channels.email.commands.handling import here
from cercana.channels.email.errors import MailGone
from cercana.channels.email.models import MailPiece, StoredMail
from cercana.channels.email.queries import SET_ASIDE
from cercana.channels.email.raw import raw_of
from cercana.channels.email.reading import read_mail
from cercana.conversation import queries as conversation
from cercana.rules.access import Actor
from cercana.rules.mail import MailFate


@transaction.atomic
def release(*, key: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Put a mail that was set aside on the list of those without a case; raise MailGone or ContactsRefused."""
    conversation.check_may_take_in(actor)
    stored = StoredMail.objects.select_for_update().filter(key=key, fate__in=SET_ASIDE).first()
    if stored is None:
        raise MailGone
    mail = read_mail(raw_of(key), here=here())
    author = (mail.author.address if mail.author else "").lower()
    note_as_contact(Received(key, mail, tuple(stored.recipients), stored.received_at, author), now=now)
    stored.fate, stored.reason, stored.handled_at = MailFate.CONTACT, actor.signature, now
    stored.save(update_fields=["fate", "reason", "handled_at"])


def erase_mail(turn: Turn, *, now: datetime) -> None:
    """Forget the mails of the case of an erased person; that they came remains."""
    kept = StoredMail.objects.filter(case_id=turn.case_id)
    MailPiece.objects.filter(mail__in=kept).delete()
    kept.update(sender="", recipients=[], author="", subject="")
