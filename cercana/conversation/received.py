"""Mail that comes in, as far as the conversation is concerned: whose thread it goes into, and reports on letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from cercana.citizens import commands as citizens
from cercana.conversation.letters import State
from cercana.conversation.models import Delivery, ReceivedMail
from cercana.conversation.reaching import ask_to_reach
from cercana.conversation.transport import as_xtext
from cercana.rules.mail_tags import number_in

# What RFC 3464 calls the ways of a report.
_FAILED, _DELAYED, _DELIVERED = ("failed", ""), "delayed", ("delivered", "relayed", "expanded")
# What is noted of a letter that is on its way for long: its server goes on trying.
DELAYED = "dsn.delayed"
_LONGEST_ID = 998


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail on its way into a case; see ReceivedMail."""

    case_id: int
    sequence: int
    message_id: str
    subject: str
    received_at: datetime
    is_proven: bool | None = None
    other_address: str = ""


def note_received_mail(arrival: Arrival) -> None:
    """Note which entry of a case a mail is, so that our letters go into its thread and the desk tells its origin."""
    ReceivedMail.objects.create(
        case_id=arrival.case_id,
        sequence=arrival.sequence,
        message_id=arrival.message_id[:_LONGEST_ID],
        subject=arrival.subject[:200],
        is_proven=arrival.is_proven,
        other_address=arrival.other_address[:254],
        received_at=arrival.received_at,
    )


def arrival_of(*, case_id: int, sequence: int) -> Arrival | None:
    """Return what was noted of the mail that is an entry of a case, None if the entry came by another way."""
    row = ReceivedMail.objects.filter(case=case_id, sequence=sequence).first()
    if row is None:
        return None
    return Arrival(
        case_id=case_id,
        sequence=sequence,
        message_id=row.message_id,
        subject=row.subject,
        received_at=row.received_at,
        is_proven=row.is_proven,
        other_address=row.other_address,
    )


def case_written_about(*, message_ids: Sequence[str], addresses: Sequence[str], subject: str) -> str:
    """
    Return the number of the case that a mail goes on with, "" if none.

    Found by the Message-IDs it refers to, ours or one that its case has, else by an address or a tag in its subject
    that we signed. A subject alone, or a bare number, finds nothing: anybody can write one. A case whose person was
    erased is found no more.
    """
    named = {"message_id__in": list(message_ids), "case__erased_at": None}
    ours = Delivery.objects.filter(**named).order_by("-pk").values_list("case__number", flat=True)
    theirs = ReceivedMail.objects.filter(**named).order_by("-pk").values_list("case__number", flat=True)
    return (ours.first() or theirs.first() if message_ids else "") or _signed_number([*addresses, subject])


def is_our_message(message_id: str) -> bool:
    """Tell whether we wrote the mail with this Message-ID."""
    return bool(message_id) and Delivery.objects.filter(message_id=message_id).exists()


@transaction.atomic
def note_report(
    *, identifiers: Sequence[str], number: str, address: str, action: str, status: str, now: datetime
) -> str:
    """
    Note what a mail server reports (RFC 3464) on a letter of ours; return the number of its case, "" if it is not ours.

    It is found by its Message-ID, which the report names itself or as the identifier of the envelope, or as the newest
    to ``address`` in the case ``number`` whose signed address the report came to. Only who got the letter knows any of
    them, and only the address it went to is marked: a forged report does no more. A failure asks somebody to reach the
    person otherwise.
    """
    letters = Delivery.objects.select_for_update(of=("self",)).select_related("case").order_by("-pk")
    delivery = letters.filter(message_id__in=[f"<{each.strip('<> ')}>" for each in identifiers]).first()
    if delivery is None and number:
        delivery = letters.filter(case__number=number, address__iexact=address).first()
    if delivery is None:
        return ""
    action = action.lower()
    is_for_us = address.lower() in ("", delivery.address.lower(), as_xtext(delivery.address).lower())
    if action in _DELIVERED and delivery.state == State.SENT:
        delivery.state = State.DELIVERED
    elif action == _DELAYED:
        delivery.last_error = DELAYED
    elif action in _FAILED and is_for_us and delivery.state in (State.SENT, State.DELIVERED, State.QUEUED):
        _fail(delivery, status, now)
    delivery.save(update_fields=["state", "last_error", "next_attempt_at"])
    return delivery.case.number


def _fail(delivery: Delivery, status: str, now: datetime) -> None:
    delivery.state, delivery.next_attempt_at = State.FAILED, None
    delivery.last_error = f"dsn.{status or 'failed'}"[:40]
    # 4.x.x: given up after a while, as a full mailbox is; the address itself is right.
    if delivery.address and not status.startswith("4"):
        citizens.mark_bounced(delivery.address.lower())
    ask_to_reach(delivery.case.number, now)


def _signed_number(places: Sequence[str]) -> str:
    secret = settings.SECRET_KEY.encode()
    return next((number for place in places if (number := number_in(place, secret=secret))), "")
