"""What the tests of alarms share: a critical case with its chain, and the time moved on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cercana.accounts.models import DutyShift, User
from cercana.accounts.queries import actor_for
from cercana.cases.models import Case, Event
from cercana.config.reactions import run_handler
from cercana.critical import commands
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, Given, make_case, make_user

OBRAS = "obras_infraestructura"
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
ALARMS = [EventType.ALARM_RAISED, EventType.ALARM_ESCALATED, EventType.ALARM_ACKNOWLEDGED]


@dataclass
class Chain:
    """Who is called: the duty officer, the head of the area and the municipal manager."""

    duty: User
    head: User
    manager: User

    def actor(self, name: str, now: datetime = NOW) -> Actor:
        """Return one of them as the rules see them."""
        return actor_for(getattr(self, name), now)


def make_chain(area: str = OBRAS) -> Chain:
    """Return the chain of ``area``, with the duty roster filled for two days."""
    chain = Chain(
        duty=make_user(Role.DUTY_OFFICER, "alcaldia", name="Diego Guardia"),
        head=make_user(Role.SUPERVISOR, area, name="Carmen Jefa"),
        manager=make_user(Role.SUPERVISOR, "alcaldia", name="Ana Gerenta"),
    )
    DutyShift.objects.create(user=chain.duty, starts_at=NOW - HOUR, ends_at=NOW + 48 * HOUR)
    return chain


def make_critical(stage: Stage = Stage.REFERRED, **given: Given) -> Case:
    """Return a critical case; its alarm has not been raised yet."""
    return make_case(stage, class_=CaseClass.CRITICAL, **given)


def ring(case: Case, now: datetime = NOW) -> None:
    """Let the reaction to the registration of ``case`` happen at ``now``."""
    event = Event.objects.get(case=case, type=EventType.REGISTERED)
    run_handler(event.pk, "watch_critical", now=now)


def steps_at(case: Case, now: datetime) -> None:
    """Let the schedule look at ``case`` at ``now``."""
    commands.take_step(case_id=case.pk, now=now)


def alarms(case: Case) -> list[tuple[str, list[int]]]:
    """Return the alarms of ``case`` as its history tells them: what happened and who was called."""
    rows = Event.objects.filter(case=case, type__in=ALARMS).order_by("sequence")
    return [(row.type, row.payload.get("called", [])) for row in rows]
