"""Cases as labelled examples: what a person wrote, masked, and what people decided about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from cercana.cases.models import Case, Event
from cercana.cases.queries.triage_quality import decided_for, with_outcome
from cercana.citizens import queries as citizens
from cercana.organization import queries as organization
from cercana.rules.classification import CriticalReason, CriticalState
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.triage.agreement import Decided, Decision, Verdict, verdicts
from cercana.rules.triage.masking import masked

_AT_A_TIME = 500
_TELLING = (EventType.RECEIVED, EventType.CRITICAL_PROPOSED)


@dataclass(frozen=True, slots=True)
class LabelledExample:
    """
    One message and how people sorted it; ``corrected`` are the decisions in which triage had proposed otherwise.

    ``text`` is masked by patterns alone: a person reads it before it leaves.
    """

    channel: str
    text: str
    decided: Decided
    reasons: tuple[CriticalReason, ...]
    corrected: tuple[Decision, ...]


def labelled_examples() -> Iterator[LabelledExample]:
    """
    Yield the cases that people have sorted, oldest first.

    Left out are those before referral, with danger nobody decided on, restricted, erased, and those that are about
    somebody's vulnerability, which no export may tell of (domain.md, People and data).
    """
    names = organization.area_names()
    sorted_ = Case.objects.filter(triage__isnull=False, is_restricted=False, is_drill=False, erased_at=None)
    sorted_ = sorted_.exclude(stage__in=[Stage.RECEIVED, Stage.REGISTERED])
    telling = Prefetch("events", Event.objects.filter(type__in=_TELLING).order_by("sequence"), to_attr="telling")
    found = with_outcome(sorted_).select_related("triage", "citizen", "text")
    chunk: list[Case] = []
    for case in found.order_by("pk").prefetch_related(telling).iterator(chunk_size=_AT_A_TIME):
        chunk.append(case)
        if len(chunk) == _AT_A_TIME:
            yield from _examples(chunk, names)
            chunk = []
    yield from _examples(chunk, names)


def _examples(cases: Sequence[Case], area_names: dict[str, str]) -> Iterator[LabelledExample]:
    told = {case.pk: _description(vars(case)["telling"]) for case in cases}
    texts = citizens.values_of(each for each in told.values() if each is not None)
    for case in cases:
        value = told[case.pk]
        text = texts.get(value) if value else None
        reasons, decided = _reasons(case, vars(case)["telling"]), decided_for(case, area_names)
        is_sensitive = CriticalReason.VULNERABILITY in (*reasons, *case.triage.proposed.reasons)
        if text is None or is_sensitive or decided.critical is CriticalState.PROPOSED:
            continue
        found = verdicts(case.triage.proposed, decided)
        place = case.text.place if hasattr(case, "text") else ""
        yield LabelledExample(
            channel=case.channel,
            text=masked(text, name=case.citizen.name, place=place),
            decided=decided,
            reasons=reasons,
            corrected=tuple(each for each, verdict in found.items() if verdict is Verdict.CORRECTED),
        )


def _description(events: Sequence[Event]) -> UUID | None:
    described = events[0].payload.get("description") if events else None
    return UUID(str(described["value"])) if isinstance(described, dict) else None


def _reasons(case: Case, events: Sequence[Event]) -> tuple[CriticalReason, ...]:
    """Return why the case is critical, as it was proposed last; nothing for one that is not."""
    if case.critical_state != CriticalState.MARKED:
        return ()
    proposed = [each for each in events if each.type == EventType.CRITICAL_PROPOSED]
    return tuple(map(CriticalReason, proposed[-1].payload["reasons"])) if proposed else ()
