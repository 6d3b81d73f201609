"""«Debo abstenerme»: a person steps back from a case, the superior decides, the clocks go on (peru.md §6)."""

from datetime import datetime

from django.db import transaction

from cercana.accounts import queries as accounts
from cercana.cases.clocks import Reckoner
from cercana.cases.commands.following import chosen, keeper_for
from cercana.cases.errors import CaseNotFound, TextMissing
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import AbstentionCause, ClockKind, TaskKind
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima


@transaction.atomic
def abstain(*, number: str, cause: str, text: str, actor: Actor, now: datetime) -> Case:
    """Freeze the actor's rights on the case and ask the superior, who decides within three days."""
    case = case_for(actor, Act.ABSTAIN, number=number, lock=True)
    if not text.strip():
        raise TextMissing(what="por qué debe abstenerse")
    keeper = keeper_for(case)
    payload: dict[str, object] = {
        "staff": actor.staff_id,
        "cause": chosen(cause, AbstentionCause, "la causa"),
        "text": keeper.keep("abstention", text.strip()),
    }
    keeper.store()
    decisions = case.clocks.filter(kind=ClockKind.DECIDE).count()
    [clock] = Reckoner.at(now).step(ClockKind.DECIDE, now, round_=decisions + 1)
    payload["clocks"] = [clock]
    task = {"task": TaskKind.DECIDE_ABSTENTION.value, "due_at": clock["due_at"]}
    record(case, Step(EventType.ABSTAINED, payload), Step(EventType.TASK_OPENED, task), actor=actor, now=now)
    return case


@transaction.atomic
def decide_abstention(
    *, number: str, staff: int, granted: bool, owner: int | None, actor: Actor, now: datetime
) -> Case:
    """
    Accept an abstention and name who goes on, or refuse it and give the person their rights back.

    Nobody decides their own: raise CaseNotFound then, and for an owner who does not work in the area.
    """
    case = case_for(actor, Act.DECIDE_ABSTENTION, number=number, lock=True)
    members = {user.pk for user in accounts.members_of(case.area_id, to_lima(now).date())}
    if staff not in case.abstained or staff == actor.staff_id:
        raise CaseNotFound(number=number)
    if granted and owner is not None and (owner not in members or owner in case.abstained):
        raise CaseNotFound(number=number)
    kept = owner if granted else case.owner_id
    decided = Step(EventType.ABSTENTION_DECIDED, {"staff": staff, "granted": granted, "owner": kept})
    pending = case.tasks.filter(kind=TaskKind.DECIDE_ABSTENTION, finished_at=None).order_by("ordinal")[:1]
    finished = [Step(EventType.TASK_FINISHED, {"ordinal": task.ordinal}) for task in pending]
    record(case, decided, *finished, actor=actor, now=now)
    return case
