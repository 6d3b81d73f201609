"""What the conversation does: telling the citizen, sending and sending again, forgetting a person's letters."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from cercana.cases import queries as case_queries
from cercana.cases.errors import CaseNotFound
from cercana.cases.queries import Turn
from cercana.citizens import queries as citizens
from cercana.conversation.contacts import (
    Contact,
    correct_contact,
    dismiss_contact,
    join_contact,
    note_contact,
    register_contact,
    undo_dismissal,
)
from cercana.conversation.letters import Kind
from cercana.conversation.mail import automatic_headers, sender
from cercana.conversation.models import Delivery, ReceivedMail, TextMessage, UnregisteredContact
from cercana.conversation.occasions import occasion_of
from cercana.conversation.phrases import record_phrase_uses, set_up_phrases
from cercana.conversation.posting import QUEUE, is_promising, is_reserved, new_message_id, post
from cercana.conversation.reaching import ask_to_reach
from cercana.conversation.received import Arrival, note_received_mail, note_report
from cercana.conversation.sending import Failure, hand_over, requeue_lost, send_mail
from cercana.conversation.texting import hear_text, post_text, requeue_lost_texts, send_text
from cercana.conversation.writing import write_letter, write_link_letter
from cercana.organization import queries as organization
from cercana.rules import case_number
from cercana.rules.access import SYSTEM
from cercana.rules.acts import Act
from cercana.rules.near_addresses import mailbox_of
from cercana.rules.notice_hours import notice_moment

__all__ = [
    "QUEUE",
    "Arrival",
    "Contact",
    "Failure",
    "automatic_headers",
    "correct_contact",
    "dismiss_contact",
    "erase_letters",
    "hand_over",
    "hear_text",
    "is_reserved",
    "join_contact",
    "new_message_id",
    "note_contact",
    "note_received_mail",
    "note_report",
    "record_phrase_uses",
    "register_contact",
    "requeue_lost",
    "requeue_lost_texts",
    "send_mail",
    "send_text",
    "send_tracking_link",
    "sender",
    "set_up_phrases",
    "tell_citizen",
    "undo_dismissal",
    "write_tracking_link",
]

LINK_TASK = "cercana.tracking_link"
_LINK_PAUSE = timedelta(minutes=10)
_LINKS_OF_MAILBOX, _HOUR = 5, timedelta(hours=1)


@transaction.atomic
def tell_citizen(turn: Turn, *, now: datetime) -> None:
    """
    Write the person the letter that an event calls for, dated with it.

    Where the manual asks that they know (M4.2c) and no mail will reach them, the area gets the task to do so. An
    exercise has nobody to tell.
    """
    if turn.after.is_drill:
        return
    occasion = occasion_of(turn)
    if occasion is None:
        return
    person = citizens.profile(turn.citizen, case=UUID(turn.event.case_key))
    letter = write_letter(turn, occasion, person, now)
    delivery = post(
        letter,
        person,
        case_id=turn.case_id,
        event_id=turn.event_id,
        created_at=turn.event.recorded_at,
        not_before=_notice_moment(now) if occasion.is_notice else None,
    )
    post_text(delivery, person, turn.after.number, now=now)
    if occasion.must_reach and not is_promising(delivery):
        ask_to_reach(turn.after.number, now)


def _notice_moment(now: datetime) -> datetime | None:
    """Return when a notice may go that nobody waits for, None if that is now."""
    moment = notice_moment(now, organization.calendar())
    return moment if moment > now else None


def send_tracking_link(*, number: str) -> None:
    """Have a new link sent to the contact on record; the same happens here whether or not the case exists."""
    prefix = organization.municipality().prefix
    with suppress(case_number.NumberUnknown):
        found = case_number.parse(number, prefix=prefix)
        jobs.configure_task(LINK_TASK, queue=QUEUE).defer(number=str(found))


@transaction.atomic
def write_tracking_link(*, number: str, now: datetime) -> None:
    """
    Write the letter with the link, if there is such a case and neither it nor its mailbox had too many lately.

    A case gets one in ten minutes, a mailbox five in an hour: whoever knows many numbers floods nobody by them.
    """
    with suppress(CaseNotFound):
        case = case_queries.case_for(SYSTEM, Act.VIEW, number=number, lock=True)
        recent = Delivery.objects.filter(case=case, kind=Kind.TRACKING_LINK, created_at__gt=now - _LINK_PAUSE)
        person = citizens.profile(case.citizen_id, case=case.key)
        if person.emails and not recent.exists() and not _is_flooded(person.emails[0], now):
            letter = write_link_letter(case_queries.state_of(case), person, now)
            post(letter, person, case_id=case.pk, event_id=None, created_at=now)


def _is_flooded(address: str, now: datetime) -> bool:
    """Tell whether the mailbox of ``address`` had its links of this hour; links to one mailbox wait for each other."""
    mailbox = mailbox_of(address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"links to {mailbox}"])
    sent = Delivery.objects.filter(kind=Kind.TRACKING_LINK, created_at__gt=now - _HOUR)
    return [mailbox_of(each) for each in sent.values_list("address", flat=True)].count(mailbox) >= _LINKS_OF_MAILBOX


def erase_letters(turn: Turn, *, now: datetime) -> None:
    """
    Forget what the letters of an erased person said and where they went; that they were sent remains.

    So does that they reached us before they had a case, but not with which words.
    """
    Delivery.objects.filter(case_id=turn.case_id).update(address="", subject="", blocks=[])
    TextMessage.objects.filter(delivery__case=turn.case_id).update(address="", text="")
    ReceivedMail.objects.filter(case_id=turn.case_id).update(subject="", other_address="")
    contacts = UnregisteredContact.objects.filter(case_id=turn.case_id)
    contacts.update(name="", email="", phone="", subject="", text="")
