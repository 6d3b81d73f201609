"""Danger proposed, confirmed, rejected and taken back (M5.2b; domain.md, Triage, «Two states»)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from cercana.cases.clocks import Reckoner
from cercana.cases.commands.following import keeper_for
from cercana.cases.errors import (
    AlreadyCritical,
    CategoryStillCritical,
    LoweringNotPending,
    NotMarkedCritical,
    NotProposedCritical,
    OwnLowering,
    TextMissing,
)
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for
from cercana.cases.recording import Step, record
from cercana.cases.rows import state_of
from cercana.citizens.commands import ValueKeeper
from cercana.organization import queries as organization
from cercana.rules.access import SYSTEM, Actor
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, CriticalState
from cercana.rules.critical_states import TIME_TO_ANSWER, Proposal, marked_by_silence_at, waits_for_answer
from cercana.rules.history import LATE_ENTRY, EventType, instant_text
from cercana.rules.lifecycle import Stage

_REASON = "por qué"
_SILENCE = "la revisión automática"
_MOST_AT_A_TIME = 500


@transaction.atomic
def propose_critical(*, number: str, proposal: Proposal, actor: Actor, now: datetime, seen: int | None = None) -> Case:
    """
    Say that an open case may be dangerous: its critical clocks run from now, until somebody confirms or rejects it.

    Raise AlreadyCritical for a case that is proposed or marked, TextMissing without reasons and words.
    """
    case = case_for(actor, Act.PROPOSE_CRITICAL, number=number, lock=True, seen=seen)
    if case.critical_state != CriticalState.NONE:
        raise AlreadyCritical(number=number)
    if not proposal.reasons or not proposal.words.strip():
        raise TextMissing(what="qué peligro hay")
    clocks = Reckoner.at(now).reclassified(state_of(case), CaseClass.CRITICAL, now)
    keeper = keeper_for(case)
    step = proposal_step(proposal, keeper, since=now, clocks=clocks)
    keeper.store()
    record(case, step, actor=actor, now=now)
    return case


def proposal_step(proposal: Proposal, keeper: ValueKeeper, *, since: datetime, clocks: list[dict[str, object]]) -> Step:
    """Return the event of a proposal whose critical ``clocks`` are counted from ``since``."""
    words = {"words": keeper.keep("danger", proposal.words.strip())} if proposal.words.strip() else {}
    reasons = [reason.value for reason in proposal.reasons]
    payload = {"reasons": reasons, "since": instant_text(since), "clocks": clocks, **words}
    return Step(EventType.CRITICAL_PROPOSED, payload)


@transaction.atomic
def confirm_critical(*, number: str, actor: Actor, now: datetime, seen: int | None = None) -> Case:
    """
    Mark a proposed case as critical: from now on its two and 24 hours are promised to the citizen.

    After the quarter of an hour it is marked already, by nobody's answer. Raise NotProposedCritical for another case.
    """
    case = case_for(actor, Act.CONFIRM_CRITICAL, number=number, lock=True, seen=seen)
    if case.critical_state != CriticalState.PROPOSED:
        raise NotProposedCritical(number=number)
    if waits_for_answer(case.critical_proposed_at, now):
        record(case, Step(EventType.CRITICAL_MARKED, {"by": "person"}), actor=actor, now=now)
    else:
        _mark_silently(case, now)
    return case


@transaction.atomic
def reject_critical(
    *, number: str, reason: str, actor: Actor, now: datetime, class_: CaseClass | None = None, seen: int | None = None
) -> Case:
    """
    Say that a proposed case is not critical: it has the promise of its category again, counted from reception.

    ``class_`` is given where the category is critical itself (CategoryStillCritical otherwise). The supervisor reads
    each rejection. Raise NotProposedCritical for a case that is not proposed, or no longer after 15 minutes.
    """
    case = case_for(actor, Act.REJECT_CRITICAL, number=number, lock=True, seen=seen)
    if not reason.strip():
        raise TextMissing(what=_REASON)
    if case.critical_state != CriticalState.PROPOSED or not waits_for_answer(case.critical_proposed_at, now):
        raise NotProposedCritical(number=number)
    keeper = keeper_for(case)
    payload = {"reason": keeper.keep("reason", reason.strip()), **_given_back(case, class_, now)}
    keeper.store()
    record(case, Step(EventType.CRITICAL_REJECTED, payload), actor=actor, now=now)
    return case


@transaction.atomic
def ask_lowering(*, number: str, reason: str, actor: Actor, now: datetime, class_: CaseClass | None = None) -> Case:
    """
    Ask that a marked case be critical no longer; nothing changes until somebody else signs, too.

    Raise NotMarkedCritical for another case or one already asked about, CategoryStillCritical as reject_critical does.
    """
    case = case_for(actor, Act.ASK_LOWERING, number=number, lock=True)
    if not reason.strip():
        raise TextMissing(what=_REASON)
    if case.critical_state != CriticalState.MARKED or case.lowering_asked_at is not None:
        raise NotMarkedCritical(number=number)
    lower = _class_without_danger(case, class_)
    keeper = keeper_for(case)
    payload = {"reason": keeper.keep("reason", reason.strip()), "class": lower.value}
    keeper.store()
    record(case, Step(EventType.LOWERING_ASKED, payload), actor=actor, now=now)
    return case


@transaction.atomic
def decide_lowering(*, number: str, granted: bool, reason: str, actor: Actor, now: datetime) -> Case:
    """
    Sign, or refuse, what a supervisor asked: a second supervisor or the duty officer, never who asked (OwnLowering).

    What is late stays late. Raise LoweringNotPending if nobody asked, TextMissing for a refusal without a reason.
    """
    case = case_for(actor, Act.DECIDE_LOWERING, number=number, lock=True)
    asked = case.events.filter(type=EventType.LOWERING_ASKED).order_by("-sequence").first()
    if asked is None or case.lowering_asked_at is None:
        raise LoweringNotPending(number=number)
    if case.lowering_asked_by == actor.staff_id:
        raise OwnLowering
    if not granted and not reason.strip():
        raise TextMissing(what=_REASON)
    keeper = keeper_for(case)
    payload: dict[str, object] = {"granted": granted}
    if reason.strip():
        payload["reason"] = keeper.keep("reason", reason.strip())
    if granted:
        payload |= _given_back(case, CaseClass(asked.payload["class"]), now)
    keeper.store()
    record(case, Step(EventType.LOWERING_DECIDED, payload), actor=actor, now=now)
    return case


def mark_unanswered(*, now: datetime) -> int:
    """
    Mark every proposal that nobody answered within 15 minutes, each once, with the instant at which they ended.

    Found by index and locked one by one: it may run twice at once, or long after. Return how many it marked.
    """
    waiting = unanswered_proposals(now).order_by("critical_proposed_at").values_list("pk", flat=True)[:_MOST_AT_A_TIME]
    return sum(_mark_one(case_id, now) for case_id in waiting)


@transaction.atomic
def _mark_one(case_id: int, now: datetime) -> bool:
    # Asked again under the lock: an officer or another worker may have been quicker.
    case = unanswered_proposals(now).select_for_update().filter(pk=case_id).first()
    if case is not None:
        _mark_silently(case, now)
    return case is not None


def unanswered_proposals(now: datetime) -> QuerySet[Case]:
    """Return the cases whose quarter of an hour is over at ``now``, found by their index."""
    over = now - TIME_TO_ANSWER
    waiting = Case.objects.filter(critical_state=CriticalState.PROPOSED, critical_proposed_at__lte=over)
    return waiting.exclude(stage=Stage.CLOSED)


def _mark_silently(case: Case, now: datetime) -> None:
    if case.critical_proposed_at is None:
        raise NotProposedCritical(number=case.number)
    at = marked_by_silence_at(case.critical_proposed_at)
    late = {"source": _SILENCE} if now - at > LATE_ENTRY else {}
    record(case, Step(EventType.CRITICAL_MARKED, {"by": "silence", **late}, occurred_at=at), actor=SYSTEM, now=now)


def _given_back(case: Case, class_: CaseClass | None, now: datetime) -> dict[str, object]:
    """Return what the case is without danger: its class, and its promise from reception; late stays late."""
    lower = _class_without_danger(case, class_)
    return {"class": lower.value, "clocks": Reckoner.at(now).reclassified(state_of(case), lower, now)}


def _class_without_danger(case: Case, class_: CaseClass | None) -> CaseClass:
    """Return the class the case had, or its category's; where that is critical itself, the one that is given."""
    usual = CaseClass(organization.category(case.category_id).class_)
    for each in (CaseClass(case.base_class), usual, class_):
        if each is not None and each is not CaseClass.CRITICAL:
            return each
    raise CategoryStillCritical
