"""How cases that have to do with each other come together: merged or linked."""

from datetime import datetime

from django.db import transaction

from cercana.cases.commands.following import followed_step
from cercana.cases.errors import MergeRefused
from cercana.cases.models import Case, CaseLink
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.cases.rows import state_of
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.history import EventType, instant_text
from cercana.rules.lifecycle import Stage


@transaction.atomic
def merge(*, absorbed: str, main: str, actor: Actor, now: datetime) -> Case:
    """
    Let the case ``absorbed`` follow ``main`` and return the latter; merging ends no clock.

    The main case is due with the earliest of all. Raise MergeRefused for a case with itself, with one that follows
    another, or with one that is over.
    """
    # Lock in one order, so that two merges of the same pair wait instead of blocking each other.
    locked = {number: case_for(actor, Act.MERGE, number=number, lock=True) for number in sorted({absorbed, main})}
    follower, leader = locked[absorbed], locked[main]
    if absorbed == main or leader.merged_into or follower.merged_into or leader.stage == Stage.CLOSED:
        raise MergeRefused
    if Case.objects.filter(merged_into=absorbed).exists():
        raise MergeRefused
    due = state_of(follower).attention_due_at
    absorbing = {"case": absorbed, "due_at": instant_text(due) if due else None}
    record(leader, Step(EventType.ABSORBED, absorbing), actor=actor, now=now)
    merging = Step(EventType.MERGED, followed_step(leader).payload)
    record(follower, merging, actor=actor, now=now)
    CaseLink.objects.get_or_create(case=follower, other=leader, defaults={"relation": "merged"})
    return leader


@transaction.atomic
def link(*, number: str, other: str, relation: str, actor: Actor, now: datetime) -> Case:
    """Note on both cases that they have to do with each other; ``relation`` is «related» or «continues»."""
    case = case_for(actor, Act.LINK, number=number, lock=True)
    second = case_for(actor, Act.LINK, number=other, lock=True)
    record(case, Step(EventType.LINKED, {"case": other, "relation": relation}), actor=actor, now=now)
    record(second, Step(EventType.LINKED, {"case": number, "relation": relation}), actor=actor, now=now)
    CaseLink.objects.get_or_create(case=case, other=second, defaults={"relation": relation})
    return case
