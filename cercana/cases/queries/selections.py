"""What a list of the queue shows: its views and filters, the place where a page begins, and its order."""

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value

from cercana.cases.models import Case, Task
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CriticalState
from cercana.rules.lifecycle import Stage

# They stand in a kept statement for the moments of the request that asks it.
NOW, TOMORROW = datetime(1, 1, 2, tzinfo=UTC), datetime(1, 1, 3, tzinfo=UTC)
OPEN = ~Q(stage=Stage.CLOSED)
CRITICAL = OPEN & ~Q(critical_state=CriticalState.NONE)
_URGENT = ExpressionWrapper(CRITICAL & ~Q(stage=Stage.ANSWERED), output_field=BooleanField())
_TICK = timedelta(microseconds=1)
# A moment until the year 2286, and an id of the database.
_PLACE = re.compile(r"(?P<urgent>[01]?)\.(?P<at>[0-9]{0,16})\.(?P<id>[0-9]{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WORKING_ROLES = (Role.AGENT, Role.AREA_OFFICER, Role.SUPERVISOR)


class View(StrEnum):
    """The views that everybody has; their values stand in addresses."""

    MINE = "mios"
    TODAY = "hoy"
    WAITING = "esperando"
    ALL = "todos"
    CRITICAL = "criticos"
    UNREFERRED = "sin-derivar"
    OVERDUE = "vencidos"
    TO_CONFIRM = "por-confirmar"
    TASKS = "tareas"
    CLOSED = "cerrados"


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a view; empty means any."""

    class_: str = ""
    channel: str = ""
    area: str = ""
    stage: str = ""
    category: str = ""
    kind: str = ""

    @property
    def condition(self) -> Q:
        """The filters as one condition."""
        columns = {"area": "area_id", "category": "category_id"}
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return Q(**{columns.get(name, name): value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Selection:
    """A view with its filters: what a list shows, and what a person may keep under a name."""

    view: View
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list begins: after the case ``id``, which stands at ``at`` among the urgent or the others."""

    is_urgent: bool
    at: datetime | None
    id: int

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """Return the place that an address holds, or None if it holds none."""
        shape = _PLACE.fullmatch(text)
        if shape is None:
            return None
        at = _EPOCH + timedelta(microseconds=int(shape["at"])) if shape["at"] else None
        return cls(shape["urgent"] == "1", at, int(shape["id"]))

    def __str__(self) -> str:
        at = "" if self.at is None else (self.at - _EPOCH) // _TICK
        return f"{int(self.is_urgent)}.{at}.{self.id}"


def conditions_of_views(actor: Actor) -> dict[View, Q]:
    """Return what each view holds for ``actor``; the moment it is asked at comes into the statement later."""
    before_referral = Q(stage__in=[Stage.RECEIVED, Stage.REGISTERED], intake_id=actor.staff_id)
    mine = OPEN & (Q(owner_id=actor.staff_id) | before_referral)
    # A task goes with its case: the area that opened it may not know of the case any more (domain.md, Need to know).
    tasks = Task.objects.filter(finished_at=None, case__area_id__in=actor.areas(*_WORKING_ROLES))
    return {
        View.MINE: mine,
        View.TODAY: mine & Q(attention_due_at__gt=NOW, attention_due_at__lte=TOMORROW),
        View.WAITING: Q(stage=Stage.ANSWERED, owner_id=actor.staff_id),
        View.ALL: OPEN,
        View.CRITICAL: CRITICAL,
        View.UNREFERRED: Q(stage=Stage.REGISTERED),
        View.OVERDUE: OPEN & Q(attention_due_at__lte=NOW),
        View.TO_CONFIRM: Q(stage=Stage.ANSWERED),
        View.TASKS: Q(pk__in=tasks.values("case_id")),
        View.CLOSED: Q(stage=Stage.CLOSED),
    }


def in_order(cases: QuerySet[Case], view: View, after: Place | None = None) -> QuerySet[Case]:
    """Return ``cases`` after a place in the order of ``view``: the last closed first, or urgent ones and time left."""
    return _closed_last_first(cases, after) if view is View.CLOSED else _by_time_left(cases, after)


def _by_time_left(cases: QuerySet[Case], after: Place | None) -> QuerySet[Case]:
    cases = cases.annotate(is_urgent=_URGENT)
    if after is not None:
        later = Q(attention_due_at=None) & Q(id__gt=after.id)
        if after.at is not None:
            later = Q(attention_due_at__gt=after.at) | Q(attention_due_at=None)
            later |= Q(attention_due_at=after.at, id__gt=after.id)
        same_rank = Q(is_urgent=after.is_urgent) & later
        cases = cases.filter(same_rank | Q(is_urgent=False) if after.is_urgent else same_rank)
    return cases.order_by("-is_urgent", F("attention_due_at").asc(nulls_last=True), "id")


def _closed_last_first(cases: QuerySet[Case], after: Place | None) -> QuerySet[Case]:
    if after is not None and after.at is not None:
        cases = cases.filter(Q(closed_at__lt=after.at) | Q(closed_at=after.at, id__lt=after.id))
    return cases.annotate(is_urgent=Value(value=False)).order_by("-closed_at", "-id")
