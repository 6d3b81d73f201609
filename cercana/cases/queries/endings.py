"""Cases near their end: those whose citizen has not said whether it is resolved, and those that were closed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cercana.cases.models import Case
from cercana.rules.classification import CriticalState
from cercana.rules.lifecycle import Closure, Stage


@dataclass(frozen=True, slots=True)
class Ending:
    """A case that was closed, whose it was and who had it."""

    case_id: int
    citizen: UUID
    area: str
    agent: int | None


def awaiting_confirmation() -> list[Case]:
    """Return the answered cases whose citizen said neither yes nor no, longest waiting first; never critical ones."""
    answered = Case.objects.filter(stage=Stage.ANSWERED, confirmed_at=None, critical_state=CriticalState.NONE)
    return list(answered.order_by("answered_at", "id"))


def endings_between(since: datetime, until: datetime) -> list[Ending]:
    """Return the cases closed in between, but for those that were withdrawn or whose person was erased."""
    closed = Case.objects.filter(closed_at__gte=since, closed_at__lt=until, erased_at=None)
    rows = closed.exclude(closure=Closure.WITHDRAWN).order_by("closed_at", "id")
    return [
        Ending(id_, citizen, area, owner or intake)
        for id_, citizen, area, owner, intake in rows.values_list(
            "id", "citizen_id", "area_id", "owner_id", "intake_id"
        )
    ]
