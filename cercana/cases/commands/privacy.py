"""Erasing a person from their cases, and taking back the code by which a case is followed."""

import uuid
from datetime import datetime

from django.db import transaction

from cercana.cases import storage
from cercana.cases.errors import CaseNotFound
from cercana.cases.models import Attachment, Case, Draft
from cercana.cases.queries.turns import Turn
from cercana.cases.queries.visibility import case_for, facts_of
from cercana.cases.recording import Step, record
from cercana.cases.search_text import erase_case_text
from cercana.citizens import commands as citizens
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.history import EventType


@transaction.atomic
def erase_citizen(key: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> int:
    """
    Remove everything personal about a citizen and return how many cases keep their facts without words.

    Raise CaseNotFound, and erase nothing, unless the actor may erase each of them (Act.ERASE), and for a person without
    cases. Files and letters go with what follows ERASED.
    """
    cases = list(Case.objects.select_for_update().filter(citizen_id=key).order_by("id"))
    if not cases or not all(access.may(actor, Act.ERASE, facts_of(case)).allowed for case in cases):
        raise CaseNotFound(number="")
    for case in cases:
        record(case, Step(EventType.ERASED, {"reason": reason}), actor=actor, now=now)
    ids = [case.pk for case in cases]
    erase_case_text(ids)
    Attachment.objects.filter(case_id__in=ids).update(name="", erased_at=now)
    Draft.objects.filter(fields__person=str(key)).delete()
    citizens.erase_person(key, now=now)
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
