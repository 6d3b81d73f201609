"""Finding cases from anywhere in the desk: by number, person, telephone, or the words somebody told us."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from cercana.cases.models import AccessRecord, Case, CaseText
from cercana.cases.queries.visibility import knows_person, visible_cases, words_to_take_down
from cercana.citizens import queries as citizens
from cercana.organization import queries as organization
from cercana.rules import access, case_number
from cercana.rules.access import Actor, Scope
from cercana.rules.acts import Act
from cercana.rules.case_number import NumberUnknown
from cercana.rules.folding import fold
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from cercana.rules.similarity import STOP_WORDS

_PAGE_SIZE = 30
_MOST_SHOWN = 600
_SHORTEST_PREFIX = 2
# More words make no search narrower that somebody types, and each costs the database its time.
_MOST_WORDS = 12
_KNOWN = Value(value=True)
# Those of the year and of the shortest sequence in the number of a case.
_FEWEST_DIGITS = 10
_SHORT = re.compile(r"(?P<figures>[0-9]{6}(?=-?[0-9A-Z]$)|[0-9]{1,6})-?(?P<check>[0-9A-Z]?)")
_WORD = re.compile(r"\w+")
_IS_OPEN = ~Q(stage=Stage.CLOSED)
IS_CLOSED = ExpressionWrapper(Q(stage=Stage.CLOSED), output_field=BooleanField())
# Closed cases are looked through by age: so many of the newest one by one, which is where common words are found; then
# so many before them and all others by the index of words. Of the oldest, so many matches are enough: a word that more
# of them have is too common to look for by itself.
_NEWEST, _NEWER = 6_000, 100_000
_MOST_MATCHES = 20_000
_MOST_OLD_MATCHES = 5_000


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A case found; like a line of the queue it shows no document, telephone or address.

    ``is_known`` tells whether the actor may know its person and words.
    """

    number: str
    title: str
    citizen: str
    class_: str
    critical_state: str
    stage: str
    area: str
    received_at: datetime
    is_restricted: bool
    is_known: bool
    attention_due_at: datetime | None
    first_contact_missing: bool

    @property
    def is_open(self) -> bool:
        """Whether the case is not over."""
        return self.stage != Stage.CLOSED


@dataclass(frozen=True, slots=True)
class SearchPage:
    """
    What was found, open cases first, then the newest; ``has_more`` tells that it is only the beginning.

    ``is_number`` tells that the typed text is the number of the one case found, ``is_miswritten`` that it looks like a
    number whose last letter does not fit. ``heard`` is the number of a case that the actor may not look at, and
    ``words`` what they may write down if its citizen calls.
    """

    hits: tuple[Hit, ...] = ()
    has_more: bool = False
    is_number: bool = False
    is_miswritten: bool = False
    heard: str = ""
    words: tuple[Act, ...] = ()


def search_cases(actor: Actor, typed: str, *, now: datetime, size: int = _PAGE_SIZE) -> SearchPage:
    """
    Return the cases the actor may see that fit what was typed; what is shown is recorded, what was typed is not.

    A restricted case is found by its whole number only (domain.md, People and data), and so is one of whose person and
    words the actor may know nothing.
    """
    scope = access.scope(actor)
    visible = visible_cases(scope)
    number, is_miswritten = _number(typed)
    if is_miswritten:
        return SearchPage(is_miswritten=True)
    if number:
        return _recorded(_numbered(scope, number, actor), actor, now)
    short = _number_of_this_year(typed, now)
    if short and (page := _numbered(scope, short, actor)) != SearchPage():
        return _recorded(page, actor, now)
    if scope.closed:
        visible = visible.filter(knows_person(scope))
    if len(typed.strip()) < _SHORTEST_PREFIX:
        return SearchPage()
    size = min(size, _MOST_SHOWN)
    found = Case.objects.filter(pk__in=_matching(visible.filter(is_restricted=False), typed, size + 1))
    hits = hits_of(found.order_by(IS_CLOSED, "-received_at", "-id")[: size + 1])
    return _recorded(SearchPage(tuple(hits[:size]), has_more=len(hits) > size), actor, now)


def _numbered(scope: Scope, number: str, actor: Actor) -> SearchPage:
    visible = visible_cases(scope)
    known = visible.filter(knows_person(scope))
    hits = hits_of(visible.filter(number=number), known=Exists(known.filter(pk=OuterRef("pk"))))
    if hits:
        return SearchPage(tuple(hits), is_number=True)
    words = words_to_take_down(actor, number)
    return SearchPage(heard=number if words else "", words=words)


def record_people_search(actor: Actor, *, now: datetime) -> None:
    """Record that the actor looked for a person at intake; what was typed is not kept."""
    AccessRecord.objects.create(actor=actor.signature, act="people", numbers=[], at=now)


def _number(typed: str) -> tuple[str, bool]:
    """Return the number that was typed, "" if it is none, and whether it looks like one whose last letter is wrong."""
    if sum(character.isdigit() for character in typed) < _FEWEST_DIGITS:
        return "", False
    try:
        return str(case_number.parse(typed, organization.municipality().prefix)), False
    except NumberUnknown as refusal:
        # Its children say that the text is no number of ours at all; figures alone may be a telephone or a document.
        return "", type(refusal) is NumberUnknown and any(each.isalpha() for each in typed)


def _number_of_this_year(typed: str, now: datetime) -> str:
    """Return the number that somebody cut short to its figures, with or without the last letter; "" if it is none."""
    shape = _SHORT.fullmatch(typed.strip().upper())
    if shape is None:
        return ""
    number = case_number.issue(organization.municipality().prefix, to_lima(now).year, int(shape["figures"]))
    fits = number is not None and shape["check"] in ("", number[-1:])
    return number if number and fits else ""


def _matching(cases: QuerySet[Case], typed: str, wanted: int) -> "QuerySet[Case, int]":
    """
    Return the ids of the first ``wanted`` of those ``cases`` whose person or words fit, and of some more.

    PostgreSQL works off the parts of the union in their order until it has enough, so that a word that very many
    cases have costs no more than a rare one.
    """
    person = cases.filter(citizen_id__in=citizens.people_exactly(typed))
    parts = [person.filter(_IS_OPEN), person.exclude(_IS_OPEN)]
    words = _words(typed)
    if words is not None:
        parts = [cases.filter(_IS_OPEN, text__search=words), *parts, *_by_age(cases.exclude(_IS_OPEN), words)]
    first, *others = (part.order_by("-received_at").values_list("pk", flat=True)[:wanted] for part in parts)
    # Who fits by person and by words comes twice.
    return first.union(*others, all=True)[: 2 * wanted]


def _by_age(cases: QuerySet[Case], words: SearchQueryCombinable) -> list[QuerySet[Case]]:
    """
    Return those ``cases`` that have ``words``, in three parts from the newest to the oldest; ids follow reception.

    The limit of a subquery has PostgreSQL gather the matches by the index of words first; left to itself it walks all
    cases by age and reads the words of each.
    """
    newest = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    first, second = newest - _NEWEST, newest - _NEWER
    texts = CaseText.objects.filter(search=words).values("case_id")
    newer = texts.filter(case_id__gt=second, case_id__lte=first)[:_MOST_MATCHES]
    old = texts.filter(case_id__lte=second)[:_MOST_OLD_MATCHES]
    return [
        cases.filter(pk__gt=first, text__case_id__gt=first, text__search=words),
        cases.filter(pk__gt=second, pk__lte=first, pk__in=newer),
        cases.filter(pk__lte=second, pk__in=old),
    ]


def _words(typed: str) -> SearchQueryCombinable | None:
    """Return the condition that every word stands in the text, as it is or by its stem; the last may be unfinished."""
    words = list(dict.fromkeys(_WORD.findall(fold(typed))))[:_MOST_WORDS]
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


def hits_of(cases: QuerySet[Case], known: Combinable = _KNOWN) -> list[Hit]:
    """Return cases as lines of a search; ``known`` tells of each whether the actor may know its person and words."""
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
        "attention_due_at",
        "last_contact_at",
        known,
    )
    return [
        Hit(
            number=number,
            title=title if title and is_known else "",
            citizen=name if is_known and not is_restricted else "",
            class_=class_,
            critical_state=critical_state,
            stage=stage,
            area=area,
            received_at=received_at,
            is_restricted=is_restricted,
            is_known=is_known,
            attention_due_at=attention_due_at,
            first_contact_missing=contacted_at is None,
        )
        for (
            number,
            title,
            name,
            class_,
            critical_state,
            stage,
            area,
            received_at,
            is_restricted,
            attention_due_at,
            contacted_at,
            is_known,
        ) in rows
    ]


def _recorded(page: SearchPage, actor: Actor, now: datetime) -> SearchPage:
    numbers = [page.heard] if page.heard else [hit.number for hit in page.hits]
    if numbers:
        AccessRecord.objects.create(actor=actor.signature, act="search", numbers=numbers, at=now)
    return page
