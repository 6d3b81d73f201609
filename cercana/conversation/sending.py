"""Handing letters to the mail server: again and again while it is its fault, and saying so when it is the address."""

import smtplib
from datetime import datetime, timedelta

import structlog
from django.core.mail import EmailMessage
from django.db import transaction

from cercana.citizens import commands as citizens
from cercana.conversation.letters import State
from cercana.conversation.mail import mail_of
from cercana.conversation.models import Delivery
from cercana.conversation.posting import queue_sending
from cercana.conversation.reaching import ask_to_reach
from cercana.couriers.failures import Failure
from cercana.database.lateness import requeue_late

_log = structlog.get_logger(__name__)

# About two days in all, as mail servers do.
_PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)]
_PERMANENT = 500
_LOST_AFTER = timedelta(minutes=2)
_MOST_AT_A_TIME = 500


@transaction.atomic
def send_mail(*, delivery_id: int, now: datetime) -> None:
    """
    Try once to send a queued letter, and queue the next attempt if the server cannot take it now.

    At least once: a kill between the server's yes and our note of it sends the letter again under the same
    Message-ID. Called twice at a time, the second does nothing.
    """
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("case")
    delivery = waiting.filter(pk=delivery_id, state=State.QUEUED).first()
    if delivery is None:
        return
    # An erased letter has no address any more.
    failure = hand_over(mail_of(delivery)) if delivery.address else Failure("erased", is_final=True)
    delivery.attempts += 1
    if failure is None:
        delivery.state, delivery.sent_at, delivery.last_error = State.SENT, now, ""
    else:
        _note_failure(delivery, failure, now)
    delivery.save(update_fields=["state", "attempts", "last_error", "sent_at", "next_attempt_at"])


def requeue_lost(*, now: datetime) -> int:
    """Queue again the letters whose attempt should have happened minutes ago, whatever became of its job."""
    late = Delivery.objects.filter(state=State.QUEUED, next_attempt_at__lt=now - _LOST_AFTER).only("pk")
    return requeue_late(late, lambda letter: queue_sending(letter.pk, None), now=now, most=_MOST_AT_A_TIME)


def _note_failure(delivery: Delivery, failure: Failure, now: datetime) -> None:
    delivery.last_error = failure.code
    _log.warning("mail_not_sent", delivery=delivery.pk, error_code=failure.code, attempts=delivery.attempts)
    if not failure.is_final and delivery.attempts <= len(_PAUSES):
        delivery.next_attempt_at = now + _PAUSES[delivery.attempts - 1]
        queue_sending(delivery.pk, delivery.next_attempt_at)
        return
    delivery.state, delivery.next_attempt_at = State.FAILED, None
    if failure.is_address:
        citizens.mark_bounced(delivery.address.lower())
    if delivery.address:
        ask_to_reach(delivery.case.number, now)


def hand_over(mail: EmailMessage) -> Failure | None:
    """Hand ``mail`` to the server; None if it took it."""
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code = max(code for code, _reason in refused.recipients.values())
        return Failure(f"smtp.{code}", is_final=code >= _PERMANENT, is_address=code >= _PERMANENT)
    except smtplib.SMTPDataError as refused:
        return Failure(f"smtp.{refused.smtp_code}", is_final=refused.smtp_code >= _PERMANENT)
    except smtplib.SMTPResponseException as refused:
        # Sender, greeting or password: ours to mend, so the letter waits.
        return Failure(f"smtp.{refused.smtp_code}")
    except (smtplib.SMTPException, OSError):
        return Failure("smtp.unreachable")
    return None
