"""What the history of a critical case keeps of its protocol (M5.2a, M5.2d); when and whom is decided in critical."""

from datetime import datetime

from django.db import transaction

from cercana.cases.commands.following import keeper_for
from cercana.cases.commands.texts import checked
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.rules.access import SYSTEM, Actor
from cercana.rules.acts import Act
from cercana.rules.history import EventType, Payload


@transaction.atomic
def raise_alarm(*, number: str, facts: Payload, now: datetime) -> int:
    """Record that an alarm rings, why, and whom it calls; return the sequence of the event."""
    return _note(Act.RAISE_ALARM, EventType.ALARM_RAISED, number, facts, SYSTEM, now)


@transaction.atomic
def escalate_alarm(*, number: str, facts: Payload, now: datetime) -> int:
    """Record that nobody answered and whom the alarm calls next; return the sequence of the event."""
    return _note(Act.ESCALATE_ALARM, EventType.ALARM_ESCALATED, number, facts, SYSTEM, now)


@transaction.atomic
def acknowledge_alarm(*, number: str, way: str, actor: Actor, now: datetime) -> int:
    """Record that the actor takes charge («me hago cargo»), and by what way; return the sequence of the event."""
    return _note(Act.ACKNOWLEDGE_ALARM, EventType.ALARM_ACKNOWLEDGED, number, {"way": way}, actor, now)


@transaction.atomic
def check_in(
    *,
    number: str,
    done: str,
    next_step: str,
    actor: Actor,
    now: datetime,
    occurred_at: datetime | None = None,
    source: str = "",
) -> Case:
    """
    Record what was done about a critical case and what is next, now or at ``occurred_at`` as its ``source`` says.

    Raise TextMissing without either text, OccurrenceRefused for the future or a late entry without its source.
    """
    case = case_for(actor, Act.CHECK_IN, number=number, lock=True)
    keeper = keeper_for(case)
    payload = {
        "done": keeper.keep("check_in", checked(done, "qué se hizo")),
        "next": keeper.keep("check_in", checked(next_step, "qué sigue")),
        **({"source": source} if source else {}),
    }
    keeper.store()
    record(case, Step(EventType.CHECKED_IN, payload, occurred_at=occurred_at), actor=actor, now=now)
    return case


@transaction.atomic
def remove_danger(*, number: str, how: str, actor: Actor, now: datetime) -> Case:
    """Record that the danger of an answered case is over, and how that is known; raise TextMissing without it."""
    case = case_for(actor, Act.REMOVE_DANGER, number=number, lock=True)
    keeper = keeper_for(case)
    payload = {"how": keeper.keep("danger_removed", checked(how, "cómo se sabe que ya no hay peligro"))}
    keeper.store()
    record(case, Step(EventType.DANGER_REMOVED, payload), actor=actor, now=now)
    return case


def _note(act: Act, type_: EventType, number: str, facts: Payload, actor: Actor, now: datetime) -> int:
    case = case_for(actor, act, number=number, lock=True)
    record(case, Step(type_, dict(facts)), actor=actor, now=now)
    return case.last_sequence
