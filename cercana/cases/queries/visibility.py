"""From a scope to one queryset, and from a row to the facts that access judges: every read and write begins here."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

from cercana.accounts import queries as accounts
from cercana.cases.errors import CaseChanged, CaseNotFound
from cercana.cases.models import Case, Event
from cercana.cases.watched_rows import WatchedRow
from cercana.rules import access, lifecycle
from cercana.rules.access import Actor, ActorKind, Facts, Scope
from cercana.rules.acts import Act
from cercana.rules.classification import DATA_RIGHTS_NATURES, CriticalState
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima

_BESIDE = ("text", "category", "citizen", "legal_nature", "triage")
_NOTHING = Q(pk__in=[])
_NOTHING_TOLD: Mapping[str, Combinable] = MappingProxyType({})
_STAFF = "staff:"
# What stands after the name of who acted first; the second is told so.
_DEEDS = {
    EventType.ANSWERED: "respondió",
    EventType.WROTE: "escribió a la persona",
    EventType.SPOKE: "habló con la persona",
    EventType.TAKEN: "tomó el caso",
    EventType.ASSIGNED: "asignó el caso",
    EventType.REFERRED: "derivó el caso",
    EventType.HANDED_BACK: "devolvió el caso",
    EventType.RECLASSIFIED: "cambió la prioridad o el motivo",
    EventType.MESSAGE_RECEIVED: "anotó un mensaje",
    EventType.NOTED: "dejó una nota",
    EventType.CRITICAL_MARKED: "confirmó que es crítico",
    EventType.CRITICAL_REJECTED: "dijo que no es crítico",
    EventType.ALARM_ACKNOWLEDGED: "se hizo cargo de la alarma",
    EventType.CHECKED_IN: "anotó una revisión",
    EventType.DANGER_REMOVED: "anotó que ya no hay peligro",
}
_BEFORE_REFERRAL = [Stage.RECEIVED, Stage.REGISTERED]


def visible_cases(scope: Scope) -> QuerySet[Case]:
    """Return the cases of ``scope``; it agrees with access.may(…, Act.VIEW, …) case by case."""
    if scope.everything and not scope.desk_exclusion and scope.staff_id is None:
        return Case.objects.all()
    if scope.case_key:
        return Case.objects.filter(key=scope.case_key)
    if scope.staff_id is None:
        return Case.objects.none()
    return Case.objects.filter(_positive(scope)).exclude(_excluded(scope))


def _positive(scope: Scope) -> Q:
    if scope.everything:
        return Q()
    condition = Q(owner_id=scope.staff_id) | Q(area_id__in=scope.supervised)
    condition |= Q(area_id__in=scope.areas - scope.supervised, is_restricted=False)
    if scope.intake:
        taken_in = Q(intake_id=scope.staff_id) | Q(intake_id=None, is_restricted=False)
        condition |= Q(stage__in=_BEFORE_REFERRAL) & taken_in
    if scope.critical:
        condition |= ~Q(critical_state=CriticalState.NONE)
    if scope.closed:
        condition |= Q(stage=Stage.CLOSED, is_restricted=False)
    if scope.data_rights:
        condition |= Q(legal_nature_id__in=DATA_RIGHTS_NATURES)
    if scope.answered:
        condition |= Q(stage=Stage.ANSWERED, is_restricted=False)
    return condition


def knows_person(scope: Scope) -> Q:
    """Return which of the visible cases may be shown with their person's name and words (Act.VIEW_PERSONAL)."""
    positive = _positive(replace(scope, closed=False))
    return positive if positive else Q(pk__isnull=False)


def _excluded(scope: Scope) -> Q:
    """Return what M3.3a hides: complaints about this person, or about their desk while nobody is identified."""
    about_me = Q(about_staff=True, complained_staff_id=scope.staff_id)
    if not scope.desk_exclusion:
        return about_me
    desks = _NOTHING
    for area, site in scope.desks:
        if area not in scope.supervised:
            desks |= Q(complained_area=area, complained_site__in=["", site])
    return about_me | (Q(about_staff=True, complained_staff_id=None) & desks)


def hidden_from(actor: Actor) -> QuerySet[Case]:
    """Return the cases of which a member of staff may not even read the number (M3.3a)."""
    if actor.kind is not ActorKind.STAFF:
        return Case.objects.none()
    return Case.objects.filter(_excluded(access.scope(actor)))


def facts_of(case: Case | WatchedRow) -> Facts:
    """Return what access needs to know of ``case``."""
    return Facts(
        key=str(case.key),
        stage=Stage(case.stage),
        area=case.area_id,
        is_critical=case.critical_state != CriticalState.NONE,
        is_restricted=case.is_restricted,
        is_data_rights=case.legal_nature_id in DATA_RIGHTS_NATURES,
        owner_id=case.owner_id,
        intake_id=case.intake_id,
        about_staff=case.about_staff,
        complained_staff_id=case.complained_staff_id,
        complained_area=case.complained_area,
        complained_site=case.complained_site,
        abstained=frozenset(case.abstained),
        attended=frozenset(case.attended),
    )


def case_for(
    actor: Actor,
    act: Act,
    *,
    number: str,
    lock: bool = False,
    seen: int | None = None,
    told: Mapping[str, Combinable] = _NOTHING_TOLD,
) -> Case:
    """
    Return the case if this actor may do this act on it, locked when asked.

    ``seen`` is the last sequence the actor had on screen; ``told`` is asked along, and stands among the vars of the
    case. Raise CaseNotFound also when they may not know of the case, StageRefused if the act does not fit its stage,
    CaseChanged if somebody else acted meanwhile.
    """
    cases = visible_cases(access.scope(actor, act))
    found = cases.select_for_update(of=("self",)) if lock else cases.select_related(*_BESIDE).annotate(**told)
    case = found.filter(number=number).first()
    if case is None or not access.may(actor, act, facts_of(case)).allowed:
        raise CaseNotFound(number=number)
    if seen is not None and seen < case.last_sequence:
        _check_unchanged(case, actor, seen)
    if act in lifecycle.TRANSITIONS:
        lifecycle.check_stage(act, Stage(case.stage), number=number)
    return case


def is_visible(actor: Actor, number: str) -> bool:
    """Tell whether the actor may know of the case."""
    return visible_cases(access.scope(actor)).filter(number=number).exists()


def words_to_take_down(actor: Actor, number: str) -> tuple[Act, ...]:
    """
    Return what this actor may write down of a citizen who calls about the answer to their case: yes, no, or neither.

    An agent need not be able to look at the case; whatever else they may not know of has nothing to write down.
    """
    case = visible_cases(access.scope(actor, Act.CONTEST)).filter(number=number).first()
    offered = may_do(actor, case, Act.CONFIRM, Act.CONTEST) if case else {}
    return tuple(act for act, is_offered in offered.items() if is_offered)


def may_take_opinion(actor: Actor, number: str) -> bool:
    """Tell whether this actor may write down what a citizen thinks of how they were attended: nobody gives two."""
    case = visible_cases(access.scope(actor, Act.GIVE_OPINION)).filter(number=number).first()
    if case is None or not may_do(actor, case, Act.GIVE_OPINION)[Act.GIVE_OPINION]:
        return False
    return not Event.objects.filter(case=case, type=EventType.OPINION_GIVEN).exists()


def case_referred_by(actor: Actor, number: str) -> Case | None:
    """
    Return the case, locked, if its newest event is a referral by this actor: a slip may be taken back by who made it.

    It opens nothing else: who refers a case may not know of it any more (domain.md, Need to know).
    """
    case = Case.objects.select_for_update().filter(number=number, stage=Stage.REFERRED).first()
    if case is None:
        return None
    newest = Event.objects.filter(case=case, sequence=case.last_sequence)
    return case if newest.filter(type=EventType.REFERRED, actor=actor.signature).exists() else None


def _check_unchanged(case: Case, actor: Actor, seen: int) -> None:
    news = Event.objects.filter(case=case, sequence__gt=seen).exclude(actor__in=[actor.signature, "system"])
    newest = news.order_by("-sequence").first()
    if newest is not None:
        did = _DEEDS.get(EventType(newest.type), "actuó en este caso")
        raise CaseChanged(who=_who(newest), did=f"{did} a las {to_lima(newest.recorded_at):%H:%M}")


def _who(event: Event) -> str:
    if not event.actor.startswith(_STAFF):
        return "La persona"
    staff = int(event.actor.removeprefix(_STAFF))
    return accounts.names_of([staff]).get(staff, "Otra persona del equipo")


def may_take_up(actor: Actor, case: Case) -> bool:
    """Tell whether this actor may refer ``case`` where it belongs and take it there, before anybody was given it."""
    there = replace(facts_of(case), area=case.proposed_area_id, stage=Stage.REFERRED)
    is_open = case.stage == Stage.REGISTERED and access.may(actor, Act.REFER, facts_of(case)).allowed
    return is_open and access.may(actor, Act.TAKE, there).allowed


def may_do(actor: Actor, case: Case, *acts: Act) -> dict[Act, bool]:
    """Tell for each of ``acts`` whether it fits the stage of ``case`` and this actor may do it: what a page offers."""
    facts = facts_of(case)
    return {
        act: access.may(actor, act, facts).allowed
        and (act not in lifecycle.TRANSITIONS or lifecycle.fits(act, facts.stage))
        for act in acts
    }
