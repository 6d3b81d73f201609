"""The words a case is found by: folded once when written, so that accents and capitals never matter (decision 0010)."""

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from cercana.cases.models import Case, CaseText
from cercana.rules.folding import fold
from cercana.rules.near_places import spot_of

_LONGEST_HEADLINE = 90
_FIRST_SENTENCE = re.compile(r"(?<=[.!?…])\s|\n")


def headline(description: str) -> str:
    """Return a title for a case from the first words of its description, cut between words."""
    first = _FIRST_SENTENCE.split(description.strip(), maxsplit=1)[0]
    tidy = " ".join(first.split()).rstrip(".")
    if len(tidy) <= _LONGEST_HEADLINE:
        return tidy
    return tidy[:_LONGEST_HEADLINE].rsplit(" ", 1)[0] + "…"


def write_case_text(case: Case, *, title: str, place: str, words: Iterable[str], name: str) -> None:
    """Store the title, place and searchable words of a new case; a restricted one is found by its number only."""
    if case.is_restricted:
        CaseText.objects.create(case=case, title="", place="")
        return
    search = search_vector(" ".join((title, place, *words, name)))
    folded = fold(place.strip())[:200]
    spot = spot_of(folded)
    street, metre = (spot.street, spot.metre) if spot else ("", None)
    CaseText.objects.create(
        case=case,
        title=title[:120],
        place=folded,
        search=search,
        street=street,
        metre=metre,
        told_at=case.received_at,
    )


def search_vector(text: str) -> object:
    """Return the expression of the words of ``text``: stems of Spanish, and the words as they are for prefixes."""
    folded = Value(fold(text))
    return SearchVector(folded, config="spanish") + SearchVector(folded, config="simple")


def erase_case_text(case_ids: Iterable[int]) -> None:
    """Remove what cases are listed and found by."""
    CaseText.objects.filter(case_id__in=list(case_ids)).update(title="", place="", search=None, street="", metre=None)
