"""How a formal claim gets to the State's platform, which the municipality may not replace by a Libro of its own."""

from datetime import date, datetime

from django.db import transaction

from cercana.cases.errors import TextMissing
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.calendar import Calendar
from cercana.rules.classification import TAKEN_TO_PLATFORM, Channel, TaskKind
from cercana.rules.history import EventType, instant_text
from cercana.rules.promises import statutory_due

_WORKING_DAYS = 2


@transaction.atomic
def record_platform_code(*, number: str, code: str, day: date, actor: Actor, now: datetime) -> Case:
    """Keep the code and date that the State's platform gave a formal claim; its task is done."""
    case = case_for(actor, Act.RECORD_PLATFORM_CODE, number=number, lock=True)
    if not code.strip():
        raise TextMissing(what="el código que dio la plataforma")
    recorded = Step(EventType.PLATFORM_CODE_RECORDED, {"code": code.strip()[:60], "day": day.isoformat()})
    record(case, recorded, *_finished(case), actor=actor, now=now)
    return case


def way_to_platform(case: Case, *, moves: bool) -> list[Step]:
    """
    Return what opens the task of the Responsable on ``case``, or ends it if the case ``moves`` there no more.

    It opens once, and only where nobody stood before the platform: for a claim by phone or mail. Like the term of the
    law it runs from the day of reception (DS 007-2020-PCM, art. 15.7).
    """
    if not moves:
        return _finished(case)
    is_taken = Channel(case.channel) in TAKEN_TO_PLATFORM
    if case.platform_code or not is_taken or _pending(case):
        return []
    intake_area = organization.municipality().intake_area_id
    return [platform_task(case.received_at, intake_area, organization.calendar())]


def platform_task(received_at: datetime, intake_area: str, calendar: Calendar) -> Step:
    """Return what gives ``intake_area`` the task to take a claim received at ``received_at`` there."""
    due = statutory_due(received_at, _WORKING_DAYS, calendar)
    payload = {"task": TaskKind.MOVE_TO_PLATFORM.value, "due_at": instant_text(due.at), "area": intake_area}
    return Step(EventType.TASK_OPENED, payload)


def _finished(case: Case) -> list[Step]:
    return [Step(EventType.TASK_FINISHED, {"ordinal": ordinal}) for ordinal in _pending(case)]


def _pending(case: Case) -> list[int]:
    pending = case.tasks.filter(kind=TaskKind.MOVE_TO_PLATFORM, finished_at=None)
    return list(pending.order_by("ordinal").values_list("ordinal", flat=True))
