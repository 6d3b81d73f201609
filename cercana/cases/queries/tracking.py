"""A case as its citizen may see it: where it stands, what was done, what was said, and nothing internal."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from cercana.accounts import queries as accounts
from cercana.cases.errors import CaseNotFound
from cercana.cases.models import Attachment, Case, Clock, Referral
from cercana.cases.models import Event as EventRow
from cercana.cases.queries.visibility import facts_of, may_do, visible_cases
from cercana.citizens import queries as citizens
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, ClockKind, CriticalState, RequestKind
from cercana.rules.history import Event, EventType, Payload, value_ids
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockState, ClockStatus

_SHOWN = (
    EventType.RECEIVED,
    EventType.REGISTERED,
    EventType.REFERRED,
    EventType.HANDED_BACK,
    EventType.TAKEN,
    EventType.ASSIGNED,
    EventType.ACTED,
    EventType.WROTE,
    EventType.SPOKE,
    EventType.PROMISED,
    EventType.FORWARDED,
    EventType.ANSWERED,
    EventType.CONFIRMATION_ATTEMPTED,
    EventType.CONFIRMED,
    EventType.CLOSED,
    EventType.CONTESTED,
    EventType.WITHDRAWN,
    EventType.REOPENED,
    EventType.MERGED,
    EventType.NOTIFIED,
    EventType.RECLASSIFIED,
    EventType.PLATFORM_CODE_RECORDED,
    EventType.ATTACHED,
    EventType.INTERPRETER_REQUESTED,
    EventType.MESSAGE_RECEIVED,
    EventType.ACCESS_REVOKED,
    EventType.PROMISE_MOVED,
    EventType.OPINION_GIVEN,
    EventType.CRITICAL_PROPOSED,
    EventType.CRITICAL_MARKED,
    EventType.CRITICAL_REJECTED,
    EventType.LOWERING_DECIDED,
    EventType.PROMISE_KEPT,
)
# What staff wrote for each other, though the event itself is no secret.
_INTERNAL_TEXTS = {
    EventType.SPOKE: {"text"},
    EventType.FORWARDED: {"proof"},
    EventType.CONFIRMATION_ATTEMPTED: {"result"},
    EventType.RECLASSIFIED: {"reason"},
    EventType.OPINION_GIVEN: {"line"},
    EventType.CRITICAL_PROPOSED: {"words"},
    EventType.CRITICAL_REJECTED: {"reason"},
    EventType.LOWERING_DECIDED: {"reason"},
}
_OFFERED = (
    Act.CONFIRM,
    Act.CONTEST,
    Act.WITHDRAW,
    Act.REOPEN,
    Act.RECEIVE_MESSAGE,
    Act.ATTACH,
    Act.REVOKE_ACCESS,
    Act.RECORD_PLATFORM_CODE,
    Act.GIVE_OPINION,
)


@dataclass(frozen=True, slots=True)
class TrackedFile:
    """A file that the citizen or the municipality added; it opens when it is ``ready``."""

    key: uuid.UUID
    name: str
    size: int
    content_type: str
    state: str
    refusal: str

    @property
    def is_ready(self) -> bool:
        """Whether it may be opened."""
        return self.state == "ready"


@dataclass(frozen=True, slots=True)
class Happening:
    """
    One entry of the history as the citizen may read it.

    ``author`` is the first name of a member of staff, ``area`` the unit that had the case then; both may be "".
    ``texts`` are words by their name in the payload (an erased one is missing), ``facts`` the rest of it.
    """

    type: EventType
    at: datetime
    sequence: int
    is_mine: bool
    author: str
    area: str
    area_en: str
    texts: Mapping[str, str]
    facts: Payload
    files: Sequence[TrackedFile] = ()


@dataclass(frozen=True, slots=True)
class TrackedCase:
    """
    What the citizen of a case sees; ``happenings`` and ``files`` oldest first, ``acts`` what they may do now.

    ``term_days`` are the working days of the terms of the law by their id, as clocks keep it.
    ``channel`` is how they want to be answered: "email", "phone" or ""; ``routed_to`` where else the law sends them.
    """

    key: uuid.UUID
    number: str
    title: str
    kind: RequestKind
    class_: CaseClass
    critical_state: CriticalState
    became_critical_at: datetime | None
    category: str
    category_en: str
    stage: Stage
    stage_since: datetime
    received_at: datetime
    answered_at: datetime | None
    confirmed_at: datetime | None
    closed_at: datetime | None
    outcome: str
    closure: str
    is_restricted: bool
    is_reopened: bool
    is_erased: bool
    generation: int
    platform_code: str
    routed_to: str
    last_sequence: int
    area: str
    area_en: str
    owner: str
    person: str
    channel: str
    emails: Sequence[str]
    phones: Sequence[str]
    clocks: Sequence[ClockState]
    term_days: Mapping[str, int]
    happenings: Sequence[Happening]
    files: Sequence[TrackedFile]
    acts: frozenset[Act] = field(default_factory=frozenset)

    @property
    def is_in_review(self) -> bool:
        """Whether somebody looks at it because of possible danger: its hours are promised once that is confirmed."""
        return self.critical_state is CriticalState.PROPOSED and self.stage is not Stage.CLOSED

    def clock(self, kind: ClockKind) -> ClockState | None:
        """Return the newest clock of ``kind`` that applies."""
        applying = [each for each in self.clocks if each.kind is kind and each.status is not ClockStatus.VOID]
        return applying[-1] if applying else None

    def newest(self, *types: EventType) -> Happening | None:
        """Return the last happening of one of ``types``."""
        return next((each for each in reversed(self.happenings) if each.type in types), None)


def tracked_case(actor: Actor, *, number: str) -> TrackedCase:
    """
    Return the case for the page on which its citizen follows it, in four statements.

    Raise CaseNotFound also for a case that ``actor`` may not know of.
    """
    case = _with_children(visible_cases(access.scope(actor))).filter(number=number).first()
    if case is None or not access.may(actor, Act.VIEW_PERSONAL, facts_of(case)).allowed:
        raise CaseNotFound(number=number)
    rows = list(EventRow.objects.filter(case_id=case.pk, type__in=_SHOWN).order_by("sequence"))
    files = [_file(given) for given in case.given_files]
    names = accounts.names_of({*_staff_in(rows), *([case.owner_id] if case.owner_id else [])})
    area_names = {each["code"]: (each["name"], each["name_en"]) for each in case.given_areas}
    area_names[case.area_id] = (case.area.name, case.area.name_en)
    offered = may_do(actor, case, *_OFFERED)
    return TrackedCase(
        key=case.key,
        number=case.number,
        title=case.text.title,
        kind=RequestKind(case.kind),
        class_=CaseClass(case.class_),
        critical_state=CriticalState(case.critical_state),
        became_critical_at=case.became_critical_at,
        category=case.category.name,
        category_en=case.category.name_en,
        stage=Stage(case.stage),
        stage_since=case.stage_since,
        received_at=case.received_at,
        answered_at=case.answered_at,
        confirmed_at=case.confirmed_at,
        closed_at=case.closed_at,
        outcome=case.outcome,
        closure=case.closure,
        is_restricted=case.is_restricted,
        is_reopened=bool(case.reopened_count),
        is_erased=case.erased_at is not None,
        generation=case.access_generation,
        platform_code=case.platform_code,
        routed_to=case.legal_nature.routed_to,
        last_sequence=case.last_sequence,
        area=case.area.name,
        area_en=case.area.name_en,
        owner=_first_name(names.get(case.owner_id or 0, "")),
        person=_first_name(case.citizen.name),
        channel=case.citizen.channel,
        emails=case.emails,
        phones=case.phones,
        clocks=[_clock(given) for given in case.given_clocks],
        term_days={str(each["id"]): each["days"] for each in case.given_terms if each["id"]},
        happenings=_happenings(rows, area_names, names, files),
        files=files,
        acts=frozenset(act for act, allowed in offered.items() if allowed),
    )


def is_shown_to_citizen(event: Event) -> bool:
    """Tell whether the citizen of a case reads ``event`` in its history."""
    return event.type in _SHOWN and not event.payload.get("internal")


def _with_children(cases: QuerySet[Case]) -> "QuerySet[Any]":
    """Return ``cases`` with everything small that belongs to one of them, gathered by the database in one statement."""
    of_case = {"case_id": OuterRef("pk")}
    clocks = Clock.objects.filter(**of_case).order_by("id")
    files = Attachment.objects.filter(**of_case, is_internal=False, erased_at=None).order_by("id")
    referrals = Referral.objects.filter(**of_case).order_by("ordinal")
    return cases.select_related("text", "area", "category", "citizen", "legal_nature").annotate(
        given_clocks=ArraySubquery(clocks.values(json=JSONObject(**{name: name for name in _CLOCK_FIELDS}))),
        given_terms=ArraySubquery(
            Case.objects.filter(pk=OuterRef("pk")).values(
                json=JSONObject(id="legal_nature__terms__id", days="legal_nature__terms__working_days")
            )
        ),
        given_files=ArraySubquery(files.values(json=JSONObject(**{name: name for name in _FILE_FIELDS}))),
        given_areas=ArraySubquery(
            referrals.values(json=JSONObject(code="area_id", name="area__name", name_en="area__name_en"))
        ),
        emails=_contacts("email"),
        phones=_contacts("phone"),
    )


def _contacts(kind: str) -> ArraySubquery:
    """Return the contacts of one kind of the citizen that are for this case and have not failed, oldest first."""
    own = citizens.given_for(F("key"), through="citizen__contact_points__")
    reached = {"citizen__contact_points__kind": kind, "citizen__contact_points__is_bounced": False}
    cases = Case.objects.filter(own, pk=OuterRef("pk"), **reached).order_by("citizen__contact_points__id")
    return ArraySubquery(cases.values("citizen__contact_points__value"))


_FILE_FIELDS = ("key", "name", "size", "content_type", "state", "refusal")
_CLOCK_INSTANTS = ("started_at", "due_at", "suspended_at", "ended_at", "breached_at")
_CLOCK_FIELDS = (*_CLOCK_INSTANTS, "kind", "round", "inclusive", "whole_day", "policy_version", "term", "status")


def _file(given: Mapping[str, Any]) -> TrackedFile:
    return TrackedFile(**{**given, "key": uuid.UUID(given["key"])})


def _clock(given: Mapping[str, Any]) -> ClockState:
    instants = {name: given[name] and datetime.fromisoformat(given[name]) for name in _CLOCK_INSTANTS}
    known = {**given, **instants, "kind": ClockKind(given["kind"]), "status": ClockStatus(given["status"])}
    return ClockState(**known)


def _staff_in(rows: Iterable[EventRow]) -> set[int]:
    return {int(row.actor.removeprefix("staff:")) for row in rows if row.actor.startswith("staff:")}


def _happenings(
    rows: Sequence[EventRow],
    area_names: Mapping[str, tuple[str, str]],
    names: Mapping[int, str],
    files: Sequence[TrackedFile],
) -> list[Happening]:
    values = citizens.values_of(id_ for row in rows for id_ in value_ids(row.payload))
    by_key = {str(each.key): each for each in files}
    area, found = ("", ""), []
    for row in rows:
        type_ = EventType(row.type)
        area = area_names.get(str(row.payload.get("area", "")), area)
        if row.payload.get("internal"):
            continue
        is_mine = row.actor == "citizen" or row.on_behalf_of == "citizen"
        staff = row.actor.removeprefix("staff:")
        found.append(
            Happening(
                type=type_,
                at=row.occurred_at,
                sequence=row.sequence,
                is_mine=is_mine,
                author=_first_name(names.get(int(staff), "")) if staff.isdigit() and not is_mine else "",
                area=area[0],
                area_en=area[1],
                texts=_texts(type_, row.payload, values),
                facts={name: value for name, value in row.payload.items() if not isinstance(value, dict)},
                files=[by_key[key] for key in row.payload.get("attachments", ()) if key in by_key],
            )
        )
    return found


def _texts(type_: EventType, payload: Payload, values: Mapping[uuid.UUID, str | None]) -> dict[str, str]:
    hidden = _INTERNAL_TEXTS.get(type_, set())
    texts = {}
    for name, given in payload.items():
        if name not in hidden and isinstance(given, dict) and "hmac" in given:
            text = values.get(uuid.UUID(str(given["value"])))
            if text:
                texts[name] = text
    return texts


def _first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else ""
