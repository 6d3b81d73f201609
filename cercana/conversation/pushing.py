"""Telling devices how a case goes: the number and a neutral sentence, pushed once, tried again while it may help."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app as jobs

from cercana.cases.queries import Turn
from cercana.conversation.letters import Kind
from cercana.conversation.models import DeviceNotice, NoticeState, SubscribedDevice
from cercana.conversation.wording import push_words
from cercana.couriers.closed_doors import Doors
from cercana.couriers.errands import GONE, QUEUE, Manner, Means, Words, deliver
from cercana.couriers.errors import SealBroken, SubscriptionUnfit
from cercana.couriers.failures import Failure
from cercana.couriers.sealing import unseal
from cercana.couriers.subscriptions import check_service, endpoint_of
from cercana.database.lateness import requeue_late
from cercana.database.letting_go import let_go_of_database
from cercana.organization import queries as organization

_log = structlog.get_logger(__name__)

PUSH_TASK = "cercana.push_notice"
# Alarms share the queue: they go first.
_AFTER_ALARMS = -1
_A_DAY_SECONDS = 24 * 60 * 60
_MANNER = Manner("normal", _A_DAY_SECONDS, Doors.INTERNET)
_PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)]
_LOST_AFTER = timedelta(minutes=2)
# Longer than any attempt lasts, shorter than it takes to notice that a worker died.
_BUSY = timedelta(seconds=28)
_MOST_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One notice about to leave: where to, still sealed, and what it says."""

    sealed: str
    words: Words


def notify_devices(turn: Turn, kind: Kind, *, not_before: datetime | None, now: datetime) -> None:
    """
    Store a notice of an event for every device of its case, and queue it in the same transaction: at once or later.

    Whoever was put on the list after the event, or before the code of the case was changed, is told nothing.
    """
    told = SubscribedDevice.objects.filter(case_id=turn.case_id, created_at__lte=turn.event.recorded_at)
    devices = list(told.filter(generation=F("case__access_generation")))
    if not devices:
        return
    leaves = not organization.is_demonstration()
    for device in devices:
        notice, is_new = DeviceNotice.objects.get_or_create(
            device=device,
            event_id=turn.event_id,
            defaults={
                "kind": kind,
                "state": NoticeState.QUEUED if leaves else NoticeState.KEPT,
                "created_at": now,
                "next_attempt_at": (not_before or now) if leaves else None,
            },
        )
        if leaves and is_new:
            _queue(notice.pk, not_before)


def push_notice(*, notice_pk: int, now: datetime) -> None:
    """
    Try once to push a notice, and queue the next attempt if it cannot be taken now.

    No transaction is open while it is on its way. Called twice at a time, the second does nothing.
    """
    attempt = _claim(notice_pk, now)
    if attempt is None:
        return
    let_go_of_database()
    _settle(notice_pk, _hand_over(attempt), now)


def requeue_lost_notices(*, now: datetime) -> None:
    """Queue again the notices whose attempt should have happened minutes ago, whatever became of its job."""
    late = DeviceNotice.objects.filter(state=NoticeState.QUEUED, next_attempt_at__lt=now - _LOST_AFTER).only("pk")
    requeue_late(late, lambda notice: _queue(notice.pk, None), now=now, most=_MOST_AT_A_TIME)


@transaction.atomic
def _claim(notice_pk: int, now: datetime) -> _Attempt | None:
    """Take a notice in hand for some seconds; None if it was sent, is in another's hands, or its device went away."""
    waiting = DeviceNotice.objects.select_for_update(skip_locked=True, of=("self",)).select_related("device__case")
    notice = waiting.filter(pk=notice_pk, state=NoticeState.QUEUED).first()
    if notice is None or (notice.busy_until is not None and now < notice.busy_until):
        return None
    device, case = notice.device, notice.device.case
    if device.generation != case.access_generation:
        device.delete()
        return None
    notice.attempts, notice.busy_until = notice.attempts + 1, now + _BUSY
    notice.save(update_fields=["attempts", "busy_until"])
    title, body = push_words(Kind(notice.kind), "en" if device.language == "en" else "es", case.number)
    # The number opens nothing by itself: the page asks for the code, unless this browser holds the case.
    link = f"{settings.PUBLIC_URL}/casos/{case.number}/"
    return _Attempt(device.sealed, Words(title, body, link, case.number))


def _hand_over(attempt: _Attempt) -> Failure | None:
    try:
        address = unseal(attempt.sealed)
        check_service(endpoint_of(address), settings.PUSH_HOSTS)
    except SealBroken:
        return Failure("target.unreadable", is_final=True)
    except SubscriptionUnfit:
        return Failure("push.closed", is_final=True)
    return deliver(Means.PUSH, address, attempt.words, _MANNER)


@transaction.atomic
def _settle(notice_pk: int, failure: Failure | None, now: datetime) -> None:
    """Note what became of an attempt; a device that is subscribed no more is forgotten."""
    notice = DeviceNotice.objects.select_for_update(of=("self",)).filter(pk=notice_pk).first()
    if notice is None:
        # Its owner turned the notices off while it was on its way.
        return
    if failure is not None and failure.code == GONE:
        SubscribedDevice.objects.filter(pk=notice.device_id).delete()
        return
    notice.busy_until = notice.next_attempt_at = None
    if failure is None:
        notice.state, notice.sent_at, notice.last_error = NoticeState.SENT, now, ""
    else:
        _note(notice, failure, now)
    notice.save(update_fields=["state", "last_error", "sent_at", "next_attempt_at", "busy_until"])


def _note(notice: DeviceNotice, failure: Failure, now: datetime) -> None:
    notice.last_error = failure.code
    _log.warning("notice_not_sent", notice=notice.pk, error_code=failure.code, attempts=notice.attempts)
    if failure.is_final or notice.attempts > len(_PAUSES):
        notice.state = NoticeState.FAILED
        return
    notice.next_attempt_at = now + _PAUSES[notice.attempts - 1]
    _queue(notice.pk, notice.next_attempt_at)


def _queue(notice_pk: int, at: datetime | None) -> None:
    task = jobs.configure_task(PUSH_TASK, queue=QUEUE, priority=_AFTER_ALARMS, schedule_at=at)
    task.defer(notice_pk=notice_pk)
