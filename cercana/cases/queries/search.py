"""Finding cases from anywhere in the desk: by number, person, telephone, or the words somebody told us."""

import re
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db.models import Q, QuerySet, Value

from cercana.cases.models import AccessRecord, Case
from cercana.cases.queries.visibility import visible_cases
from cercana.citizens import queries as citizens
from cercana.organization import queries as organization
from cercana.rules import access, case_number
from cercana.rules.access import Actor
from cercana.rules.case_number import NumberUnknown
from cercana.rules.folding import fold
from cercana.rules.lifecycle import Stage
from cercana.rules.similarity import STOP_WORDS

PAGE_SIZE = 30
_FURTHEST = 600
_SHORTEST_PREFIX = 2
# Those of the year and of the shortest sequence in the number of a case.
_FEWEST_DIGITS = 10
_WORD = re.compile(r"\w+")
_IS_OPEN = ~Q(stage=Stage.CLOSED)
# How many of the newest cases are looked through before older ones: words that many cases have are found in these.
_WINDOWS = (20_000, 200_000)
_COLUMNS = (
    "number",
    "text__title",
    "citizen__name",
    "class_",
    "critical_state",
    "stage",
    "area__name",
    "received_at",
    "is_restricted",
    "attention_due_at",
    "last_contact_at",
)


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
    attention_due_at: datetime | None
    first_contact_missing: bool

    @property
    def is_open(self) -> bool:
        """Whether the case is not over."""
        return self.stage != Stage.CLOSED


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
    end = min(offset, _FURTHEST) + size
    hits = _matching(visible.filter(is_restricted=False), typed, end + 1)
    page = SearchPage(tuple(hits[offset:end]), end if len(hits) > end else None)
    return _recorded(page, actor, now)


def record_people_search(actor: Actor, *, now: datetime) -> None:
    """Record that the actor looked for a person at intake; what was typed is not kept."""
    AccessRecord.objects.create(actor=actor.signature, act="people", numbers=[], at=now)


def _number(typed: str) -> str:
    if sum(character.isdigit() for character in typed) < _FEWEST_DIGITS:
        return ""
    try:
        return str(case_number.parse(typed, organization.municipality().prefix))
    except NumberUnknown:
        return ""


def _matching(cases: QuerySet[Case], typed: str, wanted: int) -> list[Hit]:
    """
    Return the first ``wanted`` of those ``cases`` whose person or words fit: open ones, then the newest.

    PostgreSQL works off the parts of the union in their order until it has enough, so that a word of half of all cases
    costs no more than a rare one; each part sorts only what fits it, where one sort by age would walk all cases.
    """
    if len(typed.strip()) < _SHORTEST_PREFIX:
        return []
    person = Q(citizen_id__in=citizens.people_exactly(typed))
    words = _words(typed)
    if words is None:
        conditions = [_IS_OPEN & person, ~_IS_OPEN & person]
    else:
        fits = Q(text__search=words)
        older = [~_IS_OPEN & fits & window for window in _windows()]
        conditions = [_IS_OPEN & person, _IS_OPEN & fits, ~_IS_OPEN & person, *older]
    first, *others = (
        cases.filter(condition)
        .annotate(part=Value(part))
        .order_by("-received_at")[:wanted]
        .values_list("part", *_COLUMNS)
        for part, condition in enumerate(conditions)
    )
    # Whoever fits by person and by words comes twice.
    rows = sorted(first.union(*others, all=True)[: 2 * wanted], key=itemgetter(0))
    return list({row[1]: _hit(*row[1:]) for row in reversed(rows)}.values())[::-1][:wanted]


def _windows() -> list[Q]:
    """Return the conditions that part all cases by age, the newest first: by their ids, which follow reception."""
    newest = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    limits = [newest - size for size in _WINDOWS]
    return [
        Q(pk__gt=limits[0], text__case_id__gt=limits[0]),
        Q(pk__gt=limits[1], text__case_id__gt=limits[1], pk__lte=limits[0], text__case_id__lte=limits[0]),
        Q(pk__lte=limits[1], text__case_id__lte=limits[1]),
    ]


def _words(typed: str) -> SearchQueryCombinable | None:
    """Return the condition that every word stands in the text, as it is or by its stem; the last may be unfinished."""
    words = _WORD.findall(fold(typed))
    unfinished = words.pop() if words and typed[-1:].isalnum() else ""
    parts = [_word(word, word) for word in words if word not in STOP_WORDS]
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
    return [_hit(*row) for row in cases.values_list(*_COLUMNS)]


def _hit(
    number: str,
    title: str | None,
    name: str,
    class_: str,
    critical_state: str,
    stage: str,
    area: str,
    received_at: datetime,
    is_restricted: bool,
    attention_due_at: datetime | None,
    last_contact_at: datetime | None,
) -> Hit:
    return Hit(
        number=number,
        title=title or "",
        citizen="" if is_restricted else name,
        class_=class_,
        critical_state=critical_state,
        stage=stage,
        area=area,
        received_at=received_at,
        is_restricted=is_restricted,
        attention_due_at=attention_due_at,
        first_contact_missing=last_contact_at is None,
    )


def _recorded(page: SearchPage, actor: Actor, now: datetime) -> SearchPage:
    if page.hits:
        numbers = [hit.number for hit in page.hits]
        AccessRecord.objects.create(actor=actor.signature, act="search", numbers=numbers, at=now)
    return page
