"""The exercises of the critical protocol, and how each went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.cases.errors import DrillsRefused
from cercana.cases.models import Case, Clock, Event
from cercana.cases.queries.visibility import visible_cases
from cercana.organization import queries as organization
from cercana.rules import access, entitlements
from cercana.rules.access import Actor, Role
from cercana.rules.classification import ClockKind
from cercana.rules.folding import fold
from cercana.rules.history import EventType

_SHOWN = 20
_SIGNS = (EventType.ALARM_RAISED, EventType.ALARM_ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise: how long until somebody took charge and until the first response, None where it never came."""

    number: str
    title: str
    area: str
    started_at: datetime
    closed_at: datetime | None
    charge_after: timedelta | None
    response_after: timedelta | None


def drills_of(actor: Actor) -> list[Drill]:
    """
    Return the newest exercises that ``actor`` may see; whoever shows them calls record_list.

    Raise DrillsRefused for who supervises no area.
    """
    if not entitlements.may_run_drills(actor).allowed:
        raise DrillsRefused
    found = visible_cases(access.scope(actor)).filter(is_drill=True).select_related("area", "text")
    cases = list(found.order_by("-received_at")[:_SHOWN])
    signs = Event.objects.filter(case__in=cases, type__in=_SIGNS).order_by("-sequence")
    first = {(case_id, type_): at for case_id, type_, at in signs.values_list("case_id", "type", "occurred_at")}
    responses = Clock.objects.filter(case__in=cases, kind=ClockKind.FIRST_RESPONSE, ended_at__isnull=False)
    responded = dict(responses.exclude(status="withdrawn").values_list("case_id", "ended_at"))
    return [_drill(case, first, responded.get(case.pk)) for case in cases]


def drill_categories(actor: Actor) -> dict[str, str]:
    """Return the names of what an exercise of ``actor`` may be about, by code: of their areas, and not restricted."""
    own = actor.areas(Role.SUPERVISOR)
    found = [each for each in organization.categories() if each.area_id in own and not each.is_restricted]
    return {each.code: each.name for each in sorted(found, key=lambda each: fold(each.name))}


def _drill(case: Case, first: dict[tuple[int, str], datetime], responded_at: datetime | None) -> Drill:
    raised, taken = (first.get((case.pk, sign.value)) for sign in _SIGNS)
    return Drill(
        number=case.number,
        title=case.text.title,
        area=case.area.name,
        started_at=case.received_at,
        closed_at=case.closed_at,
        charge_after=taken - raised if taken and raised else None,
        response_after=responded_at - case.received_at if responded_at else None,
    )
