"""
Text messages to whoever left no mail address: put beside their letters, sent once, and what became of them.

A text costs money and wakes people, so none goes out twice: an attempt of which nobody knows the end is not repeated,
and the person is reached otherwise.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from cercana.citizens.commands import parse_phone
from cercana.citizens.queries import Profile
from cercana.conversation.letters import Channel, Kind, State
from cercana.conversation.models import Delivery, SilentNumber, TextMessage
from cercana.conversation.posting import QUEUE
from cercana.conversation.reaching import ask_to_reach
from cercana.conversation.text_errand import hand_over_text
from cercana.conversation.text_writing import AT_ONCE, text_for
from cercana.database.lateness import requeue_late
from cercana.organization import queries as organization
from cercana.rules.callbacks import is_mobile
from cercana.rules.folding import fold
from cercana.rules.notice_hours import notice_moment

_log = structlog.get_logger(__name__)

TEXT_TASK = "cercana.send_text"
UNKNOWN, TOO_MANY = "sms.unknown", "sms.too_many"
_PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180)]
_LOST_AFTER = timedelta(minutes=2)
_MOST_AT_A_TIME = 500
_TEXTS_OF_NUMBER, _HOUR = 6, timedelta(hours=1)
_STOP, _START = frozenset({"baja", "stop"}), frozenset({"alta", "start"})


def sends_texts() -> bool:
    """Tell whether texts go out at all: somebody named a gateway, and this is no demonstration."""
    return bool(settings.SMS_URL) and not organization.is_demonstration()


def post_text(delivery: Delivery, person: Profile, number: str, *, now: datetime) -> None:
    """
    Put a text beside a letter that goes by no mail, if its person has a mobile phone and wants texts.

    It says that there is something to read, not what: who has to be reached still is. Inside a transaction.
    """
    phone = next((each for each in person.phones if is_mobile(each)), "")
    if delivery.channel == Channel.EMAIL or not phone or not sends_texts():
        return
    text = text_for(Kind(delivery.kind), "en" if delivery.language == "en" else "es", number)
    if not text or SilentNumber.objects.filter(pk=phone).exists():
        return
    message = TextMessage(delivery=delivery, address=phone, text=text, state=State.KEPT, created_at=now)
    if _had_enough(phone, now):
        message.last_error = TOO_MANY
    else:
        at = now if delivery.kind in AT_ONCE else notice_moment(now, organization.calendar())
        message.state, message.next_attempt_at = State.QUEUED, at
        _queue(delivery.pk, at if at > now else None)
    message.save(force_insert=True)


def send_text(*, delivery_id: int, now: datetime) -> None:
    """Try once to send a queued text; of two who try at once, and after a kill in the middle, one does."""
    text = _begin(delivery_id, now)
    if text is not None:
        _end(delivery_id, hand_over_text(key=str(text.pk), to=text.address, text=text.text), now)


def requeue_lost_texts(*, now: datetime) -> int:
    """Queue again the texts whose attempt should have begun minutes ago; give up those whose attempt never ended."""
    lost = TextMessage.objects.filter(state=State.QUEUED, next_attempt_at__lt=now - _LOST_AFTER)
    for pk in lost.filter(started_at__lt=now - _LOST_AFTER).values_list("pk", flat=True)[:_MOST_AT_A_TIME]:
        _end(pk, UNKNOWN, now)
    late = lost.filter(started_at=None).only("pk")
    return requeue_late(late, lambda text: _queue(text.pk, None), now=now, most=_MOST_AT_A_TIME)


def hear_text(*, number: str, text: str, now: datetime) -> bool:
    """
    Take the answer to a text: BAJA ends texts to that number, ALTA begins them again. Tell whether it was one of them.

    Raise PhoneMalformed.
    """
    sender, word = parse_phone(number), fold(text).strip(" .!\"'")
    if word in _STOP:
        SilentNumber.objects.get_or_create(number=sender, defaults={"since": now})
        TextMessage.objects.filter(address=sender, state=State.QUEUED, started_at=None).update(
            state=State.KEPT, next_attempt_at=None
        )
    elif word in _START:
        SilentNumber.objects.filter(number=sender).delete()
    return word in _STOP | _START


def _had_enough(phone: str, now: datetime) -> bool:
    """Tell whether a number had its texts of this hour: whoever registers with a stranger's floods nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"texts to {phone}"])
    recent = TextMessage.objects.filter(address=phone, created_at__gt=now - _HOUR).exclude(last_error=TOO_MANY)
    return recent.count() >= _TEXTS_OF_NUMBER


@transaction.atomic
def _begin(delivery_id: int, now: datetime) -> TextMessage | None:
    """Mark that an attempt begins, so that nobody begins another; None if there is none to make."""
    waiting = TextMessage.objects.select_for_update(skip_locked=True).filter(pk=delivery_id, state=State.QUEUED)
    text = waiting.filter(started_at=None).first()
    if text is None:
        return None
    if not text.address or not sends_texts():
        text.state, text.next_attempt_at = State.KEPT, None
        text.save(update_fields=["state", "next_attempt_at"])
        return None
    text.started_at, text.attempts = now, text.attempts + 1
    text.save(update_fields=["started_at", "attempts"])
    return text


@transaction.atomic
def _end(delivery_id: int, code: str, now: datetime) -> None:
    """Note how an attempt ended, "" or a code, and queue the next one if the gateway certainly sent nothing."""
    rows = TextMessage.objects.select_for_update(of=("self",)).select_related("delivery__case")
    text = rows.filter(pk=delivery_id, state=State.QUEUED, started_at__isnull=False).first()
    if text is None:
        return
    text.started_at, text.last_error, text.next_attempt_at = None, code, None
    if not code:
        text.state, text.sent_at = State.SENT, now
    elif _is_worth_repeating(code) and text.attempts <= len(_PAUSES):
        text.next_attempt_at = now + _PAUSES[text.attempts - 1]
        _queue(text.pk, text.next_attempt_at)
    else:
        text.state = State.FAILED
        ask_to_reach(text.delivery.case.number, now)
    text.save(update_fields=["state", "last_error", "started_at", "next_attempt_at", "sent_at"])
    if code:
        _log.warning("text_not_sent", delivery=text.pk, error_code=code, attempts=text.attempts)


def _is_worth_repeating(code: str) -> bool:
    # Not there, busy, or a key of ours to mend; of anything else the text may be on its way, or never will be.
    return code in {"sms.unreachable", "sms.429", "sms.503", "sms.401", "sms.403"}


def _queue(delivery_id: int, at: datetime | None) -> None:
    jobs.configure_task(TEXT_TASK, queue=QUEUE, schedule_at=at).defer(delivery_id=delivery_id)
