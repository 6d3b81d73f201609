"""How the promises with a date were kept, by area: nobody has to count them (domain.md, Monthly analysis)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from cercana.cases.models import Clock
from cercana.cases.queries.visibility import visible_cases
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.classification import ClockKind
from cercana.rules.projected_clocks import ClockStatus


@dataclass(frozen=True, slots=True)
class PromiseCount:
    """The dated promises of an area: kept in time, kept late, not kept though their date has passed."""

    area: str
    kept: int
    late: int
    broken: int


def promises_by_area(actor: Actor, *, first: datetime, last: datetime, now: datetime) -> list[PromiseCount]:
    """
    Return how the promises due from ``first`` on and before ``last`` stand at ``now``, by the area of the case.

    Of the cases that ``actor`` may know of; areas without such a promise are left out.
    """
    due = Clock.objects.filter(kind=ClockKind.DATED, due_at__gte=first, due_at__lt=min(last, now))
    counted = (
        due.filter(case__in=visible_cases(access.scope(actor)))
        .values("case__area")
        .annotate(
            kept=Count("pk", filter=Q(status=ClockStatus.MET)),
            late=Count("pk", filter=Q(status=ClockStatus.BREACHED, ended_at__isnull=False)),
            broken=Count("pk", filter=Q(ended_at=None)),
        )
    )
    return [
        PromiseCount(row["case__area"], row["kept"], row["late"], row["broken"])
        for row in counted.order_by("case__area")
    ]
