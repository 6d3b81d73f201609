"""Cases that may be the one somebody is telling again: few candidates by index, judged by rules/similarity.py."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from cercana.cases.models import Case
from cercana.cases.queries.visibility import visible_cases
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.lifecycle import Stage
from cercana.rules.similarity import Telling, likeness

_RECENT = timedelta(days=60)
_MOST_CANDIDATES = 60
_MOST_SHOWN = 3
_LEAST_LIKE = 0.3


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case that may be the same; ``percent`` says how alike, ``is_open`` whether another can still follow it."""

    number: str
    title: str
    area: str
    stage: str
    received_at: datetime
    percent: int
    is_same_person: bool

    @property
    def is_open(self) -> bool:
        """Whether the case is not over."""
        return self.stage != Stage.CLOSED


def similar_cases(
    actor: Actor, *, words: str, place: str, category: str, citizen: uuid.UUID | None, now: datetime
) -> list[SimilarCase]:
    """
    Return up to three cases the actor may see that may be the same matter, likest first.

    Candidates are of the same category or person, open or of the last sixty days; restricted cases never are.
    """
    if not category and citizen is None:
        return []
    told = Telling(words, place, category, str(citizen or ""))
    candidates = visible_cases(access.scope(actor)).filter(
        pk__in=_candidates(category, citizen, now - _RECENT), is_restricted=False, merged_into=""
    )
    rows = candidates.values_list(
        "number", "text__title", "text__place", "category_id", "citizen_id", "area__name", "stage", "received_at"
    )
    found = []
    for number, title, known_place, known_category, known_citizen, area, stage, received_at in rows:
        known = Telling(title or "", known_place or "", known_category, str(known_citizen))
        score = likeness(told, known)
        if score >= _LEAST_LIKE:
            percent, is_same = round(100 * score), known_citizen == citizen
            found.append(SimilarCase(number, title or "", area, stage, received_at, percent, is_same))
    return sorted(found, key=lambda each: (-each.percent, each.number))[:_MOST_SHOWN]


def _candidates(category: str, citizen: uuid.UUID | None, since: datetime) -> list[int]:
    """Return the newest cases that come into question; each part walks one index and stops early."""
    open_, recent = ~Q(stage=Stage.CLOSED), Q(received_at__gte=since)
    parts = []
    if category:
        parts += [_newest(Q(category_id=category) & recent), _newest(Q(category_id=category) & open_)]
    if citizen is not None:
        parts.append(_newest(Q(citizen_id=citizen) & (open_ | recent)))
    return list(parts[0].union(*parts[1:])) if len(parts) > 1 else list(parts[0])


def _newest(condition: Q) -> "QuerySet[Case, int]":
    return Case.objects.filter(condition).order_by("-received_at").values_list("pk", flat=True)[:_MOST_CANDIDATES]
