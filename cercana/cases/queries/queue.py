"""The work queue: one page of cases by time left, the sizes of its views, and whether anything happened since."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

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
    TextField,
    Value,
    When,
)
from django.db.models import Case as Choice
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, JSONObject

from cercana.cases.models import AccessRecord, Case, Clock, Event, Task
from cercana.cases.queries.notices import unread_total
from cercana.cases.queries.selections import (
    CRITICAL,
    NOW,
    OPEN,
    TOMORROW,
    Place,
    Selection,
    View,
    conditions_of_views,
    in_order,
)
from cercana.cases.queries.visibility import knows_person, visible_cases
from cercana.database.statements import StandIn, Statement
from cercana.organization import queries as organization
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.classification import CLOCKS_ASIDE, ClockKind
from cercana.rules.history import EventType
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.promises import to_lima

PAGE_SIZE = 50
_UNCOUNTED = (View.CLOSED, View.TASKS)
_UNANSWERED = "unanswered"
_ONE, _NOTHING = Value(1), Value(0)
_RUNNING = [ClockStatus.RUNNING, ClockStatus.BREACHED]
# So many people at their desks, each with a few views, before a statement is worked out again.
_KEPT_STATEMENTS = 256


@dataclass(frozen=True, slots=True)
class QueueRow:
    """
    One line of the queue; no document, telephone, address or vulnerability (domain.md, People and data).

    ``clock_kind`` and ``clock_started_at`` are of the clock that drives it, if one runs; name and title are empty for a
    restricted case, and for who may see a case but not its person: then ``is_known`` is False.
    ``awaits_signature`` tells that a supervisor asked that it be critical no longer.
    ``task_kind``, ``task_due_at`` and ``task_count`` say what is to be done first, and how much; only in View.TASKS.
    """

    id: int
    number: str
    title: str
    citizen: str
    class_: str
    critical_state: str
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
    is_known: bool
    awaits_signature: bool
    task_kind: str | None = None
    task_due_at: datetime | None = None
    task_count: int = 0


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
    """
    How many open critical cases there are, and how many of them still wait for their first response.

    ``notices`` is how many warnings the actor has not read: both stand at the top of every page of the desk.
    ``beside`` is what the same query counted besides, for whoever asked so.
    """

    open: int
    unanswered: int
    notices: int = 0
    beside: int = 0


# A count of another table, asked along in the same query.
Beside: TypeAlias = Callable[[], Combinable]


def newest_event() -> int:
    """Return the id of the newest event there is: nothing can have changed as long as it is the same."""
    return Event.objects.aggregate(newest=Max("id"))["newest"] or 0


def queue_page(
    actor: Actor,
    shown: Selection,
    *,
    now: datetime,
    after: Place | None = None,
    kept: Mapping[str, Selection],
    beside: Beside | None = None,
) -> QueuePage:
    """
    Return one page of a selection: urgent cases first, then by time left; closed ones by the day of their closure.

    Whoever shows it calls record_list.
    """
    moments = _moments(now)
    totals, alarm, newest = _totals(actor, moments, kept, beside)
    found = _page_statement(actor, shown, after, PAGE_SIZE + 1).rows(moments)
    rows = [QueueRow(*each) for each in found]
    place = None
    if len(rows) > PAGE_SIZE:
        last = rows[PAGE_SIZE - 1]
        at = last.closed_at if shown.view is View.CLOSED else last.attention_due_at
        place = Place(last.is_urgent, at, last.id)
    return QueuePage(tuple(rows[:PAGE_SIZE]), place, totals, alarm, newest)


def queue_totals(
    actor: Actor, *, now: datetime, kept: Mapping[str, Selection]
) -> tuple[Mapping[str, int], CriticalCounts]:
    """Return the sizes of the counted views by their value and of ``kept`` by name, as beside a page, and the alarm."""
    totals, alarm, _ = _totals(actor, _moments(now), kept, None)
    return totals, alarm


def record_list(actor: Actor, numbers: Sequence[str], *, what: str, now: datetime) -> None:
    """Record that the actor was shown a list with these cases, one row for the whole page."""
    if numbers:
        AccessRecord.objects.create(actor=actor.signature, act="list", numbers=list(numbers), detail=what, at=now)


def critical_counts(actor: Actor, *, now: datetime, beside: Beside | None = None) -> CriticalCounts:
    """Return the figures of the critical cases the actor may see, for the top of every page of the desk."""
    rows = _critical_statement(actor, beside).rows({NOW: now})
    return CriticalCounts(*(each or 0 for each in rows[0])) if rows else CriticalCounts(0, 0)


@lru_cache(maxsize=_KEPT_STATEMENTS)
def _critical_statement(actor: Actor, beside: Beside | None) -> Statement:
    found = visible_cases(access.scope(actor)).filter(CRITICAL).order_by().values(one=_ONE)
    open_ones = found.annotate(total=Count("pk")).values("total")
    unanswered = found.filter(_awaits_first_response()).annotate(total=Count("pk")).values("total")
    counts = (Subquery(open_ones), Subquery(unanswered), unread_total(actor), beside() if beside else _NOTHING)
    return Statement.of(organization.one_row().values_list(*counts), NOW)


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


def _moments(now: datetime) -> dict[StandIn, object]:
    tomorrow = (to_lima(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return {NOW: now, TOMORROW: tomorrow}


@lru_cache(maxsize=_KEPT_STATEMENTS)
def _page_statement(actor: Actor, shown: Selection, after: Place | None, most: int) -> Statement:
    """Return the statement of up to ``most`` rows, the columns of QueueRow."""
    scope = access.scope(actor)
    chosen = visible_cases(scope).filter(conditions_of_views(actor)[shown.view]).filter(shown.filters.condition)
    # Only the cases of the page meet names and texts: joined before the limit, every open case would.
    page = in_order(chosen, shown.view, after).values("pk")[:most]
    is_known = ExpressionWrapper(knows_person(scope) & Q(is_restricted=False), output_field=BooleanField())
    on_page = Case.objects.filter(pk__in=page).annotate(is_known=is_known)
    more = _task_columns() if shown.view is View.TASKS else ()
    return Statement.of(_columns(in_order(on_page, shown.view), *more), NOW, TOMORROW)


def _task_columns() -> tuple[Combinable, ...]:
    open_ones = Task.objects.filter(case_id=OuterRef("pk"), finished_at=None)
    first = open_ones.order_by(F("due_at").asc(nulls_last=True), "ordinal")
    count = open_ones.order_by().values("case_id").annotate(total=Count("pk")).values("total")
    return Subquery(first.values("kind")[:1]), Subquery(first.values("due_at")[:1]), Subquery(count)


def _columns(cases: QuerySet[Case], *more: Combinable) -> QuerySet[Case, tuple[Any, ...]]:
    # A warning is no news of the case: what the citizen wrote before it still waits to be read. Nor is the length of
    # the call by which they did.
    told = Event.objects.filter(case_id=OuterRef("pk")).exclude(type__in=[EventType.WARNED, EventType.CALL_ATTENDED])
    news = told.order_by("-sequence").values("type")[:1]
    driving = (
        Clock.objects.filter(case_id=OuterRef("pk"), ended_at=None, status__in=_RUNNING)
        .exclude(kind__in=CLOCKS_ASIDE)
        .order_by("due_at", "kind")
    )
    return cases.values_list(
        "id",
        "number",
        _if_known("text__title"),
        _if_known("citizen__name"),
        "class_",
        "critical_state",
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
        Subquery(driving.values("kind")[:1]),
        Subquery(driving.values("started_at")[:1]),
        Subquery(news),
        "is_known",
        ExpressionWrapper(Q(lowering_asked_at__isnull=False), output_field=BooleanField()),
        *more,
    )


def _if_known(column: str) -> Choice:
    return Choice(When(is_known=True, then=Coalesce(column, Value(""))), default=Value(""))


def _awaits_first_response() -> Q:
    waiting = Clock.objects.filter(
        case_id=OuterRef("pk"), kind=ClockKind.FIRST_RESPONSE, ended_at=None, status__in=_RUNNING
    )
    return Q(Exists(waiting))


def _totals(
    actor: Actor, moments: Mapping[StandIn, object], kept: Mapping[str, Selection], beside: Beside | None
) -> tuple[dict[str, int], CriticalCounts, int]:
    """Return the sizes of views and kept selections of open cases, the alarm and the newest event, in one query."""
    counted = [(view.value, Selection(view)) for view in View if view not in _UNCOUNTED]
    counted += [(name, each) for name, each in kept.items() if each.view not in _UNCOUNTED]
    rows = _totals_statement(actor, tuple(counted), beside).rows(moments)
    newest, with_tasks, notices, more, found = rows[0] if rows else (0, 0, 0, 0, None)
    sizes = json.loads(found) if found else {}
    totals = {name: sizes.get(name, 0) for name, _ in counted} | {View.TASKS.value: with_tasks or 0}
    alarm = CriticalCounts(totals[View.CRITICAL], sizes.get(_UNANSWERED, 0), notices or 0, more or 0)
    return totals, alarm, newest or 0


@lru_cache(maxsize=_KEPT_STATEMENTS)
def _totals_statement(actor: Actor, counted: tuple[tuple[str, Selection], ...], beside: Beside | None) -> Statement:
    """Return the statement of one row: the newest event, how many have tasks, notices, ``beside``, totals as JSON."""
    visible, conditions = visible_cases(access.scope(actor)).order_by(), conditions_of_views(actor)
    sizes = {name: Count("pk", filter=conditions[each.view] & each.filters.condition) for name, each in counted}
    unanswered = {_UNANSWERED: Count("pk", filter=CRITICAL & _awaits_first_response())}
    totals = Cast(JSONObject(**sizes, **unanswered), TextField())
    with_tasks = visible.filter(conditions[View.TASKS]).values(one=_ONE).annotate(total=Count("pk"))
    open_ones = visible.filter(OPEN).values(one=_ONE).annotate(totals=totals)
    return Statement.of(
        organization.one_row().values_list(
            Subquery(Event.objects.order_by("-pk").values("pk")[:1]),
            Subquery(with_tasks.values("total")),
            unread_total(actor),
            beside() if beside else _NOTHING,
            Subquery(open_ones.values("totals")),
        ),
        NOW,
        TOMORROW,
    )
