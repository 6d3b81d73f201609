"""The calls about a case: that there was one, who attended it and how long it took (M2.3b)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.rules.access import SYSTEM
from cercana.rules.acts import Act
from cercana.rules.history import EventType, instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendedCall:
    """
    A call that is over, as the channel knows it; ``attended_by`` is a member of staff, None if nobody says who.

    ``seconds`` is how long they spoke, None if nobody measured it; ``is_measured`` tells that an exchange did.
    """

    key: UUID
    attended_by: int | None
    answered_at: datetime
    seconds: int | None
    is_measured: bool


@transaction.atomic
def log_call(*, case_id: int, call: AttendedCall, now: datetime) -> Case:
    """
    Record that a call about the case was attended; its channel sees to it that each is recorded once.

    The system records it: whoever attends a call need not be able to look at the case it is about.
    """
    number = Case.objects.values_list("number", flat=True).get(pk=case_id)
    case = case_for(SYSTEM, Act.LOG_CALL, number=number, lock=True)
    payload = {
        "call": str(call.key),
        "answered_at": instant_text(call.answered_at),
        "seconds": call.seconds,
        "measured": call.is_measured,
        **({"attended_by": call.attended_by} if call.attended_by else {}),
    }
    record(case, Step(EventType.CALL_ATTENDED, payload), actor=SYSTEM, now=now)
    return case
