"""How a case reaches the area that resolves it and the person who owns it (M3.2c, M3.2d)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cercana.accounts import queries as accounts
from cercana.cases.commands.following import keeper_for, move_followers
from cercana.cases.errors import CaseNotFound, TextMissing
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for, case_referred_by
from cercana.cases.recording import Step, record
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.errors import DomainError
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima


@transaction.atomic
def refer(*, number: str, area: str, actor: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Case:
    """Hand the case to ``area``, which must exist today; a reason is needed when it moves from another area."""
    case = case_for(actor, Act.REFER, number=number, lock=True, seen=seen)
    target = organization.area(area, to_lima(now).date())
    if case.referrals.exists() and not reason.strip():
        raise TextMissing(what="por qué pasa a otra área")
    keeper = keeper_for(case)
    payload: dict[str, object] = {"area": target.code}
    if reason.strip():
        payload["reason"] = keeper.keep("reason", reason.strip())
    keeper.store()
    record(case, Step(EventType.REFERRED, payload), actor=actor, now=now)
    move_followers(case, actor=actor, now=now)
    return case


@transaction.atomic
def take_up(*, number: str, actor: Actor, now: datetime) -> Case:
    """
    Hand a case that nobody was given yet to the area it belongs to and take it there, both or neither.

    For what cannot wait (M5.2); raise CaseNotFound for an actor who may not take it there.
    """
    case = case_for(actor, Act.REFER, number=number, lock=True)
    refer(number=number, area=case.proposed_area_id, actor=actor, now=now)
    return take(number=number, actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What came of an act on many cases: the numbers done, and the refusal of each that was not."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def refer_many(*, numbers: Sequence[str], area: str, reason: str, actor: Actor, now: datetime) -> BulkResult:
    """Refer each case on its own, so that one refusal holds nobody else up."""
    return _each(numbers, lambda number: refer(number=number, area=area, actor=actor, now=now, reason=reason))


def undo_referrals(*, numbers: Sequence[str], actor: Actor, now: datetime) -> BulkResult:
    """Take back the referral of each case on its own; one that somebody took meanwhile is refused."""
    return _each(numbers, lambda number: undo_referral(number=number, actor=actor, now=now))


def assign_many(*, numbers: Sequence[str], owner: int, actor: Actor, now: datetime) -> BulkResult:
    """Give each case to ``owner`` on its own; one of another area is refused."""
    return _each(numbers, lambda number: assign(number=number, owner=owner, actor=actor, now=now))


def _each(numbers: Sequence[str], act: Callable[[str], Case]) -> BulkResult:
    done: list[str] = []
    refused: list[tuple[str, str]] = []
    for number in dict.fromkeys(numbers):
        try:
            act(number)
        except DomainError as refusal:
            refused.append((number, str(refusal)))
        else:
            done.append(number)
    return BulkResult(tuple(done), tuple(refused))


@transaction.atomic
def hand_back(*, number: str, reason: str, actor: Actor, now: datetime, seen: int | None = None) -> Case:
    """Return a case that came to the wrong area to intake, in one step and with the reason."""
    case = case_for(actor, Act.HAND_BACK, number=number, lock=True, seen=seen)
    if not reason.strip():
        raise TextMissing(what="por qué no corresponde a su área")
    keeper = keeper_for(case)
    payload = {"area": organization.municipality().intake_area_id, "reason": keeper.keep("reason", reason.strip())}
    keeper.store()
    record(case, Step(EventType.HANDED_BACK, payload), actor=actor, now=now)
    move_followers(case, actor=actor, now=now)
    return case


@transaction.atomic
def undo_referral(*, number: str, actor: Actor, now: datetime) -> Case:
    """Take back a referral that nobody has taken yet: the area, those above it, or who made it just now."""
    case = case_referred_by(actor, number) or case_for(actor, Act.UNDO_REFERRAL, number=number, lock=True)
    payload = {"area": organization.municipality().intake_area_id}
    record(case, Step(EventType.REFERRAL_UNDONE, payload), actor=actor, now=now)
    move_followers(case, actor=actor, now=now)
    return case


@transaction.atomic
def take(*, number: str, actor: Actor, now: datetime, seen: int | None = None) -> Case:
    """Accept a case for the actor's area and own it (M3.2d)."""
    case = case_for(actor, Act.TAKE, number=number, lock=True, seen=seen)
    record(case, Step(EventType.TAKEN, {"owner": actor.staff_id}), actor=actor, now=now)
    move_followers(case, actor=actor, now=now)
    return case


@transaction.atomic
def assign(*, number: str, owner: int, actor: Actor, now: datetime, seen: int | None = None) -> Case:
    """Give a case to a member of its area; raise CaseNotFound if that person does not work there or is excluded."""
    case = case_for(actor, Act.ASSIGN, number=number, lock=True, seen=seen)
    members = accounts.members_of(case.area_id, to_lima(now).date())
    excluded = {case.complained_staff_id, *case.abstained}
    if owner not in {user.pk for user in members} or owner in excluded:
        raise CaseNotFound(number=number)
    record(case, Step(EventType.ASSIGNED, {"owner": owner}), actor=actor, now=now)
    move_followers(case, actor=actor, now=now)
    return case
