"""Exercises of the critical protocol («simulacros»): real alarms for a case that no figure counts."""

from datetime import datetime

from django.db import transaction

from cercana.cases.commands.reception import Reception, register_case
from cercana.cases.errors import DrillRestricted, DrillsRefused, NotADrill
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.citizens.commands import Person
from cercana.organization import queries as organization
from cercana.rules.access import Actor, Role
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, Channel, ClaimType, RequestKind
from cercana.rules.history import GIVEN_UP, EventType, instant_text
from cercana.rules.lifecycle import Closure, Outcome

# Stands before the title, so that whoever sees it in any list knows.
MARK = "SIMULACRO"


@transaction.atomic
def start_drill(*, category: str, story: str, place: str, actor: Actor, now: datetime) -> Case:
    """
    Register an exercise as a critical case of the area it is for: its alarm rings as a real one does.

    Raise DrillsRefused for who does not supervise that area, DrillRestricted, and what a registration refuses.
    """
    grounds = organization.grounds(category, "", now)
    if grounds.area not in actor.areas(Role.SUPERVISOR):
        raise DrillsRefused
    if grounds.is_restricted:
        raise DrillRestricted
    reception = Reception(
        person=Person(no_contact_reason=MARK.lower()),
        kind=RequestKind.CLAIM,
        claim_type=ClaimType.POOR_SERVICE,
        category=category,
        channel=Channel.COUNTER,
        description=story,
        title=f"{MARK}: {story.strip()[:100]}",
        place=place,
        class_=CaseClass.CRITICAL,
        is_drill=True,
    )
    case = register_case(reception, actor=actor, now=now)
    record(case, Step(EventType.REFERRED, {"area": grounds.area}), actor=actor, now=now)
    return case


@transaction.atomic
def end_drill(*, number: str, actor: Actor, now: datetime) -> Case:
    """End an exercise at any stage; raise NotADrill for a real case."""
    case = case_for(actor, Act.END_DRILL, number=number, lock=True)
    if not case.is_drill:
        raise NotADrill(number=number)
    payload = {
        "closure": Closure.DRILL_OVER.value,
        "outcome": Outcome.WITHDRAWN.value,
        "ended_at": instant_text(now),
        "promises": GIVEN_UP,
    }
    record(case, Step(EventType.CLOSED, payload), actor=actor, now=now)
    return case
