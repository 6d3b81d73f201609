"""Cases that may be the one somebody is telling again: few candidates by index, judged by rules/similarity.py."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q, QuerySet, TextField

from cercana.cases.models import Case
from cercana.cases.queries.visibility import facts_of, visible_cases
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.folding import fold
from cercana.rules.lifecycle import Stage
from cercana.rules.similarity import Likeness, Subject, keys_of, likeness, matter_of, place_of, written_words

_RECENT = timedelta(days=60)
_MOST_CANDIDATES = 60
_MOST_WORDS = 40
_MOST_SHOWN = 3
_LEAST_LIKE = 0.4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case that may be the same; ``may_absorb`` tells whether the actor may have another one follow it."""

    number: str
    title: str
    area: str
    stage: str
    received_at: datetime
    likeness: Likeness
    may_absorb: bool

    @property
    def is_open(self) -> bool:
        """Whether the case is not over."""
        return self.stage != Stage.CLOSED


def similar_cases(
    actor: Actor, *, words: str, place: str, category: str, citizen: uuid.UUID | None, now: datetime
) -> list[SimilarCase]:
    """
    Return up to three cases the actor may see that may be the same matter, likest first.

    Candidates are of the same category, place or person, open or of the last sixty days; restricted cases never are.
    """
    ids = _candidates(words, place, category, citizen, now - _RECENT)
    if not ids:
        return []
    told = Subject(matter_of(words), place_of(place), category, str(citizen or ""))
    rows = visible_cases(access.scope(actor)).filter(pk__in=ids, is_restricted=False, is_drill=False, merged_into="")
    rows = rows.select_related("text", "area").defer("text__search").annotate(lexemes=_LEXEMES)
    compared = [(case, likeness(told, _subject(case))) for case in rows]
    found = sorted((each for each in compared if each[1].share >= _LEAST_LIKE), key=lambda each: -each[1].share)
    return [_similar(actor, case, how) for case, how in found[:_MOST_SHOWN]]


_LEXEMES = Func(F("text__search"), function="tsvector_to_array", output_field=ArrayField(TextField()))


def _subject(case: Case) -> Subject:
    lexemes: list[str] = getattr(case, "lexemes", None) or []
    return Subject(keys_of(lexemes), place_of(case.text.place), case.category_id, str(case.citizen_id))


def _similar(actor: Actor, case: Case, how: Likeness) -> SimilarCase:
    may_absorb = case.stage != Stage.CLOSED and access.may(actor, Act.MERGE, facts_of(case)).allowed
    return SimilarCase(case.number, case.text.title, case.area.name, case.stage, case.received_at, how, may_absorb)


def _candidates(words: str, place: str, category: str, citizen: uuid.UUID | None, since: datetime) -> list[int]:
    """Return the newest cases that come into question; each part walks one index and stops early."""
    open_, recent = ~Q(stage=Stage.CLOSED), Q(received_at__gte=since)
    parts = []
    shares_a_word = _any_word(words, place)
    if category and shares_a_word is not None:
        of_it = Q(category_id=category, text__search=shares_a_word)
        parts += [_newest(of_it & recent), _newest(of_it & open_)]
    stands_there = _every_word(place)
    if stands_there is not None:
        parts.append(_newest(Q(text__search=stands_there) & recent))
    if citizen is not None:
        parts.append(_newest(Q(citizen_id=citizen) & (open_ | recent)))
    if not parts:
        return []
    return list(parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0])


def _newest(condition: Q) -> "QuerySet[Case, int]":
    return Case.objects.filter(condition).order_by("-received_at").values_list("pk", flat=True)[:_MOST_CANDIDATES]


def _every_word(place: str) -> SearchQuery | None:
    """Return the condition that all words of where it is stand in the text of a case, whatever its motive."""
    lexemes = list(dict.fromkeys(_WORD.findall(fold(place))))[:_MOST_WORDS]
    return SearchQuery(" & ".join(lexemes), config="simple", search_type="raw") if len(lexemes) > 1 else None


def _any_word(words: str, place: str) -> SearchQuery | None:
    """Return the condition that any word of what is told, or of where, stands in the text of a case."""
    told = [fold(word) for word in written_words(words)] + _WORD.findall(fold(place))
    lexemes = list(dict.fromkeys(told))[:_MOST_WORDS]
    return SearchQuery(" | ".join(lexemes), config="simple", search_type="raw") if lexemes else None
