"""The messages of an alarm, one for every person and target: each on its own, sent until it is needless."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from cercana.cases import queries as cases
from cercana.cases.queries import WatchedCase
from cercana.conversation import commands as conversation
from cercana.couriers.errands import GONE, QUEUE, Means, deliver
from cercana.couriers.errors import SealBroken
from cercana.couriers.failures import Failure
from cercana.couriers.sealing import unseal
from cercana.critical.models import AlarmMessage, AlarmTarget, MessageState, Way
from cercana.critical.wording import mail_of, words_of
from cercana.database.lateness import requeue_late
from cercana.database.letting_go import let_go_of_database
from cercana.organization import queries as organization
from cercana.rules.escalation import Alarm

_log = structlog.get_logger(__name__)

SEND_TASK = "cercana.send_alarm"
# An hour and a half in all: later somebody else has long been called.
_PAUSES = [timedelta(seconds=seconds) for seconds in (15, 60, 120, 300, 600, 1200, 2400)]
_LOST_AFTER = timedelta(seconds=30)
# Longer than any attempt lasts, shorter than it takes to notice that a worker died.
_BUSY = timedelta(seconds=28)
_MOST_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One message about to leave, with what it tells of."""

    message: AlarmMessage
    case: WatchedCase
    alarm: Alarm


def write_messages(
    case: WatchedCase, sequence: int, staff: Iterable[int], addresses: dict[int, str], now: datetime
) -> None:
    """Store the messages of one call, one for every way to each person, and queue them in the same transaction."""
    people = list(staff)
    targets = list(AlarmTarget.objects.filter(person__in=people).order_by("pk"))
    leaves = not organization.is_demonstration()
    for person in people:
        mail_leaves = settings.MAIL_LEAVES and not conversation.is_reserved(addresses.get(person, ""))
        _write(case.id, sequence, person, None, now, leaves=mail_leaves)
        for target in targets:
            if target.person_id == person:
                _write(case.id, sequence, person, target, now, leaves=leaves)


def send_message(*, message_pk: int, now: datetime) -> None:
    """
    Try once to send a message, and queue the next attempt if it cannot be taken now.

    At least once; a mail under the same Message-ID. Once somebody has taken charge it is needless. No transaction is
    open while it is on its way, so that who does not answer holds up nobody.
    """
    attempt = _claim(message_pk, now)
    if attempt is None:
        return
    let_go_of_database()
    _settle(message_pk, _hand_over(attempt), now)


def requeue_lost_messages(*, now: datetime) -> None:
    """Queue again the messages whose attempt should have happened half a minute ago, whatever became of its job."""
    late = AlarmMessage.objects.filter(state=MessageState.QUEUED, next_attempt_at__lt=now - _LOST_AFTER)
    rows = late.only("pk", "way")
    requeue_late(rows, lambda message: _queue(message.pk, message.way, None), now=now, most=_MOST_AT_A_TIME)


def _write(
    case_id: int, sequence: int, person: int, target: AlarmTarget | None, now: datetime, *, leaves: bool
) -> None:
    message = AlarmMessage.objects.create(
        case_id=case_id,
        sequence=sequence,
        person_id=person,
        way=target.way if target else Way.MAIL,
        target=target,
        mark=target.mark if target else "",
        state=MessageState.QUEUED if leaves else MessageState.KEPT,
        message_id=conversation.new_message_id(),
        created_at=now,
        next_attempt_at=now if leaves else None,
    )
    if leaves:
        _queue(message.pk, message.way, None)


@transaction.atomic
def _claim(message_pk: int, now: datetime) -> _Attempt | None:
    """Take a message in hand for some seconds; None if it is needless, or in another's hands."""
    waiting = AlarmMessage.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person", "target")
    message = waiting.filter(pk=message_pk, state=MessageState.QUEUED).first()
    if message is None or (message.busy_until is not None and now < message.busy_until):
        return None
    case = cases.watched_case(message.case_id)
    if case is None or case.watch is None or not case.watch.is_ringing or case.watch.alarm is None:
        message.state, message.next_attempt_at = MessageState.NEEDLESS, None
        message.save(update_fields=["state", "next_attempt_at"])
        return None
    message.attempts, message.busy_until = message.attempts + 1, now + _BUSY
    message.save(update_fields=["attempts", "busy_until"])
    return _Attempt(message, case, case.watch.alarm)


def _hand_over(attempt: _Attempt) -> Failure | None:
    message, target = attempt.message, attempt.message.target
    if message.way == Way.MAIL:
        return conversation.hand_over(mail_of(message, attempt.case, attempt.alarm))
    if target is None:
        return Failure("target.removed", is_final=True)
    try:
        address = unseal(target.sealed)
    except SealBroken:
        return Failure("target.unreadable", is_final=True)
    return deliver(Means(message.way), address, words_of(message, attempt.case, attempt.alarm))


@transaction.atomic
def _settle(message_pk: int, failure: Failure | None, now: datetime) -> None:
    """Note what became of an attempt; a phone that is subscribed no more is forgotten."""
    message = AlarmMessage.objects.select_for_update(of=("self",)).get(pk=message_pk)
    message.busy_until = None
    if failure is None:
        message.state, message.sent_at, message.last_error = MessageState.SENT, now, ""
        message.next_attempt_at = None
    else:
        _note(message, failure, now)
    message.save(update_fields=["state", "last_error", "sent_at", "next_attempt_at", "busy_until"])
    if failure is not None and failure.code == GONE and message.target_id is not None:
        AlarmTarget.objects.filter(pk=message.target_id).delete()


def _note(message: AlarmMessage, failure: Failure, now: datetime) -> None:
    message.last_error = failure.code
    _log.warning("alarm_not_sent", alarm_message=message.pk, error_code=failure.code, attempts=message.attempts)
    if failure.is_final or message.attempts > len(_PAUSES):
        message.state, message.next_attempt_at = MessageState.FAILED, None
        return
    message.next_attempt_at = now + _PAUSES[message.attempts - 1]
    _queue(message.pk, message.way, message.next_attempt_at)


def _queue(message_pk: int, way: str, at: datetime | None) -> None:
    queue = conversation.QUEUE if way == Way.MAIL else QUEUE
    jobs.configure_task(SEND_TASK, queue=queue, schedule_at=at).defer(message_pk=message_pk)
