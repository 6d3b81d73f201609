"""What triage proposed and how the cases stand now, for whoever measures it (domain.md, Triage)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cercana.cases.errors import TriageQualityRefused
from cercana.cases.models import Case, Event, Referral, TriageRecord
from cercana.cases.queries.visibility import visible_cases
from cercana.organization import queries as organization
from cercana.rules import access, entitlements
from cercana.rules.access import Actor
from cercana.rules.classification import CaseClass, ClaimType, CriticalState, RequestKind
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima
from cercana.rules.triage.agreement import Decided
from cercana.rules.triage.municipal_areas import area_of
from cercana.rules.triage.quality import Judged

_MOST = 20_000
_DECIDED = ("number", "kind", "claim_type", "class_", "critical_state", "proposed_area", "about_staff")
_PROPOSED = tuple(f"triage__{each.name}" for each in TriageRecord._meta.get_fields() if each.name != "case")


def judged_proposals(actor: Actor, since: datetime) -> list[Judged]:
    """
    Return what triage proposed since an instant for the cases ``actor`` may know of, newest first, and how they stand.

    Exercises are left out.

    Raise TriageQualityRefused for who does not measure it. Whoever shows numbers of cases calls record_list.
    """
    if not entitlements.may_measure_triage(actor).allowed:
        raise TriageQualityRefused
    seen = visible_cases(access.scope(actor)).filter(triage__proposed_at__gte=since, is_drill=False)
    names = organization.area_names()
    return [
        Judged(case.number, to_lima(case.triage.proposed_at).date(), case.triage.proposed, decided_for(case, names))
        for case in with_outcome(seen).only(*_DECIDED, *_PROPOSED)[:_MOST]
    ]


def with_outcome(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return ``cases``, newest proposal first, with what ``decided_for`` needs to know."""
    last = Referral.objects.filter(case=OuterRef("pk")).order_by("-ordinal").values("area")[:1]
    silence = Event.objects.filter(case=OuterRef("pk"), type=EventType.CRITICAL_MARKED, payload__by="silence")
    given = Coalesce(Subquery(last), "proposed_area_id", output_field=CharField())
    return (
        cases.select_related("triage")
        .annotate(resolving_area=given, marked_by_silence=Exists(silence))
        .order_by("-triage__proposed_at")
    )


def decided_for(case: Case, area_names: Mapping[str, str]) -> Decided:
    """
    Return how a case of ``with_outcome`` stands; what silence marked waits for a person as before.

    ``area_names`` are those of the municipality, by code.
    """
    area, by_silence = vars(case)["resolving_area"], vars(case)["marked_by_silence"]
    return Decided(
        kind=RequestKind(case.kind),
        claim_type=ClaimType(case.claim_type) if case.claim_type else None,
        class_=CaseClass(case.class_),
        critical=CriticalState.PROPOSED if by_silence else CriticalState(case.critical_state),
        area=area_of(area, area_names.get(area, "")),
        about_staff=case.about_staff,
    )
