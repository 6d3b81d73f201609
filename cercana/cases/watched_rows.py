"""
What the watch reads of the cases it looks at, as tuples.

To make model instances of some hundred rows takes as long as the rest of the look.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from cercana.cases.models import Case, Clock
from cercana.rules.classification import ClockKind
from cercana.rules.projected_clocks import ClockState, ClockStatus


class WatchedRow(NamedTuple):
    """What clocks and those to warn of a case are judged by, and the end of its history."""

    pk: int
    key: UUID
    number: str
    class_: str
    became_critical_at: datetime | None
    critical_state: str
    stage: str
    area_id: str
    owner_id: int | None
    intake_id: int | None
    legal_nature_id: str
    is_restricted: bool
    about_staff: bool
    complained_staff_id: int | None
    complained_area: str
    complained_site: str
    abstained: list[int]
    attended: list[int]
    last_sequence: int
    last_hash: bytes


class HeardRow(NamedTuple):
    """What the silence to the citizen of a case is judged by."""

    stage: str
    stage_since: datetime
    received_at: datetime
    last_contact_at: datetime | None
    contested_count: int
    reopened_count: int
    silence_warned_for: datetime | None


def lock_cases_with_clocks_due(now: datetime, most: int) -> dict[int, WatchedRow]:
    """Return, locked, up to ``most`` cases with a clock to look at by ``now``; those that others hold are left out."""
    due = Case.objects.filter(clocks__look_at__lte=now).order_by("clocks__look_at")
    rows = _locked(due).values_list(*WatchedRow._fields)[:most]
    return {row[0]: WatchedRow._make(row) for row in rows}


def lock_cases_with_silence_due(now: datetime, most: int) -> list[tuple[WatchedRow, HeardRow]]:
    """Return, locked, up to ``most`` cases whose silence is to be looked at by ``now``; others' are left out."""
    due = Case.objects.filter(silence_look_at__lte=now).order_by("silence_look_at")
    rows = _locked(due).values_list(*WatchedRow._fields, *HeardRow._fields)[:most]
    width = len(WatchedRow._fields)
    return [(WatchedRow._make(row[:width]), HeardRow._make(row[width:])) for row in rows]


def clocks_due(cases: Collection[int], now: datetime) -> Iterator[tuple[int, int, ClockState]]:
    """Yield id, case and state of each clock of ``cases`` to look at by ``now``, oldest first."""
    due = Clock.objects.filter(case__in=cases, look_at__lte=now).order_by("id")
    for id_, case_id, *values in due.values_list("pk", "case_id", *ClockState._fields):
        clock = ClockState._make(values)
        yield id_, case_id, clock._replace(kind=ClockKind(clock.kind), status=ClockStatus(clock.status))


def _locked(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_for_update(of=("self",), skip_locked=True)
