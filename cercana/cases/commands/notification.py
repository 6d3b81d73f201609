"""The notification with which a legal case ends, and what happens when it does not arrive (TUO arts. 20, 24)."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from cercana.cases.commands.answering import closing_step
from cercana.cases.commands.following import HOW, chosen
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import Means, TaskKind
from cercana.rules.history import EventType, instant_text
from cercana.rules.lifecycle import Closure, Stage
from cercana.rules.promises import statutory_due

_RECEIPT_WORKING_DAYS = 2


class NotificationResult(StrEnum):
    """What became of a notification."""

    RECEIVED = "received"
    FAILED = "failed"


@transaction.atomic
def notify(*, number: str, means: str, authorised: bool, actor: Actor, now: datetime) -> Case:
    """Send the notification of a legal case by ``means``; by mail only if the person authorised it."""
    case = case_for(actor, Act.NOTIFY, number=number, lock=True)
    due = statutory_due(now, _RECEIPT_WORKING_DAYS, organization.calendar())
    payload = {"means": chosen(means, Means, HOW), "authorised": authorised, "receipt_due_at": instant_text(due.at)}
    record(case, Step(EventType.NOTIFIED, payload), actor=actor, now=now)
    return case


@transaction.atomic
def record_notification(*, number: str, result: NotificationResult, actor: Actor, now: datetime) -> Case:
    """
    Record whether the notification arrived: it then ends the legal case, whatever the citizen's silence.

    A failed one opens the task to notify in person («notificar por cédula»).
    """
    case = case_for(actor, Act.RECORD_NOTIFICATION, number=number, lock=True)
    steps = [Step(EventType.NOTIFICATION_RECORDED, {"result": result.value})]
    if result is NotificationResult.FAILED:
        steps.append(Step(EventType.TASK_OPENED, {"task": TaskKind.NOTIFY_IN_PERSON.value}))
    elif case.stage == Stage.ANSWERED and case.legal_nature.must_notify:
        steps.append(closing_step(case, Closure.NOTIFIED))
    record(case, *steps, actor=actor, now=now)
    return case
