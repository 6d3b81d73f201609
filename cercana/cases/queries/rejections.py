"""Proposals of danger that somebody rejected: what a supervisor reads on the same working day (domain.md, Triage)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cercana.accounts import queries as accounts
from cercana.cases.errors import RejectionsRefused
from cercana.cases.models import Event
from cercana.cases.queries.visibility import visible_cases
from cercana.citizens import queries as citizens
from cercana.rules import access, entitlements
from cercana.rules.access import Actor, Role
from cercana.rules.history import EventType, staff_of, value_ids


@dataclass(frozen=True, slots=True)
class Rejection:
    """
    That a case was found not critical: when, by whom, why, and which class it has instead.

    ``reason`` is "" for a restricted case, whose words stand in no list, and for one whose data were erased.
    """

    number: str
    at: datetime
    by: str
    reason: str
    class_: str
    area: str
    is_restricted: bool


def rejections_since(actor: Actor, since: datetime) -> list[Rejection]:
    """
    Return the rejections recorded since an instant in the areas that ``actor`` supervises, newest first.

    Raise RejectionsRefused for who supervises none. Whoever shows them calls record_list.
    """
    if not entitlements.may_read_rejections(actor).allowed:
        raise RejectionsRefused
    cases = visible_cases(access.scope(actor)).filter(area_id__in=actor.areas(Role.SUPERVISOR))
    found = Event.objects.filter(recorded_at__gte=since, type=EventType.CRITICAL_REJECTED, case__in=cases)
    events = list(found.select_related("case__area").order_by("-recorded_at", "-pk"))
    texts = citizens.values_of(id_ for each in events for id_ in value_ids(each.payload))
    names = accounts.names_of(staff for each in events if (staff := staff_of(each.actor)))
    return [
        Rejection(
            number=each.case.number,
            at=each.recorded_at,
            by=names.get(staff_of(each.actor) or 0, ""),
            reason="" if each.case.is_restricted else texts.get(UUID(each.payload["reason"]["value"])) or "",
            class_=each.payload["class"],
            area=each.case.area.name,
            is_restricted=each.case.is_restricted,
        )
        for each in events
    ]
