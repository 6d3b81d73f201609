"""The work queue: one page of cases by time left, the sizes of its views, and whether anything happened since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as Choice
from django.db.models.functions import Coalesce

from cercana.cases.models import AccessRecord, Case, Clock, Event, Task
from cercana.cases.queries.visibility import knows_person, visible_cases
from cercana.rules import access
from cercana.rules.access import Actor, Role
from cercana.rules.classification import ClockKind, CriticalState
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.promises import to_lima

PAGE_SIZE = 50
_OPEN = ~Q(stage=Stage.CLOSED)
_CRITICAL = _OPEN & ~Q(critical_state=CriticalState.NONE)
_URGENT = ExpressionWrapper(_CRITICAL & ~Q(stage=Stage.ANSWERED), output_field=BooleanField())
_TICK = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE = Value(1)
_RUNNING = [ClockStatus.RUNNING, ClockStatus.BREACHED]
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
        parts = text.split(".")
        if len(parts) != 3 or not all(part.isdigit() for part in parts if part) or not parts[2]:
            return None
        at = _EPOCH + timedelta(microseconds=int(parts[1])) if parts[1] else None
        return cls(parts[0] == "1", at, int(parts[2]))

    def __str__(self) -> str:
        at = "" if self.at is None else (self.at - _EPOCH) // _TICK
        return f"{int(self.is_urgent)}.{at}.{self.id}"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """
    One line of the queue; no document, telephone, address or vulnerability (domain.md, People and data).

    ``clock_kind`` and ``clock_started_at`` are of the clock that drives it, if one runs; name and title are empty for a
    restricted case, and for who may see a case but not its person.
    """

    id: int
    number: str
    title: str
    citizen: str
    class_: str
    channel: str
    area: str
    stage: str
    received_at: datetime
    attention_due_at: datetime | None
    closed_at: datetime | None
    is_preferential: bool
    is_restricted: bool
    reopened_count: int
    contested_count: int
    last_sequence: int
    news_at: datetime
    is_urgent: bool
    clock_kind: str | None
    clock_started_at: datetime | None
    news_type: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """
    Up to fifty rows, and where the next page begins, if there is one.

    ``totals`` holds the sizes of the counted views by their value, and of kept selections by their name.
    """

    rows: tuple[QueueRow, ...]
    next_place: Place | None
    totals: Mapping[str, int]
    alarm: "CriticalCounts"
    newest_event: int

    @property
    def numbers(self) -> list[str]:
        """The numbers shown."""
        return [row.number for row in self.rows]


class CriticalCounts(NamedTuple):
    """How many open critical cases there are, and how many of them still wait for their first response."""

    open: int
    unanswered: int


class _Alone(Subquery):
    """A value that stands beside the aggregates of a query and has nothing to do with its rows."""

    contains_aggregate = True


def newest_event() -> int:
    """Return the id of the newest event there is: nothing can have changed as long as it is the same."""
    return Event.objects.aggregate(newest=Max("id"))["newest"] or 0


def queue_page(
    actor: Actor, shown: Selection, *, now: datetime, after: Place | None = None, kept: Mapping[str, Selection]
) -> QueuePage:
    """
    Return one page of a selection: urgent cases first, then by time left; closed ones by the day of their closure.

    Whoever shows it calls record_list.
    """
    visible = visible_cases(access.scope(actor))
    totals, alarm, newest = _totals(visible, actor, now, kept)
    chosen = visible.filter(_conditions(actor, now)[shown.view]).filter(shown.filters.condition)
    ordered = _closed_last_first(chosen, after) if shown.view is View.CLOSED else _by_time_left(chosen, after)
    # Only the cases of the page meet names and texts: joined before the limit, every open case would.
    on_page = Case.objects.filter(pk__in=ordered.values("pk")[: PAGE_SIZE + 1])
    again = _closed_last_first(on_page, None) if shown.view is View.CLOSED else _by_time_left(on_page, None)
    rows = _rows(again, knows_person(access.scope(actor)))
    place = None
    if len(rows) > PAGE_SIZE:
        last = rows[PAGE_SIZE - 1]
        at = last.closed_at if shown.view is View.CLOSED else last.attention_due_at
        place = Place(last.is_urgent, at, last.id)
    return QueuePage(tuple(rows[:PAGE_SIZE]), place, totals, alarm, newest)


def record_list(actor: Actor, numbers: Sequence[str], *, what: str, now: datetime) -> None:
    """Record that the actor was shown a list with these cases, one row for the whole page."""
    if numbers:
        AccessRecord.objects.create(actor=actor.signature, act="list", numbers=list(numbers), detail=what, at=now)


def critical_counts(actor: Actor) -> CriticalCounts:
    """Return the figures of the critical cases the actor may see, for the top of every page of the desk."""
    counted = (
        visible_cases(access.scope(actor))
        .filter(_CRITICAL)
        .aggregate(open=Count("pk"), unanswered=Count("pk", filter=_awaits_first_response()))
    )
    return CriticalCounts(counted["open"], counted["unanswered"])


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """A case that somebody chose in the list: where it stands and where its category would send it."""

    number: str
    area: str
    area_name: str
    proposed_area: str


def chosen_cases(actor: Actor, numbers: Sequence[str]) -> list[ChosenCase]:
    """Return those of the cases that the actor may see, by number."""
    found = visible_cases(access.scope(actor)).filter(number__in=numbers).order_by("number")
    return [ChosenCase(*each) for each in found.values_list("number", "area_id", "area__name", "proposed_area_id")]


def _conditions(actor: Actor, now: datetime) -> dict[View, Q]:
    tomorrow = (to_lima(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    before_referral = Q(stage__in=[Stage.RECEIVED, Stage.REGISTERED], intake_id=actor.staff_id)
    mine = _OPEN & (Q(owner_id=actor.staff_id) | before_referral)
    # A task goes with its case: the area that opened it may not know of the case any more (domain.md, Need to know).
    tasks = Task.objects.filter(finished_at=None, case__area_id__in=actor.areas(*_WORKING_ROLES))
    return {
        View.MINE: mine,
        View.TODAY: mine & Q(attention_due_at__gt=now, attention_due_at__lte=tomorrow),
        View.WAITING: Q(stage=Stage.ANSWERED, owner_id=actor.staff_id),
        View.ALL: _OPEN,
        View.CRITICAL: _CRITICAL,
        View.UNREFERRED: Q(stage=Stage.REGISTERED),
        View.OVERDUE: _OPEN & Q(attention_due_at__lte=now),
        View.TO_CONFIRM: Q(stage=Stage.ANSWERED),
        View.TASKS: Q(pk__in=tasks.values("case_id")),
        View.CLOSED: Q(stage=Stage.CLOSED),
    }


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


def _rows(cases: QuerySet[Case], known: Q) -> list[QueueRow]:
    news = Event.objects.filter(case_id=OuterRef("pk"), sequence=OuterRef("last_sequence")).values("type")
    driving = Clock.objects.filter(case_id=OuterRef("pk"), ended_at=None, status__in=_RUNNING).order_by(
        "due_at", "kind"
    )
    values = cases.annotate(
        clock_kind=Subquery(driving.values("kind")[:1]),
        clock_started_at=Subquery(driving.values("started_at")[:1]),
        news_type=Subquery(news),
    ).values_list(
        "id",
        "number",
        _if_known("text__title", known),
        _if_known("citizen__name", known),
        "class_",
        "channel",
        "area__name",
        "stage",
        "received_at",
        "attention_due_at",
        "closed_at",
        "is_preferential",
        "is_restricted",
        "reopened_count",
        "contested_count",
        "last_sequence",
        "last_recorded_at",
        "is_urgent",
        "clock_kind",
        "clock_started_at",
        "news_type",
    )
    return [QueueRow(*each) for each in values]


def _if_known(column: str, known: Q) -> Choice:
    return Choice(When(known & Q(is_restricted=False), then=Coalesce(column, Value(""))), default=Value(""))


def _awaits_first_response() -> Q:
    waiting = Clock.objects.filter(
        case_id=OuterRef("pk"), kind=ClockKind.FIRST_RESPONSE, ended_at=None, status__in=_RUNNING
    )
    return Q(Exists(waiting))


def _totals(
    visible: QuerySet[Case], actor: Actor, now: datetime, kept: Mapping[str, Selection]
) -> tuple[dict[str, int], CriticalCounts, int]:
    """Return the sizes of views and kept selections of open cases, the alarm and the newest event, in one query."""
    conditions = _conditions(actor, now)
    counted = {view.value: conditions[view] for view in View if view not in (View.CLOSED, View.TASKS)}
    counted |= {
        name: conditions[each.view] & each.filters.condition
        for name, each in kept.items()
        if each.view not in (View.CLOSED, View.TASKS)
    }
    with_tasks = visible.filter(conditions[View.TASKS]).order_by().values(one=_ONE).annotate(total=Count("pk"))
    aliases = {f"total_{index}": name for index, name in enumerate(counted)}
    found = visible.filter(_OPEN).aggregate(
        **{alias: Count("pk", filter=counted[name]) for alias, name in aliases.items()},
        unanswered=Count("pk", filter=_CRITICAL & _awaits_first_response()),
        tasks=_Alone(with_tasks.values("total")),
        newest=_Alone(Event.objects.order_by("-id").values("id")[:1]),
    )
    totals = {name: found[alias] for alias, name in aliases.items()}
    totals[View.TASKS] = found["tasks"] or 0
    return totals, CriticalCounts(totals[View.CRITICAL], found["unanswered"]), found["newest"] or 0
