"""What feedback does: taking an opinion, and asking those who have not said whether their case is resolved."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cercana.cases import commands as cases
from cercana.cases import queries as case_queries
from cercana.cases.errors import AttemptsMissing, CaseNotFound
from cercana.citizens import commands as citizens
from cercana.conversation import queries as conversation
from cercana.feedback.errors import MarkMissing, OpinionAlreadyGiven
from cercana.feedback.models import Opinion
from cercana.feedback.opinions import HIGHEST_MARK, LONGEST_LINE, LOWEST_MARK, Aspect, GivenOpinion
from cercana.organization import queries as organization
from cercana.rules.access import SYSTEM, Actor
from cercana.rules.acts import Act
from cercana.rules.classification import TaskKind
from cercana.rules.lifecycle import StageRefused
from cercana.rules.notice_hours import is_notice_time
from cercana.rules.promises import to_lima

__all__ = ["Asked", "Aspect", "GivenOpinion", "ask_for_confirmations", "decline_opinions", "give_opinion"]

_FEWEST_ATTEMPTS = 2


@transaction.atomic
def give_opinion(*, number: str, opinion: GivenOpinion, actor: Actor, now: datetime) -> None:
    """
    Keep the citizen's opinion on their closed case; a low one becomes a task for the supervisor.

    Raise MarkMissing, OpinionAlreadyGiven, StageRefused while the case is open, or CaseNotFound.
    """
    if not LOWEST_MARK <= opinion.mark <= HIGHEST_MARK:
        raise MarkMissing
    case, kept = cases.record_opinion(
        number=number,
        mark=opinion.mark,
        aspects={aspect.value: is_good for aspect, is_good in opinion.aspects.items()},
        line=opinion.line[:LONGEST_LINE],
        actor=actor,
        now=now,
    )
    # The case is locked by now: of two opinions at once the second finds the first.
    if Opinion.objects.filter(case=case).exists():
        raise OpinionAlreadyGiven
    line = kept.get("line")
    Opinion.objects.create(
        case=case,
        mark=opinion.mark,
        aspects=kept["aspects"],
        line=UUID(line["value"]) if isinstance(line, dict) else None,
        area_id=case.area_id,
        agent_id=case.owner_id or case.intake_id,
        given_at=now,
    )
    if opinion.is_low:
        cases.open_task(number=number, task=TaskKind.LOW_OPINION, actor=SYSTEM, now=now)


@transaction.atomic
def decline_opinions(*, number: str, actor: Actor) -> None:
    """Note that the person of a case wants no more invitations to an opinion; raise CaseNotFound."""
    citizens.decline_opinions(case_queries.case_for(actor, Act.VIEW, number=number).citizen_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many people were asked again, and how many cases their silence closed."""

    reminded: int = 0
    closed: int = 0


def ask_for_confirmations(*, now: datetime) -> Asked:
    """
    Ask again those who have not said whether their case is resolved, and close what silence may close.

    Two reminders by mail on different working days after the answer, each within the hours of notices; then the
    closure, three working days after it. Whom no mail reaches is left to the staff. Running again adds nothing.
    """
    if not is_notice_time(now, organization.calendar()):
        return Asked()
    waiting = case_queries.awaiting_confirmation()
    arrived = conversation.answers_arrived(case.pk for case in waiting)
    reminded = closed = 0
    for case in waiting:
        # The citizen may answer while we go through the list.
        with suppress(StageRefused, AttemptsMissing, CaseNotFound):
            if cases.may_close_silently(case, now):
                cases.close_without_confirmation(number=case.number, actor=SYSTEM, now=now)
                closed += 1
            elif case.pk in arrived and _is_reminder_due(case.answered_at or now, case.attempts, now):
                cases.attempt_confirmation(number=case.number, means="email", result="", actor=SYSTEM, now=now)
                reminded += 1
    return Asked(reminded, closed)


def _is_reminder_due(answered_at: datetime, attempts: list[str], now: datetime) -> bool:
    """Tell whether a working day has passed since the answer, and another since each attempt."""
    today, made = to_lima(now).date(), set(attempts)
    waited = organization.calendar().working_days_between(to_lima(answered_at).date(), today)
    return len(made) < _FEWEST_ATTEMPTS and today.isoformat() not in made and waited > len(made)
