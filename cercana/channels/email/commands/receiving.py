"""Taking a mail: once this returns and its transaction is over, it cannot get lost any more."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from cercana.channels.email.fingerprints import fingerprint
from cercana.channels.email.models import MailPiece, StoredMail
from cercana.rules.mail import MailFate

READ_TASK = "cercana.read_stored_mail"
QUEUE = "mail"
_PIECE = 256_000
_PIECES_AT_ONCE = 8
_LONGEST_ADDRESS = 320
_MOST_RECIPIENTS = 100


class Way(StrEnum):
    """By what way a mail came into the house."""

    LMTP = "lmtp"
    SMTP = "smtp"
    IMAP = "imap"
    PIPE = "pipe"


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and to whom the servers carried a mail; what is written in the mail itself may differ."""

    way: Way
    sender: str = ""
    recipients: Sequence[str] = ()


@transaction.atomic
def receive(raw: bytes, envelope: Envelope, *, received_at: datetime) -> uuid.UUID:
    """
    Keep a mail and queue its reading, both or neither; return its key.

    The same mail again, by whatever way, is the one that is kept already. ``received_at`` is when it reached our
    server: the clock of the case begins there (M4.3).
    """
    stored = StoredMail(
        digest=fingerprint(raw),
        way=envelope.way,
        sender=_plain(envelope.sender),
        recipients=[_plain(each) for each in envelope.recipients[:_MOST_RECIPIENTS]],
        size=len(raw),
        received_at=received_at,
        fate=MailFate.WAITING,
        looked_at=received_at,
    )
    # Two deliveries of one mail at once wait here for each other.
    StoredMail.objects.bulk_create([stored], ignore_conflicts=True)
    key = StoredMail.objects.values_list("key", flat=True).get(digest=stored.digest)
    if key == stored.key:
        _keep(raw, stored)
        queue_reading(key)
    return key


def queue_reading(key: uuid.UUID) -> None:
    """Queue one reading of a kept mail."""
    jobs.configure_task(READ_TASK, queue=QUEUE).defer(key=str(key))


def _keep(raw: bytes, stored: StoredMail) -> None:
    whole = memoryview(raw)
    starts = range(0, len(raw), _PIECE)
    for first in range(0, len(starts), _PIECES_AT_ONCE):
        MailPiece.objects.bulk_create(
            MailPiece(mail=stored, ordinal=start // _PIECE, content=bytes(whole[start : start + _PIECE]))
            for start in starts[first : first + _PIECES_AT_ONCE]
        )


def _plain(address: str) -> str:
    """Return an address of an envelope as it can be stored: PostgreSQL knows no NUL, and no lone surrogate."""
    return address.encode("utf-8", "replace").decode().replace("\0", "")[:_LONGEST_ADDRESS]
