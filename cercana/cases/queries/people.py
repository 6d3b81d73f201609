"""People as the data-protection officer finds them: who they are, how much is kept about them and since when."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from cercana.cases.errors import ErasureRefused, PersonNotFound
from cercana.cases.models import AccessRecord, Case
from cercana.cases.queries.search import record_people_search
from cercana.cases.queries.visibility import hidden_from
from cercana.citizens import queries as citizens
from cercana.citizens.queries import PersonFound
from cercana.rules import entitlements
from cercana.rules.access import Actor
from cercana.rules.lifecycle import Stage


@dataclass(frozen=True, slots=True)
class PersonOnFile:
    """Somebody known, the document masked, with what their cases say about how long they are kept."""

    key: uuid.UUID
    name: str
    masked_document: str
    is_verified: bool
    cases: int
    open_cases: int
    first_received_at: datetime
    last_closed_at: datetime | None


def find_people_on_file(actor: Actor, typed: str, *, now: datetime) -> list[PersonOnFile]:
    """
    Return up to eight people who match what was typed; that somebody looked is recorded, what they typed is not.

    Whoever complained about ``actor`` is not among them (M3.3a). Raise ErasureRefused.
    """
    _check(actor)
    found = citizens.find_people(typed)
    if found:
        record_people_search(actor, now=now)
    return _on_file(actor, found)


def people_on_file(actor: Actor, keys: Collection[uuid.UUID], *, now: datetime) -> list[PersonOnFile]:
    """
    Return the people called ``keys``, by name; the look is recorded with the numbers of their cases.

    Raise ErasureRefused, or PersonNotFound if one of them is unknown, erased or complained about ``actor``.
    """
    _check(actor)
    people = _on_file(actor, citizens.people_called(keys))
    if not keys or len(people) != len(set(keys)):
        raise PersonNotFound(number="")
    numbers = Case.objects.filter(citizen_id__in=keys).order_by("id").values_list("number", flat=True)
    AccessRecord.objects.create(actor=actor.signature, act="person", numbers=list(numbers), at=now)
    return people


def _on_file(actor: Actor, found: Iterable[PersonFound]) -> list[PersonOnFile]:
    known = {each.key: each for each in found}
    cases = Case.objects.filter(citizen_id__in=known)
    hidden = set(cases.filter(pk__in=hidden_from(actor)).values_list("citizen_id", flat=True))
    kept = cases.exclude(citizen_id__in=hidden).values("citizen_id")
    facts = kept.annotate(
        total=Count("pk"), unfinished=Count("pk", filter=~Q(stage=Stage.CLOSED)),
        first=Min("received_at"), last=Max("closed_at"),
    )  # fmt: skip
    rows = {row["citizen_id"]: row for row in facts}
    return [
        PersonOnFile(
            key=person.key,
            name=person.name,
            masked_document=person.masked_document,
            is_verified=person.is_verified,
            cases=rows[person.key]["total"],
            open_cases=rows[person.key]["unfinished"],
            first_received_at=rows[person.key]["first"],
            last_closed_at=rows[person.key]["last"],
        )
        for person in known.values()
        if person.key in rows
    ]


def _check(actor: Actor) -> None:
    if not entitlements.may_erase_people(actor).allowed:
        raise ErasureRefused
