"""Finding cases from anywhere in the desk: by number, person, telephone, or the words somebody told us."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from cercana.cases.models import AccessRecord, Case
from cercana.cases.queries.visibility import visible_cases
from cercana.citizens import queries as citizens
from cercana.organization import queries as organization
from cercana.rules import access, case_number
from cercana.rules.access import Actor
from cercana.rules.case_number import NumberUnknown
from cercana.rules.folding import fold
from cercana.rules.lifecycle import Stage

PAGE_SIZE = 30
_MOST_MATCHES = 5000
_SHORTEST_PREFIX = 2
_WORD = re.compile(r"\w+")
_IS_CLOSED = ExpressionWrapper(Q(stage=Stage.CLOSED), output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Hit:
    """A case found; like a line of the queue it shows no document, telephone or address."""

    number: str
    title: str
    citizen: str
    class_: str
    critical_state: str
    stage: str
    area: str
    received_at: datetime
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """
    What was found, open cases first, then the newest; ``next_offset`` is where the next page begins, if there is one.

    ``is_number`` tells that the typed text is the number of the one case found.
    """

    hits: tuple[Hit, ...] = ()
    next_offset: int | None = None
    is_number: bool = False


def search_cases(actor: Actor, typed: str, *, now: datetime, offset: int = 0, size: int = PAGE_SIZE) -> SearchPage:
    """
    Return the cases the actor may see that fit what was typed; what is shown is recorded, what was typed is not.

    A restricted case is found by its whole number only (domain.md, People and data).
    """
    visible = visible_cases(access.scope(actor))
    number = _number(typed)
    if number:
        hits = _hits(visible.filter(number=number))
        return _recorded(SearchPage(tuple(hits), is_number=bool(hits)), actor, now)
    found = visible.filter(pk__in=_matching(typed), is_restricted=False)
    hits = _hits(found.order_by(_IS_CLOSED, "-received_at", "-id")[offset : offset + size + 1])
    page = SearchPage(tuple(hits[:size]), offset + size if len(hits) > size else None)
    return _recorded(page, actor, now)


def record_people_search(actor: Actor, *, now: datetime) -> None:
    """Record that the actor looked for a person at intake; what was typed is not kept."""
    AccessRecord.objects.create(actor=actor.signature, act="people", numbers=[], at=now)


def _number(typed: str) -> str:
    if not any(character.isdigit() for character in typed):
        return ""
    try:
        return str(case_number.parse(typed, organization.municipality().prefix))
    except NumberUnknown:
        return ""


def _matching(typed: str) -> "QuerySet[Case, int]":
    """
    Return the ids of the newest cases whose person or words fit, gathered before anything is sorted by age.

    Otherwise PostgreSQL would walk all cases by age and read the words of each.
    """
    people = Case.objects.filter(citizen_id__in=citizens.people_exactly(typed)).order_by("-received_at")
    ids = people.values_list("pk", flat=True)[:_MOST_MATCHES]
    words = _words(typed)
    if words is None:
        return ids
    # An expression, because the order of the key itself would skip the index of the words.
    newest = Case.objects.filter(text__search=words).order_by((F("text__case_id") + 0).desc())
    return ids.union(newest.values_list("pk", flat=True)[:_MOST_MATCHES])


def _words(typed: str) -> SearchQueryCombinable | None:
    """Return the condition that every word stands in the text, as it is or by its stem; the last may be unfinished."""
    words = _WORD.findall(fold(typed))
    unfinished = words.pop() if words and typed[-1:].isalnum() else ""
    parts = [_word(word, word) for word in words]
    if len(unfinished) >= _SHORTEST_PREFIX:
        parts.append(_word(f"{unfinished}:*", unfinished))
    if not parts:
        return None
    condition = parts[0]
    for part in parts[1:]:
        condition &= part
    return condition


def _word(lexeme: str, word: str) -> SearchQueryCombinable:
    return SearchQuery(lexeme, config="simple", search_type="raw") | SearchQuery(word, config="spanish")


def _hits(cases: QuerySet[Case]) -> list[Hit]:
    rows = cases.values_list(
        "number",
        "text__title",
        "citizen__name",
        "class_",
        "critical_state",
        "stage",
        "area__name",
        "received_at",
        "is_restricted",
    )
    return [
        Hit(number, title or "", "" if restricted else name, class_, critical, stage, area, received_at, restricted)
        for number, title, name, class_, critical, stage, area, received_at, restricted in rows
    ]


def _recorded(page: SearchPage, actor: Actor, now: datetime) -> SearchPage:
    if page.hits:
        numbers = [hit.number for hit in page.hits]
        AccessRecord.objects.create(actor=actor.signature, act="search", numbers=numbers, at=now)
    return page
