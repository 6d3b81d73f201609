"""How alarms are read."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from cercana.accounts import queries as accounts
from cercana.cases import queries as cases
from cercana.couriers.push_keys import public_key
from cercana.critical.errors import AlarmLinkOver
from cercana.critical.models import AlarmTarget, TrialState, Way
from cercana.rules.access import Actor
from cercana.rules.acts import Act


@dataclass(frozen=True, slots=True)
class CalledAlarm:
    """
    An alarm as the page of its link shows it; nothing of the citizen.

    ``taken_by`` is who took charge, and ``is_mine`` whether that is whoever reads; ``is_ringing`` if nobody has to.
    """

    number: str
    class_: str
    area: str
    raised_at: datetime
    is_ringing: bool
    taken_by: str
    is_mine: bool


__all__ = ["CalledAlarm", "Target", "TrialState", "Way", "alarm_called", "public_key", "targets_of"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where else alarms find a person, as it is shown: never its address; ``error`` is a code of the last trial."""

    id: int
    way: Way
    label: str
    since: datetime
    trial: TrialState
    error: str
    tried_at: datetime | None


def targets_of(person: int) -> list[Target]:
    """Return the targets of ``person``, oldest first."""
    rows = AlarmTarget.objects.filter(person_id=person).order_by("pk")
    return [
        Target(row.pk, Way(row.way), row.label, row.created_at, TrialState(row.trial), row.trial_error, row.tried_at)
        for row in rows
    ]


def alarm_called(actor: Actor, case_key: uuid.UUID, sequence: int) -> CalledAlarm:
    """Return the alarm that a link names, for whoever it called; raise AlarmLinkOver, CaseNotFound."""
    case = cases.watch_of(case_key)
    if case is None or case.watch is None or case.watch.alarm is None or case.watch.alarm.sequence != sequence:
        raise AlarmLinkOver
    cases.case_for(actor, Act.ACKNOWLEDGE_ALARM, number=case.number)
    alarm = case.watch.alarm
    by = alarm.acknowledged_by
    taken_by = accounts.name_of_signature(by) if by else ""
    return CalledAlarm(
        case.number,
        case.class_,
        case.area_name,
        alarm.raised_at,
        case.watch.is_ringing,
        taken_by,
        by == actor.signature,
    )
