"""The earlier cases about the same matter: same category, and the same citizen or a place within 150 metres (M5.1b)."""

import uuid
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cercana.cases.models import Case, CaseText, Clock
from cercana.rules.classification import ClockKind
from cercana.rules.lifecycle import Outcome, Stage
from cercana.rules.near_places import Spot
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.recurrence import LOOKED_BACK, EarlierCase

# Of a matter told so often, more would say nothing new.
_MOST = 50
_OURS = (ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION)


def earlier_cases(*, category: str, citizen: uuid.UUID, spot: Spot | None, now: datetime) -> list[EarlierCase]:
    """
    Return what became of the cases of the last sixty days about the same matter, whoever may see them.

    Each of the two ways is one walk of an index that stops early. What the citizen withdrew does not count.
    """
    since = now - LOOKED_BACK
    own = Case.objects.filter(citizen_id=citizen, category_id=category, received_at__gte=since)
    found = own.order_by("-received_at").values_list("pk", flat=True)[:_MOST]
    if spot is not None:
        found = found.union(_near(category, spot, since), all=False)
    return _what_became(list(found), now)


def _near(category: str, spot: Spot, since: datetime) -> "QuerySet[CaseText, int]":
    near = CaseText.objects.filter(street=spot.street, told_at__gte=since, case__category_id=category)
    near = near.filter(metre=None) if spot.nearby is None else near.filter(metre__range=spot.nearby)
    return near.order_by("-told_at").values_list("pk", flat=True)[:_MOST]


def _what_became(ids: list[int], now: datetime) -> list[EarlierCase]:
    if not ids:
        return []
    is_over = Q(inclusive=True, due_at__lt=now) | Q(inclusive=False, due_at__lte=now)
    broken = Q(breached_at__isnull=False) | (Q(ended_at=None) & is_over & ~Q(status=ClockStatus.SUSPENDED))
    late = Clock.objects.filter(broken, case_id=OuterRef("pk"), kind__in=_OURS).exclude(status=ClockStatus.VOID)
    cases = Case.objects.filter(pk__in=ids).exclude(outcome=Outcome.WITHDRAWN)
    rows = cases.annotate(is_late=Exists(late)).values_list("is_late", "answered_at", "stage", "reopened_count")
    return [
        EarlierCase(
            is_late=is_late,
            is_unanswered=answered_at is None and stage != Stage.CLOSED,
            is_reopened=reopened > 0,
        )
        for is_late, answered_at, stage, reopened in rows
    ]
