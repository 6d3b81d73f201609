"""Erasing a person from their cases, and taking back the code by which a case is followed."""

import re
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cercana.cases import storage
from cercana.cases.errors import AlreadyErased, PersonNotFound, ReasonNamesPerson, TextMissing
from cercana.cases.models import AccessRecord, Attachment, Case, Draft
from cercana.cases.queries.turns import Turn
from cercana.cases.queries.visibility import case_for, facts_of
from cercana.cases.recording import Step, record
from cercana.cases.search_text import erase_case_text
from cercana.citizens import commands as citizens
from cercana.citizens import queries as people
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.folding import fold
from cercana.rules.history import EventType

# Shorter ones («de», «la») say nothing about anybody. The number of a case has no seven digits in a row.
_NAME_WORD = re.compile(r"\w{4,}")
_CONTACT = re.compile(r"@|\d(?:[ .]?\d){6,}")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure reached."""

    people: int
    cases: int


@transaction.atomic
def erase_people(keys: Collection[uuid.UUID], *, reason: str, actor: Actor, now: datetime) -> Erasure:
    """Erase several entries of the same person at once, or none of them; the errors are those of erase_citizen."""
    check_reason(keys, reason)
    return Erasure(len(keys), sum(erase_citizen(key, reason=reason, actor=actor, now=now) for key in keys))


def check_reason(keys: Iterable[uuid.UUID], reason: str) -> None:
    """Raise TextMissing without a reason, ReasonNamesPerson if it says who one of the people called ``keys`` is."""
    if not reason.strip():
        raise TextMissing(what="por qué se borra")
    words = set(_NAME_WORD.findall(fold(reason)))
    names = {word for each in people.people_called(keys) for word in _NAME_WORD.findall(fold(each.name))}
    if words & names or _CONTACT.search(reason):
        raise ReasonNamesPerson


@transaction.atomic
def erase_citizen(key: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> int:
    """
    Remove everything personal about a citizen and return how many cases keep their facts without words.

    Raise PersonNotFound, and erase nothing, unless the actor may erase each of them (Act.ERASE), and for a person
    without cases; AlreadyErased the second time. Files and letters go with what follows ERASED. The record of access
    keeps who did it, and to which cases.
    """
    cases = list(Case.objects.select_for_update().filter(citizen_id=key).order_by("id"))
    if not cases or not all(access.may(actor, Act.ERASE, facts_of(case)).allowed for case in cases):
        raise PersonNotFound(number="")
    if all(case.erased_at for case in cases):
        raise AlreadyErased
    for case in cases:
        record(case, Step(EventType.ERASED, {"reason": reason.strip()}), actor=actor, now=now)
    ids = [case.pk for case in cases]
    erase_case_text(ids)
    Attachment.objects.filter(case_id__in=ids).update(name="", erased_at=now)
    Draft.objects.filter(fields__person=str(key)).delete()
    citizens.erase_person(key, now=now)
    AccessRecord.objects.create(actor=actor.signature, act="erase", numbers=[case.number for case in cases], at=now)
    return len(cases)


def delete_erased_files(turn: Turn, *, now: datetime) -> None:
    """Delete the files of the case of an erased person."""
    for key in Attachment.objects.filter(case_id=turn.case_id, erased_at__isnull=False).values_list("key", flat=True):
        storage.delete(key)


@transaction.atomic
def revoke_access(*, number: str, actor: Actor, now: datetime) -> Case:
    """Make every tracking code and signed link given so far worthless; new ones are of the next generation."""
    case = case_for(actor, Act.REVOKE_ACCESS, number=number, lock=True)
    record(case, Step(EventType.ACCESS_REVOKED), actor=actor, now=now)
    return case
