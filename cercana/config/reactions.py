"""
What happens after what: the one table of event types and the handlers of upper layers that follow them.

A command writes its events and one job in one transaction. The job splits into one job per event and handler, so that
a handler that fails holds up nobody else and is tried again on its own. A handler runs in one transaction together
with its mark: cut off at any instant it leaves nothing, repeated it does nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.api.webhooks import commands as webhooks
from cercana.cases import commands as cases
from cercana.cases import queries
from cercana.cases.queries import Turn
from cercana.channels.email import commands as email
from cercana.conversation import commands as conversation
from cercana.critical import commands as critical
from cercana.rules.history import EventType

_log = structlog.get_logger(__name__)

REACT = "cercana.react"
HANDLE = "cercana.handle"
QUEUE, ALARM = "notify", "alarm"

# 5 seconds, 25, two minutes, ten, an hour, four hours, a day.
_RETRY = RetryStrategy(max_attempts=7, exponential_wait=5)

# What is younger is most likely being done; what is older than some days was looked at thousands of times.
_SETTLED = timedelta(minutes=1)
_LOOK_BACK = timedelta(days=3)
_MOST_AT_A_TIME = 500


class Act(Protocol):
    """What a handler does about an event, inside a transaction; ``now`` is the instant of doing it."""

    def __call__(self, turn: Turn, *, now: datetime) -> None:
        """Do it."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Handler:
    """
    One thing that follows events; ``name`` is stored with every event it dealt with.

    ``is_of_critical`` spares the events of all other cases: those of critical ones come through the queue of alarms.
    ``is_wanted`` tells whether anybody waits for it: nothing is queued for nobody.
    """

    name: str
    act: Act
    is_of_critical: bool = False
    is_wanted: Callable[[], bool] = _always

    def follows(self, queue: str) -> bool:
        """Tell whether it has to do with events whose job came through ``queue``."""
        return queue == ALARM or not self.is_of_critical


_TELL = Handler("tell_citizen", conversation.tell_citizen)
_ERASE_LETTERS = Handler("erase_letters", conversation.erase_letters)
_ERASE_MAIL = Handler("erase_mail", email.erase_mail)
_ERASE_FILES = Handler("erase_files", cases.delete_erased_files)
# Raises the alarm of what has become critical, and sets when to look at it next.
_WATCH = Handler("watch_critical", critical.follow, is_of_critical=True)
# Other systems, if any asked to be told.
_TELL_SYSTEMS = Handler("tell_systems", webhooks.follow, is_wanted=webhooks.are_there_webhooks)

_OURS: Mapping[EventType, tuple[Handler, ...]] = {
    EventType.REGISTERED: (_WATCH, _TELL),
    EventType.REFERRED: (_TELL,),
    EventType.TAKEN: (_TELL,),
    EventType.ASSIGNED: (_TELL,),
    EventType.WROTE: (_TELL,),
    EventType.PROMISED: (_TELL,),
    EventType.ANSWERED: (_TELL,),
    EventType.CONFIRMATION_ATTEMPTED: (_TELL,),
    EventType.CONTESTED: (_WATCH, _TELL),
    EventType.CLOSED: (_TELL,),
    EventType.REOPENED: (_WATCH, _TELL),
    EventType.RECLASSIFIED: (_WATCH, _TELL),
    EventType.PROMISE_MOVED: (_TELL,),
    EventType.MERGED: (_TELL,),
    EventType.ERASED: (_ERASE_LETTERS, _ERASE_FILES, _ERASE_MAIL),
    EventType.CRITICAL_PROPOSED: (_WATCH,),
    EventType.CRITICAL_MARKED: (_WATCH, _TELL),
    EventType.CRITICAL_REJECTED: (_TELL,),
    EventType.LOWERING_DECIDED: (_TELL,),
}
REACTIONS: Mapping[EventType, tuple[Handler, ...]] = {
    type_: (*_OURS.get(type_, ()), *((_TELL_SYSTEMS,) if type_ in webhooks.TOLD else ())) for type_ in EventType
}


@jobs.task(name=REACT, queue=QUEUE, retry=_RETRY, pass_context=True)
def react(context: JobContext, case_id: int, first: int, last: int) -> None:
    """Queue what follows the events of one command, each handler on its own and in the queue of this job."""
    with transaction.atomic():
        unwanted = {each.name for each in _handlers().values() if not each.is_wanted()}
        for event_id, type_ in queries.event_ids(case_id, first, last):
            for handler in REACTIONS.get(type_, ()):
                if handler.name not in unwanted and handler.follows(context.job.queue):
                    _queue(event_id, handler.name, context.job.queue)


@jobs.task(name=HANDLE, queue=QUEUE, retry=_RETRY)
def handle(event_id: int, handler: str) -> None:
    """Let one handler deal with one event."""
    run_handler(event_id, handler, now=timezone.now())


@transaction.atomic
def run_handler(event_id: int, name: str, *, now: datetime) -> None:
    """Do what ``name`` does about an event, unless it did."""
    if cases.mark_reaction(event_id=event_id, handler=name, now=now):
        _handlers()[name].act(queries.turn_at(event_id), now=now)


def requeue_unfinished(*, now: datetime) -> int:
    """
    Queue again what should have followed the events of the last days and is neither done nor under way.

    Return how many; a minute's grace keeps out of the way of what is being done.
    """
    missing = list(_unfinished(now))
    living = _living(each for each, _ in missing)
    lost = [(each, name) for each, name in missing if each.event_id not in living]
    with transaction.atomic():
        for each, name in lost:
            _queue(each.event_id, name, QUEUE)
    if lost:
        _log.warning("reactions_requeued", count=len(lost))
    return len(lost)


def _handlers() -> dict[str, Handler]:
    return {handler.name: handler for handlers in REACTIONS.values() for handler in handlers}


def _queue(event_id: int, name: str, queue: str) -> None:
    jobs.configure_task(HANDLE, queue=queue).defer(event_id=event_id, handler=name)


def _unfinished(now: datetime) -> Iterable[tuple[queries.Unfinished, str]]:
    since, until = now - _LOOK_BACK, now - _SETTLED
    for handler in _handlers().values():
        if not handler.is_wanted():
            continue
        types = [type_ for type_, handlers in REACTIONS.items() if handler in handlers]
        found = queries.unfinished(
            handler.name,
            types,
            since=since,
            until=until,
            most=_MOST_AT_A_TIME,
            of_critical=handler.is_of_critical,
        )
        for each in found:
            yield each, handler.name


def _living(missing: Iterable[queries.Unfinished]) -> set[int]:
    """Return the events among ``missing`` that a job waiting or under way will deal with."""
    events = list(missing)
    alive = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    handled = alive.filter(task_name=HANDLE, args__event_id__in=[each.event_id for each in events])
    reacted = alive.filter(task_name=REACT, args__case_id__in=[each.case_id for each in events])
    ranges = [(args["case_id"], args["first"], args["last"]) for args in reacted.values_list("args", flat=True)]
    living = {args["event_id"] for args in handled.values_list("args", flat=True)}
    for each in events:
        if any(case == each.case_id and first <= each.sequence <= last for case, first, last in ranges):
            living.add(each.event_id)
    return living
