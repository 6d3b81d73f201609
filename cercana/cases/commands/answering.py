"""The answer and what the citizen makes of it: confirmed, contested, unanswered, withdrawn, reopened (M3.2e, M6.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cercana.cases.clocks import Reckoner
from cercana.cases.commands.following import HOW, answer_followers, chosen, keeper_for, reach_of
from cercana.cases.commands.promising import DatedPromise, promise_steps
from cercana.cases.errors import AttemptsMissing, ConfirmationMissing, ReopeningOver, SuperiorDecides, TextMissing
from cercana.cases.message_figures import columns_of
from cercana.cases.models import Case, MessageFigures
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.citizens.commands import ValueKeeper
from cercana.organization import queries as organization
from cercana.rules.access import Actor, ActorKind
from cercana.rules.acts import Act
from cercana.rules.classification import CLOCKS_ASIDE, CaseClass, Cause, ClockKind, CriticalState, Means
from cercana.rules.history import GIVEN_UP, EventType, instant_text
from cercana.rules.lifecycle import AnswerParts, Closure, Outcome, check_answer
from cercana.rules.promises import to_lima
from cercana.rules.superior import may_decide_complaint
from cercana.rules.voice_attempts import BY_VOICE, are_enough
from cercana.rules.writing.figures import WritingFigures

_FEWEST_ATTEMPTS = 2
_CITIZEN = "citizen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What claims to resolve the case: three parts, how it ended and why it arose."""

    done: str
    next_step: str
    by_when: str
    outcome: Outcome
    cause: Cause

    @property
    def parts(self) -> AnswerParts:
        """The three parts, for the rule that asks for each of them."""
        return AnswerParts(self.done, self.next_step, self.by_when)


def answer_payload(keeper: ValueKeeper, answer: Answer) -> dict[str, object]:
    """Return how an event keeps ``answer``; raise AnswerIncomplete if a part is missing (M3.3d)."""
    check_answer(answer.parts)
    return {
        "done": keeper.keep("answer", answer.done.strip()),
        "next_step": keeper.keep("answer", answer.next_step.strip()),
        "by_when": keeper.keep("answer", answer.by_when.strip()),
        "outcome": answer.outcome.value,
        "cause": answer.cause.value,
    }


@transaction.atomic
def answer_case(
    *,
    number: str,
    answer: Answer,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
    promises: Sequence[DatedPromise] = (),
    figures: WritingFigures | None = None,
) -> Case:
    """
    Send the citizen the answer that claims to resolve the case (M3.2e); warnings wait for their yes or no.

    ``promises`` are what it promises for a date: they are watched until they are done, whatever the citizen says. Its
    ``figures`` are kept with it. Raise SuperiorDecides if the law leaves the decision to the superior of the area
    complained of.
    """
    case = case_for(actor, Act.ANSWER, number=number, lock=True, seen=seen)
    complained = case.complained_area or case.proposed_area_id
    if case.legal_nature.decided_by_superior and not may_decide_complaint(actor, complained):
        raise SuperiorDecides
    record_answer(case, answer, actor=actor, now=now, promises=promises, figures=figures)
    return case


def record_answer(
    case: Case,
    answer: Answer,
    *,
    actor: Actor,
    now: datetime,
    promises: Sequence[DatedPromise] = (),
    figures: WritingFigures | None = None,
) -> None:
    """Record the answer to a locked case and to those that follow it, each with texts of its own."""
    keeper = keeper_for(case)
    step = Step(EventType.ANSWERED, {**answer_payload(keeper, answer), **reach_of(case), **_to_notify(case, now)})
    promised = promise_steps(case, keeper, promises, actor=actor, now=now, said_in=EventType.ANSWERED.value)
    keeper.store()
    record_message(case, step, *promised, actor=actor, now=now, figures=figures)
    answer_followers(case, lambda own: answer_payload(own, answer), actor=actor, now=now)


def record_message(
    case: Case, said: Step, *after: Step, actor: Actor, now: datetime, figures: WritingFigures | None
) -> None:
    """Record what was ``said`` to the citizen, with the steps ``after`` it and, if somebody wrote it, its figures."""
    sequence = case.last_sequence + 1
    record(case, said, *after, actor=actor, now=now)
    if figures is not None:
        MessageFigures.objects.create(case=case, sequence=sequence, sent_at=now, **columns_of(figures))


def _to_notify(case: Case, now: datetime) -> dict[str, object]:
    """Return the clock within which the answer of a case that ends with its notification has to be notified."""
    if not case.legal_nature.must_notify:
        return {}
    earlier = case.clocks.filter(kind=ClockKind.NOTIFY).count()
    return {"clocks": Reckoner.at(now).step(ClockKind.NOTIFY, now, round_=earlier + 1)}


@transaction.atomic
def attempt_confirmation(*, number: str, means: str, result: str, actor: Actor, now: datetime) -> Case:
    """Record that the citizen was asked whether it is resolved, how, and what came of it (M6.1a)."""
    case = case_for(actor, Act.ATTEMPT_CONFIRMATION, number=number, lock=True)
    keeper = keeper_for(case)
    payload = {
        "means": chosen(means, Means, HOW),
        "day": to_lima(now).date().isoformat(),
        "result": keeper.keep("attempt", result),
    }
    keeper.store()
    record(case, Step(EventType.CONFIRMATION_ATTEMPTED, payload), actor=actor, now=now)
    return case


@transaction.atomic
def confirm(*, number: str, actor: Actor, now: datetime, words: str = "") -> Case:
    """
    Record the citizen's yes: the case closes, or waits for its supervisor's agreement if critical (M6.1a, M5.2d).

    Staff may record it with the citizen's words, but not who attended the case.
    """
    case = case_for(actor, Act.CONFIRM, number=number, lock=True)
    keeper = keeper_for(case)
    by_staff = actor.kind is ActorKind.STAFF
    if by_staff and not words.strip():
        raise TextMissing(what="lo que dijo la persona")
    payload = {"words": keeper.keep("words", words.strip())} if words.strip() else {}
    keeper.store()
    steps = [Step(EventType.CONFIRMED, payload, on_behalf_of=_CITIZEN if by_staff else "")]
    if case.critical_state == CriticalState.NONE:
        steps.append(closing_step(case, Closure.CONFIRMED))
    record(case, *steps, actor=actor, now=now)
    return case


@transaction.atomic
def agree_to_closure(*, number: str, actor: Actor, now: datetime) -> Case:
    """
    Close a critical case that the citizen has confirmed, or was asked about by voice often enough (M5.2d).

    Raise ConfirmationMissing with neither; without their yes it is counted apart.
    """
    case = case_for(actor, Act.AGREE_TO_CLOSURE, number=number, lock=True)
    if case.confirmed_at is not None:
        closure = Closure.CONFIRMED
    elif case.critical_state != CriticalState.NONE and are_enough(_voice_attempts(case)):
        closure = Closure.WITHOUT_CONFIRMATION
    else:
        raise ConfirmationMissing
    record(case, closing_step(case, closure), actor=actor, now=now)
    return case


def _voice_attempts(case: Case) -> list[datetime]:
    """Return when somebody called or met the citizen since the last answer and got no yes or no."""
    asked = case.events.filter(
        type=EventType.CONFIRMATION_ATTEMPTED, occurred_at__gte=case.answered_at, payload__means__in=list(BY_VOICE)
    )
    return list(asked.order_by("sequence").values_list("occurred_at", flat=True))


@transaction.atomic
def contest(*, number: str, why: str, actor: Actor, now: datetime) -> Case:
    """Take the citizen's no: the original promise goes on as if the answer had not been sent."""
    case = case_for(actor, Act.CONTEST, number=number, lock=True)
    if not why.strip():
        raise TextMissing(what="qué falta resolver")
    keeper = keeper_for(case)
    payload = {"why": keeper.keep("contest", why.strip())}
    keeper.store()
    on_behalf_of = _CITIZEN if actor.kind is ActorKind.STAFF else ""
    record(case, Step(EventType.CONTESTED, payload, on_behalf_of=on_behalf_of), actor=actor, now=now)
    return case


@transaction.atomic
def close_without_confirmation(*, number: str, actor: Actor, now: datetime) -> Case:
    """
    Close an answered case whose citizen said nothing, counted apart.

    Raise AttemptsMissing before two attempts on different days and three working days after the answer.
    """
    case = case_for(actor, Act.CLOSE_WITHOUT_CONFIRMATION, number=number, lock=True)
    if not may_close_silently(case, now):
        raise AttemptsMissing
    record(case, closing_step(case, Closure.WITHOUT_CONFIRMATION), actor=actor, now=now)
    return case


def may_close_silently(case: Case, now: datetime) -> bool:
    """Tell whether the silence of the citizen of an answered case may close it now; never a critical one."""
    if case.answered_at is None or case.critical_state != CriticalState.NONE:
        return False
    wanted = organization.policy_at(now).confirmation_working_days
    waited = organization.calendar().working_days_between(to_lima(case.answered_at).date(), to_lima(now).date())
    return len(set(case.attempts)) >= _FEWEST_ATTEMPTS and waited >= wanted


@transaction.atomic
def withdraw(*, number: str, words: str, actor: Actor, now: datetime) -> Case:
    """Close an open case because the citizen wants no more of it; staff record the citizen's words."""
    case = case_for(actor, Act.WITHDRAW, number=number, lock=True)
    by_staff = actor.kind is ActorKind.STAFF
    if by_staff and not words.strip():
        raise TextMissing(what="lo que dijo la persona")
    keeper = keeper_for(case)
    payload = {"words": keeper.keep("words", words.strip())} if words.strip() else {}
    keeper.store()
    closed = {
        "closure": Closure.WITHDRAWN.value,
        "outcome": Outcome.WITHDRAWN.value,
        "ended_at": instant_text(now),
        "promises": GIVEN_UP,
    }
    withdrawn = Step(EventType.WITHDRAWN, payload, on_behalf_of=_CITIZEN if by_staff else "")
    record(case, withdrawn, Step(EventType.CLOSED, closed), actor=actor, now=now)
    return case


@transaction.atomic
def reopen(*, number: str, why: str, actor: Actor, now: datetime) -> Case:
    """
    Begin a closed case again with a new promise of the same class; the first keeps its outcome.

    Raise ReopeningOver for a citizen after the days of the policy (30).
    """
    case = case_for(actor, Act.REOPEN, number=number, lock=True)
    if not why.strip():
        raise TextMissing(what="por qué se reabre")
    days = organization.policy_at(now).reopening_days
    closed_at = case.closed_at or now
    if actor.kind is ActorKind.CITIZEN and now - closed_at > timedelta(days=days):
        raise ReopeningOver(days=days)
    keeper = keeper_for(case)
    clocks = Reckoner.at(now).manual_clocks(CaseClass(case.class_), now, round_=_next_round(case))
    payload = {"why": keeper.keep("reopening", why.strip()), "clocks": clocks}
    keeper.store()
    record(case, Step(EventType.REOPENED, payload), actor=actor, now=now)
    return case


def _next_round(case: Case) -> int:
    rounds = case.clocks.exclude(kind__in=[ClockKind.STATUTORY, *CLOCKS_ASIDE]).values_list("round", flat=True)
    return 1 + max(rounds, default=0)


def closing_step(case: Case, closure: Closure) -> Step:
    """Return the closure whose clocks end when the last answer was sent, not when the yes came."""
    ended_at = case.answered_at
    if ended_at is None:
        raise ConfirmationMissing
    return Step(EventType.CLOSED, {"closure": closure.value, "ended_at": instant_text(ended_at)})
