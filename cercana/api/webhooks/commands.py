"""What becomes of a webhook: its messages written when something happens, sent in order, tried again, sent anew."""

import json
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app as jobs

from cercana.accounts import queries as accounts
from cercana.api.errors import WebhookRefused
from cercana.api.models import Client, Origin, Webhook, WebhookMessage, WebhookState
from cercana.api.webhooks.addresses import target_of
from cercana.api.webhooks.posting import post
from cercana.api.webhooks.signing import headers_for, secret_of
from cercana.cases import queries
from cercana.cases.queries import Turn
from cercana.rules.history import Event, EventType, instant_text
from cercana.rules.projection import project

SEND_TASK = "cercana.send_webhook"
QUEUE = "outside"
# What is the institution's own, or of one person of the staff, is told to nobody outside.
TOLD = frozenset(EventType) - {
    EventType.RECEIVED, EventType.NOTED, EventType.WARNED, EventType.STAFF_IDENTIFIED, EventType.ABSTAINED,
    EventType.ABSTENTION_DECIDED, EventType.FOLLOWED, EventType.ABSORBED,
}  # fmt: skip
# Ten seconds, half a minute, minutes, hours: about a day in all.
_FIRST_PAUSE, _GROWTH, _LONGEST_PAUSE = timedelta(seconds=10), 3, timedelta(hours=4)
_PATIENCE = timedelta(days=1)
# As long a try may take; afterwards whoever made it is gone.
_CLAIM = timedelta(minutes=1)
_KEPT = timedelta(days=30)
_MOST_AT_A_TIME = 200
_SALT_BYTES = 32


def create_webhook(*, client: Client, url: str, events: Collection[EventType], now: datetime) -> tuple[Webhook, str]:
    """Return a new webhook and its secret, which is shown once; raise WebhookRefused for a host that is not allowed."""
    target_of(url)
    salt = new_salt()
    names = " ".join(sorted(events))
    webhook = Webhook.objects.create(client=client, url=url, events=names, salt=salt, created_at=now)
    return webhook, secret_of(salt)


def new_salt() -> str:
    """Return what makes the secret of a webhook to be."""
    return secrets.token_hex(_SALT_BYTES)


def are_there_webhooks() -> bool:
    """Tell whether anybody wants to be told: without them no event costs a job."""
    return Webhook.objects.filter(is_active=True, client__is_active=True).exists()


@transaction.atomic
def follow(turn: Turn, *, now: datetime) -> None:
    """
    Write what is to be told of the case up to this event, in its order, and have it sent.

    Events that an earlier job has yet to come to are written along, so that none overtakes another.
    """
    for webhook in Webhook.objects.filter(is_active=True, client__is_active=True).select_related("client__account"):
        if _may_know(webhook, turn, now):
            until = turn.event.sequence
            events = [each for each in turn.history if each.sequence <= until and _is_wanted(webhook, each)]
            _write(webhook, turn, events, now)


def send_next(*, webhook_id: int, case_id: int, now: datetime) -> None:
    """
    Send the oldest message that waits about one case, and have the following sent once it was taken.

    At least once: a kill between the receiver's yes and our note of it sends the message again under the same id.
    """
    message = _claimed(webhook_id, case_id, now)
    if message is None:
        return
    outcome = _sent(message, now)
    if outcome and now - message.queued_at < _PATIENCE:
        pause = min(_FIRST_PAUSE * _GROWTH ** min(message.tries - 1, 10), _LONGEST_PAUSE)
        _settle(message, state=WebhookState.WAITING, outcome=outcome, next_try_at=now + pause)
        return
    state = WebhookState.GIVEN_UP if outcome else WebhookState.SENT
    with transaction.atomic():
        _settle(message, state=state, outcome=outcome, next_try_at=None, sent_at=None if outcome else now)
        if _waiting(webhook_id, case_id).exists():
            _queue(webhook_id, case_id)


def queue_due(*, now: datetime) -> int:
    """Queue a try for every case whose oldest message has come due and has none under way; return how many."""
    due = WebhookMessage.objects.filter(state=WebhookState.WAITING, next_try_at__lte=now, webhook__is_active=True)
    pairs = sorted(set(due.order_by("next_try_at").values_list("webhook_id", "case_id")[:_MOST_AT_A_TIME]))
    for webhook_id, case_id in pairs:
        _queue(webhook_id, case_id)
    return len(pairs)


@transaction.atomic
def replay(messages: QuerySet[WebhookMessage], *, now: datetime) -> int:
    """Have ``messages`` sent anew under their ids, whatever became of them; return how many."""
    pairs = set(messages.values_list("webhook_id", "case_id"))
    count = messages.update(
        state=WebhookState.WAITING, tries=0, queued_at=now, next_try_at=now, sent_at=None, outcome=""
    )
    for webhook_id, case_id in sorted(pairs):
        _queue(webhook_id, case_id)
    return count


def sweep(now: datetime) -> int:
    """Forget what was settled thirty days ago; return how many messages."""
    over = WebhookMessage.objects.exclude(state=WebhookState.WAITING).filter(queued_at__lt=now - _KEPT)
    return over.delete()[0]


def _may_know(webhook: Webhook, turn: Turn, now: datetime) -> bool:
    """Tell whether its client may know of the case: as the account it acts as, or because the case came through it."""
    account = webhook.client.account
    if account is not None and account.is_active:
        return queries.is_visible(accounts.actor_for(account, now), turn.after.number)
    return Origin.objects.filter(case_id=turn.case_id, client_id=webhook.client_id).exists()


def _is_wanted(webhook: Webhook, event: Event) -> bool:
    """Tell whether its client asked for such events; who acts for the public is told what citizens read."""
    wanted = webhook.events.split()
    is_new = event.recorded_at >= webhook.created_at
    is_told = event.type in TOLD and (webhook.client.account_id is not None or queries.is_shown_to_citizen(event))
    return is_new and is_told and (not wanted or event.type.value in wanted)


def _write(webhook: Webhook, turn: Turn, events: Iterable[Event], now: datetime) -> None:
    rows = [
        WebhookMessage(
            webhook=webhook,
            case_id=turn.case_id,
            sequence=event.sequence,
            type=event.type.value,
            stage=project(turn.history[: event.sequence]).stage.value,
            occurred_at=event.occurred_at,
            queued_at=now,
            next_try_at=now,
        )
        for event in events
    ]
    WebhookMessage.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        _queue(webhook.pk, turn.case_id)


def _waiting(webhook_id: int, case_id: int) -> QuerySet[WebhookMessage]:
    return WebhookMessage.objects.filter(webhook_id=webhook_id, case_id=case_id, state=WebhookState.WAITING)


@transaction.atomic
def _claimed(webhook_id: int, case_id: int, now: datetime) -> WebhookMessage | None:
    """Return the oldest message that waits, if its time has come and nobody else is at it; count the try."""
    oldest = _waiting(webhook_id, case_id).select_for_update(of=("self",)).select_related("webhook", "case")
    message = oldest.order_by("sequence").first()
    if message is None or message.next_try_at is None or message.next_try_at > now or not message.webhook.is_active:
        return None
    message.tries += 1
    message.next_try_at = now + _CLAIM
    message.save(update_fields=["tries", "next_try_at"])
    return message


def _sent(message: WebhookMessage, now: datetime) -> str:
    """Send ``message`` and return what came of it, "" if it was taken."""
    message_id = f"{message.case.key}.{message.sequence}"
    told = {
        "id": message_id,
        "type": f"case.{message.type}",
        "occurred_at": instant_text(message.occurred_at),
        "number": message.case.number,
        "stage": message.stage,
        "version": message.sequence,
    }
    body = json.dumps(told, ensure_ascii=False).encode()
    signed = headers_for(message.webhook.salt, message_id, body, now)
    try:
        target = target_of(message.webhook.url)
    except WebhookRefused:
        return "host.refused"
    return post(target, body, signed)


def _settle(message: WebhookMessage, **values: object) -> None:
    WebhookMessage.objects.filter(pk=message.pk).update(**values)


def _queue(webhook_id: int, case_id: int) -> None:
    jobs.configure_task(SEND_TASK, queue=QUEUE).defer(webhook_id=webhook_id, case_id=case_id)
