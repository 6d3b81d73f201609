"""What a case is: reclassified, given another legal nature, its staff identified."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cercana.accounts import queries as accounts
from cercana.cases.clocks import Reckoner
from cercana.cases.commands.following import keeper_for
from cercana.cases.commands.identity import ASK_IDENTITY
from cercana.cases.commands.state_platform import way_to_platform
from cercana.cases.errors import CaseNotFound, ClaimTypeMismatch, CriticalNotLowered, SlowerClassRefused, TextMissing
from cercana.cases.models import Case
from cercana.cases.queries.visibility import case_for, facts_of
from cercana.cases.recording import Step, record
from cercana.cases.rows import state_of
from cercana.cases.search_text import erase_case_text
from cercana.organization import queries as organization
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, ClaimType, CriticalState, RequestKind, TaskKind
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassification:
    """What a case becomes, and why."""

    class_: CaseClass
    category: str
    kind: RequestKind
    claim_type: ClaimType | None
    reason: str


@transaction.atomic
def reclassify(*, number: str, change: Reclassification, actor: Actor, now: datetime, seen: int | None = None) -> Case:
    """
    Change class, category, kind or type of a case, with a reason; its clocks move as the rules say.

    A slower class needs a supervisor (SlowerClassRefused), and to lower a critical one needs two people
    (CriticalNotLowered, see critical_states.py). What is late stays late. A case that becomes restricted
    loses its title and searchable words, and never gets them back.
    """
    case = case_for(actor, Act.RECLASSIFY, number=number, lock=True, seen=seen)
    if not change.reason.strip():
        raise TextMissing(what="por qué cambia")
    if (change.kind is RequestKind.CLAIM) != (change.claim_type is not None):
        raise ClaimTypeMismatch
    is_critical = case.critical_state != CriticalState.NONE
    if is_critical and change.class_ is not CaseClass.CRITICAL:
        raise CriticalNotLowered
    is_slower = change.class_.is_slower_than(CaseClass(case.class_))
    if is_slower and not access.may(actor, Act.RECLASSIFY_SLOWER, facts_of(case)).allowed:
        raise SlowerClassRefused
    category = organization.category(change.category)
    state = state_of(case)
    clocks = [] if change.class_ is state.class_ else Reckoner.at(now).reclassified(state, change.class_, now)
    raised = CriticalState.MARKED if change.class_ is CaseClass.CRITICAL else CriticalState.NONE
    critical = CriticalState(case.critical_state) if is_critical else raised
    keeper = keeper_for(case)
    payload = {
        "class": change.class_.value,
        "critical": critical.value,
        "category": category.code,
        "restricted": category.is_restricted or case.is_restricted,
        "kind": change.kind.value,
        "claim_type": change.claim_type.value if change.claim_type else "",
        "reason": keeper.keep("reason", change.reason.strip()),
        "clocks": clocks,
    }
    keeper.store()
    if category.is_restricted:
        erase_case_text([case.pk])
    record(case, Step(EventType.RECLASSIFIED, payload), actor=actor, now=now)
    return case


@transaction.atomic
def set_legal_nature(*, number: str, nature: str, reason: str, actor: Actor, now: datetime) -> Case:
    """Say what the case is for the law; its statutory clock runs beside the manual's from reception."""
    case = case_for(actor, Act.SET_LEGAL_NATURE, number=number, lock=True)
    if not reason.strip():
        raise TextMissing(what="por qué cambia")
    chosen = organization.legal_nature(nature)
    state = state_of(case)
    reckoner = Reckoner.at(now)
    term = organization.statutory_term(nature, to_lima(case.received_at).date())
    clocks = reckoner.statutory(term, case.proposed_area_id, case.received_at, earlier=state.clocks)
    keeper = keeper_for(case)
    payload = {"legal_nature": nature, "reason": keeper.keep("reason", reason.strip()), "clocks": clocks}
    keeper.store()
    way = way_to_platform(case, moves=chosen.moves_to_platform)
    asked = [ASK_IDENTITY] if chosen.needs_identity and _is_nameless(case) else []
    record(case, Step(EventType.NATURE_SET, payload), *way, *asked, actor=actor, now=now)
    return case


def _is_nameless(case: Case) -> bool:
    """Tell whether nobody knows who the person of ``case`` is, and nobody was asked to find out."""
    is_known = case.citizen.name and case.citizen.document_number
    return not is_known and not case.tasks.filter(kind=TaskKind.ASK_IDENTITY, finished_at=None).exists()


@transaction.atomic
def identify_staff(*, number: str, staff: int, actor: Actor, now: datetime) -> Case:
    """
    Say which member of staff a complaint is about: from now on only that person is excluded (M3.3a).

    Raise CaseNotFound for somebody who does not work where the complaint points.
    """
    case = case_for(actor, Act.IDENTIFY_STAFF, number=number, lock=True)
    members = accounts.members_of(case.complained_area or case.area_id, to_lima(now).date())
    if staff not in {user.pk for user in members}:
        raise CaseNotFound(number=number)
    record(case, Step(EventType.STAFF_IDENTIFIED, {"staff": staff}), actor=actor, now=now)
    return case
