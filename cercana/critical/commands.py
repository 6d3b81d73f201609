"""What the protocol does: alarms raised, passed on and taken charge of, and the watch until a critical case ends."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.accounts import queries as accounts
from cercana.cases import commands as cases
from cercana.cases import queries
from cercana.cases.queries import Case, Turn, WatchedCase
from cercana.couriers.subscriptions import Subscription, read_subscription
from cercana.critical.errors import AlarmQuiet, CaseNotCritical, CheckInRepeated
from cercana.critical.messages import requeue_lost_messages, send_message, write_messages
from cercana.critical.models import Vigil
from cercana.critical.targets import (
    add_phone,
    add_service,
    ask_for_trial,
    remove_target,
    try_target,
)
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.escalation import PATIENCE, AlarmCause, Call, Rung, ladder, next_call
from cercana.rules.history import EventType, instant_text
from cercana.rules.lifecycle import Stage
from cercana.rules.vigilance import Watch, plain_words

__all__ = [
    "Subscription",
    "acknowledge",
    "add_phone",
    "add_service",
    "ask_for_trial",
    "check_in",
    "follow",
    "queue_due_steps",
    "read_subscription",
    "remove_danger",
    "remove_target",
    "requeue_lost_messages",
    "send_message",
    "take_step",
    "try_target",
]

STEP_TASK = "cercana.critical_step"
QUEUE = "alarm"
_MOST_AT_A_TIME = 200
# When an alarm finds nobody to call, its event says so under the first rung.
_NOBODY = Call(Rung.DUTY, "", ())


@transaction.atomic
def follow(turn: Turn, *, now: datetime) -> None:
    """Raise the alarm if an event made its case critical, and set when to look at the case next."""
    case = queries.watched_case(turn.case_id)
    if case is None or case.watch is None:
        return
    is_known = any(each.type is EventType.ALARM_RAISED and each.sequence > turn.event.sequence for each in turn.history)
    if _has_become_critical(turn) and not is_known:
        _ring(case, AlarmCause.CRITICAL, due_at=turn.event.recorded_at, now=now)
    else:
        _look_again(case.id, case.watch.due_at)


@transaction.atomic
def take_step(*, case_id: int, now: datetime) -> None:
    """
    Do what is due about one case: call the next, raise an alarm about silence, or nothing.

    What is due is worked out from the history of the locked case, so a step taken twice is taken once; after a time
    without service one call is made, at its true instant, and the event keeps when it was due.
    """
    case = queries.watched_case(case_id)
    if case is None or case.watch is None or case.watch.due_at is None:
        Vigil.objects.filter(pk=case_id).delete()
        return
    due_at = case.watch.due_at
    if now < due_at:
        _look_again(case_id, due_at)
    elif case.watch.is_ringing:
        _pass_on(case, case.watch, due_at=due_at, now=now)
    else:
        _ring(case, AlarmCause.SILENCE, due_at=due_at, now=now)


@transaction.atomic
def acknowledge(*, number: str, way: str, actor: Actor, now: datetime, alarm: int | None = None) -> None:
    """
    Take charge of the alarm that rings («me hago cargo»); ``way`` is «desk», «wall», or that of a message.

    ``alarm`` names the one that was answered. Raise AlarmQuiet if none rings or another does, CaseNotFound.
    """
    case = queries.watched_number(number)
    queries.case_for(actor, Act.ACKNOWLEDGE_ALARM, number=number)
    watch = case.watch if case else None
    if watch is None or watch.alarm is None or not watch.is_ringing or alarm not in (None, watch.alarm.sequence):
        raise AlarmQuiet(number=number)
    cases.acknowledge_alarm(number=number, way=way, actor=actor, now=now)


@transaction.atomic
def check_in(
    *,
    number: str,
    done: str,
    next_step: str,
    actor: Actor,
    now: datetime,
    occurred_at: datetime | None = None,
    source: str = "",
) -> Case:
    """
    Enter what was done about a critical case and what is next (M5.2d).

    What stood on paper has its true instant, ``occurred_at``, and its ``source``; without one, OccurrenceRefused.
    Raise CheckInRepeated if those words stand in its history already, CaseNotCritical, CaseNotFound.
    """
    queries.case_for(actor, Act.CHECK_IN, number=number)
    case = queries.watched_number(number)
    if case is None or case.watch is None:
        raise CaseNotCritical(number=number)
    words = plain_words(f"{done} {next_step}")
    if any(plain_words(deed.text) == words for deed in case.watch.deeds):
        raise CheckInRepeated
    return cases.check_in(
        number=number,
        done=done,
        next_step=next_step,
        actor=actor,
        now=now,
        occurred_at=occurred_at,
        source=source,
    )


@transaction.atomic
def remove_danger(*, number: str, how: str, actor: Actor, now: datetime) -> Case:
    """Record that the danger of an answered critical case is over; raise CaseNotCritical, CaseNotFound."""
    queries.case_for(actor, Act.REMOVE_DANGER, number=number)
    case = queries.watched_number(number)
    if case is None or case.watch is None:
        raise CaseNotCritical(number=number)
    return cases.remove_danger(number=number, how=how, actor=actor, now=now)


def queue_due_steps(*, now: datetime) -> int:
    """Queue a step for every case whose time has come and that has none waiting; return how many."""
    due = list(Vigil.objects.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)[:_MOST_AT_A_TIME])
    if not due:
        return 0
    waiting = ProcrastinateJob.objects.filter(task_name=STEP_TASK, status="todo", args__case_id__in=due)
    lost = set(due) - {args["case_id"] for args in waiting.values_list("args", flat=True)}
    with transaction.atomic():
        for case_id in sorted(lost):
            jobs.configure_task(STEP_TASK, queue=QUEUE).defer(case_id=case_id)
    return len(lost)


def _has_become_critical(turn: Turn) -> bool:
    """Tell whether the case is critical since this event: registered so, made so later, or open again."""
    if not turn.after.is_critical or turn.after.stage is Stage.CLOSED:
        return False
    if turn.event.type is EventType.REGISTERED:
        return True
    return turn.before is None or not turn.before.is_critical or turn.before.stage is Stage.CLOSED


def _ring(case: WatchedCase, cause: AlarmCause, *, due_at: datetime, now: datetime) -> None:
    call = next_call(_rungs(case, now), ()) or _NOBODY
    facts = {"cause": cause.value, **call.as_payload(), "due_at": instant_text(due_at)}
    sequence = cases.raise_alarm(number=case.number, facts=facts, now=now)
    _summon(case, sequence, call, now)


def _pass_on(case: WatchedCase, watch: Watch, *, due_at: datetime, now: datetime) -> None:
    made = watch.alarm.calls if watch.alarm else ()
    call = next_call(_rungs(case, now), made)
    if call is None:
        # Nobody to call: the wall goes on ringing, and the next look may find somebody.
        _look_again(case.id, now + PATIENCE)
        return
    facts = {**call.as_payload(), "due_at": instant_text(due_at)}
    sequence = cases.escalate_alarm(number=case.number, facts=facts, now=now)
    _summon(case, sequence, call, now)


def _rungs(case: WatchedCase, now: datetime) -> tuple[Call, ...]:
    return ladder(accounts.on_duty(now), accounts.chain_of_command(case.facts.area, now), case.facts)


def _summon(case: WatchedCase, sequence: int, call: Call, now: datetime) -> None:
    write_messages(case, sequence, call.staff, accounts.addresses_of(call.staff), now)
    _look_again(case.id, now + PATIENCE)


def _look_again(case_id: int, due_at: datetime | None) -> None:
    if due_at is not None:
        Vigil.objects.update_or_create(case_id=case_id, defaults={"due_at": due_at})
