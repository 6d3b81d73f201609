"""The promises that a change of the calendar moves: what would move, and moving it, at once or by the worker."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.cases.clocks import CalendarChange
from cercana.cases.errors import CalendarRefused, PromisesMoving, TextMissing
from cercana.cases.models import Case, Clock
from cercana.cases.queries.visibility import hidden_from
from cercana.cases.recording import Step, record
from cercana.cases.rows import state_of
from cercana.rules import entitlements
from cercana.rules.access import SYSTEM, Actor
from cercana.rules.classification import CaseClass, ClockKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.promises import Due

MOVE_TASK = "cercana.move_promises"
_QUEUE = "bulk"
# So many are moved while somebody waits for the page; more are the worker's.
_MOST_AT_ONCE = 40
_BATCH = 100
# Hours run on every day; a first response is always counted in them.
_IN_DAYS = [ClockKind.RESOLUTION, ClockKind.STATUTORY]


@dataclass(frozen=True, slots=True)
class MovedPromise:
    """An open promise, the manual's or the law's, that the calendar of today moves."""

    number: str
    kind: ClockKind
    started_at: datetime
    was: Due
    due: Due

    @property
    def is_later(self) -> bool:
        """Whether it moves away, as with a holiday added; one taken back brings it nearer."""
        return self.was < self.due


@dataclass(frozen=True, slots=True)
class MovedPromises:
    """What would move, earliest due first, and how many people are told of it."""

    promises: tuple[MovedPromise, ...]
    citizens: int


def preview_moved_promises(now: datetime, *, actor: Actor) -> MovedPromises:
    """
    Return what move_promises would do; raise CalendarRefused unless ``actor`` may edit the calendar.

    A case about the actor is not among them (M3.3a), and moves with the others.
    """
    _check(actor)
    moving = list(_moving(CalendarChange.of_today(), now, actor=actor))
    return MovedPromises(tuple(each.promise for each in moving), len({each.citizen for each in moving}))


def order_moved_promises(*, why: str, actor: Actor, now: datetime) -> bool:
    """
    Move the promises that today's calendar moves: a few at once, many by the worker. Tell whether it is done.

    Raise CalendarRefused, TextMissing without a reason, PromisesMoving while the worker is at it.
    """
    _check(actor)
    if not why.strip():
        raise TextMissing(what="el motivo del cambio")
    if is_moving_promises():
        raise PromisesMoving
    order = {"why": why.strip(), "ordered_by": actor.signature}
    change = CalendarChange.of_today()
    moving = list(islice(_moving(change, now), _MOST_AT_ONCE + 1))
    if len(moving) <= _MOST_AT_ONCE:
        _move(moving, change, order, now)
        return True
    # The lock keeps two orders given in the same instant from waiting for each other case by case.
    jobs.configure_task(MOVE_TASK, queue=_QUEUE, lock=MOVE_TASK).defer(**order)
    return False


def is_moving_promises() -> bool:
    """Tell whether the worker has promises to move, or is at it."""
    return ProcrastinateJob.objects.filter(task_name=MOVE_TASK, status__in=["todo", "doing"]).exists()


def move_promises(*, why: str, now: datetime, ordered_by: str = SYSTEM.signature) -> list[MovedPromise]:
    """
    Move the open promises that today's calendar moves, with an event each; the citizens are told.

    A hundred at a time, each hundred in its own transaction: cut off and done again, it goes on where it was.
    """
    change = CalendarChange.of_today()
    moving = list(_moving(change, now))
    for first in range(0, len(moving), _BATCH):
        _move(moving[first : first + _BATCH], change, {"why": why, "ordered_by": ordered_by}, now)
    return [each.promise for each in moving]


@transaction.atomic
def _move(moving: Sequence["_Moving"], change: CalendarChange, order: Mapping[str, str], now: datetime) -> None:
    ids = [each.case for each in moving]
    for case in Case.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        clocks = change.moved_clocks(state_of(case), now)
        if clocks:
            record(case, Step(EventType.PROMISE_MOVED, {**order, "clocks": clocks}), actor=SYSTEM, now=now)


@dataclass(frozen=True, slots=True)
class _Moving:
    case: int
    citizen: UUID
    promise: MovedPromise


def _moving(change: CalendarChange, now: datetime, *, actor: Actor = SYSTEM) -> Iterator[_Moving]:
    """Yield what would move, without locking: each case is looked at again when its turn comes."""
    running = Clock.objects.filter(kind__in=_IN_DAYS, whole_day=True, ended_at=None, due_at__gt=now)
    open_ = running.exclude(status=ClockStatus.VOID).exclude(case__stage=Stage.CLOSED)
    seen = open_.exclude(case__in=hidden_from(actor))
    for clock in seen.select_related("case").order_by("due_at", "case__number", "kind"):
        case, class_ = clock.case, CaseClass(clock.case.base_class)
        due = change.moved_due(clock, class_, case.proposed_area_id, became_critical_at=case.became_critical_at, at=now)
        if due != clock.due:
            moved = MovedPromise(case.number, ClockKind(clock.kind), clock.started_at, clock.due, due)
            yield _Moving(case.pk, case.citizen_id, moved)


def _check(actor: Actor) -> None:
    if not entitlements.may_move_promises(actor).allowed:
        raise CalendarRefused
