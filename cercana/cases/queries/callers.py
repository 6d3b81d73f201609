"""The cases of somebody who calls: in outline until they prove who they are, then as they may hear of them (M2.3b)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from cercana.cases.models import AccessRecord, Case
from cercana.cases.queries.entrance import entrance_by_code
from cercana.cases.queries.search import IS_CLOSED, Hit, hits_of
from cercana.cases.queries.visibility import hidden_from, may_take_opinion, visible_cases, words_to_take_down
from cercana.organization import queries as organization
from cercana.rules import access, case_number
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.case_number import NumberUnknown
from cercana.rules.lifecycle import Stage

_MOST = 8


@dataclass(frozen=True, slots=True)
class MaskedCase:
    """A case of somebody who has proved nothing yet: the last letter of its number, where it stands and since when."""

    letter: str
    stage: Stage
    received_at: datetime


@dataclass(frozen=True, slots=True)
class CallerCase:
    """
    A case of a caller who proved who they are; ``may_open`` tells whether the actor may look at all of it.

    ``words`` are what the actor may take down of them about its answer: yes, no, their opinion, or nothing.
    """

    hit: Hit
    may_open: bool
    words: tuple[Act, ...]


def masked_cases(actor: Actor, citizen: uuid.UUID) -> Sequence[MaskedCase]:
    """Return the cases of a person in outline, open ones and newest first: enough to ask, nothing to tell."""
    rows = _of_person(actor, citizen).values_list("number", "stage", "received_at")
    return [MaskedCase(number[-1], Stage(stage), received_at) for number, stage, received_at in rows]


def cases_of_caller(actor: Actor, citizen: uuid.UUID, *, now: datetime) -> Sequence[CallerCase]:
    """
    Return the cases of somebody who proved who they are, open ones and newest first; the look is recorded.

    Whoever asks has made sure of the proof. Complaints about ``actor`` and restricted cases are not among them.
    """
    hits = hits_of(_of_person(actor, citizen))
    if hits:
        numbers = [hit.number for hit in hits]
        AccessRecord.objects.create(actor=actor.signature, act="caller", numbers=numbers, at=now)
    visible = visible_cases(access.scope(actor)).filter(number__in=[hit.number for hit in hits])
    open_to_actor = set(visible.values_list("number", flat=True))
    return [CallerCase(hit, hit.number in open_to_actor, _words(actor, hit)) for hit in hits]


def person_behind_code(typed_number: str, typed_code: str) -> uuid.UUID | None:
    """Return whose case the number and the tracking code open together; None without telling which one is wrong."""
    try:
        number = str(case_number.parse(typed_number, organization.municipality().prefix))
    except NumberUnknown:
        number = ""
    entrance = entrance_by_code(number, typed_code, secret=settings.SECRET_KEY.encode())
    return None if entrance is None else Case.objects.values_list("citizen_id", flat=True).get(key=entrance.key)


def case_of_person(number: str, citizen: uuid.UUID) -> int | None:
    """Return the id of the case if it belongs to ``citizen``, None otherwise."""
    return Case.objects.filter(number=number, citizen_id=citizen).values_list("pk", flat=True).first()


def id_of_case(number: str) -> int | None:
    """Return the id of the case; whoever asks has made sure that they may know of it."""
    return Case.objects.filter(number=number).values_list("pk", flat=True).first()


def _words(actor: Actor, hit: Hit) -> tuple[Act, ...]:
    if hit.stage == Stage.CLOSED:
        return (Act.GIVE_OPINION,) if may_take_opinion(actor, hit.number) else ()
    return words_to_take_down(actor, hit.number) if hit.stage == Stage.ANSWERED else ()


def _of_person(actor: Actor, citizen: uuid.UUID) -> QuerySet[Case]:
    cases = Case.objects.filter(citizen_id=citizen, is_restricted=False, erased_at=None)
    return cases.exclude(pk__in=hidden_from(actor)).order_by(IS_CLOSED, "-received_at", "-id")[:_MOST]
