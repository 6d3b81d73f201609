"""What the protocol of critical cases reads: one case locked with its history, and those that the wall shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from cercana.cases.models import Case, Clock
from cercana.cases.models import Event as EventRow
from cercana.cases.queries.selections import CRITICAL
from cercana.cases.queries.visibility import facts_of, visible_cases
from cercana.citizens import queries as citizens
from cercana.rules import access
from cercana.rules.access import Actor, Facts
from cercana.rules.acts import Act
from cercana.rules.classification import CLOCKS_ASIDE, CaseClass, ClockKind, CriticalState
from cercana.rules.escalation import Alarm, alarm_of
from cercana.rules.history import Event, EventType, value_ids
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.stored_history import event_of
from cercana.rules.vigilance import DEEDS, Deed, Watch

_ALARMS = frozenset({EventType.ALARM_RAISED, EventType.ALARM_ESCALATED, EventType.ALARM_ACKNOWLEDGED})
_OF_PROTOCOL = _ALARMS | DEEDS | {EventType.DANGER_REMOVED}


@dataclass(frozen=True, slots=True)
class WatchedCase:
    """A case under the protocol: what access needs of it, and its watch; ``watch`` is None if nothing is watched."""

    id: int
    key: UUID
    number: str
    facts: Facts
    area_name: str
    class_: str
    is_drill: bool
    watch: Watch | None


@dataclass(frozen=True, slots=True)
class WallCase:
    """
    An open critical case as the wall shows it; ``title``, ``place`` and ``last_words`` are empty unless known.

    ``clocks`` holds the newest clock of each kind; ``last_words`` what was done, from the last check-in.
    """

    number: str
    title: str
    place: str
    is_known: bool
    is_restricted: bool
    is_proposed: bool
    channel: str
    area: str
    owner: str
    stage: str
    received_at: datetime
    critical_since: datetime
    answered_at: datetime | None
    is_danger_removed: bool
    clocks: Mapping[str, Clock]
    last_type: EventType
    last_at: datetime
    last_words: str
    alarm: Alarm | None
    watch: Watch
    may_take_charge: bool


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A critical case that was closed today: what it was about, if known, and how long it took."""

    title: str
    is_restricted: bool
    is_known: bool
    received_at: datetime
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class CriticalRecord:
    """The critical cases closed this month: how many, how many of them in time, and those of today, newest first."""

    closed: int
    in_time: int
    today: tuple[EndedCase, ...]


def watched_case(case_id: int) -> WatchedCase | None:
    """Return a case, locked until the end of the transaction, with its watch as its history leaves it."""
    return _watched(Case.objects.select_for_update(of=("self",)).filter(pk=case_id))


def watched_number(number: str) -> WatchedCase | None:
    """Return the same by its number."""
    return _watched(Case.objects.select_for_update(of=("self",)).filter(number=number))


def watch_of(key: UUID) -> WatchedCase | None:
    """Return the same by its key, to be looked at only: it is not locked."""
    return _watched(Case.objects.filter(key=key))


def _watched(found: QuerySet[Case]) -> WatchedCase | None:
    case = found.select_related("area").first()
    if case is None:
        return None
    is_watched = case.critical_state != CriticalState.NONE and case.stage != Stage.CLOSED
    watch = _watch(case, _events([case]).get(case.pk, [])) if is_watched else None
    return WatchedCase(
        case.pk, case.key, case.number, facts_of(case), case.area.name, case.class_, case.is_drill, watch
    )


def wall_cases(actor: Actor) -> list[WallCase]:
    """Return every open critical case that the actor may see; whoever shows them calls record_list."""
    clocks = Prefetch(
        "clocks",
        Clock.objects.exclude(status=ClockStatus.VOID).exclude(kind__in=CLOCKS_ASIDE).order_by("round"),
        to_attr="found_clocks",
    )
    found = visible_cases(access.scope(actor)).filter(CRITICAL).select_related("area", "owner", "text")
    cases = list(found.prefetch_related(clocks).order_by("attention_due_at", "pk"))
    events = _events(cases, Q(sequence=1))
    newest = _newest(cases)
    texts = citizens.values_of(_shown_values(events))
    return [_wall_case(actor, case, events.get(case.pk, []), newest[case.pk], texts) for case in cases]


def critical_record(actor: Actor, *, month: datetime, day: datetime) -> CriticalRecord:
    """Return what became of the critical cases closed since ``month``, among them those since ``day``."""
    closed = visible_cases(access.scope(actor)).filter(
        class_=CaseClass.CRITICAL, stage=Stage.CLOSED, closed_at__gte=month, is_drill=False
    )
    resolution = Prefetch("clocks", Clock.objects.filter(kind=ClockKind.RESOLUTION), to_attr="found_clocks")
    cases = list(closed.select_related("text").prefetch_related(resolution).order_by("-closed_at", "pk"))
    in_time = sum(any(each.status == ClockStatus.MET for each in vars(case)["found_clocks"]) for case in cases)
    today = tuple(_ended(actor, case) for case in cases if case.closed_at and case.closed_at >= day)
    return CriticalRecord(len(cases), in_time, today)


def _ended(actor: Actor, case: Case) -> EndedCase:
    is_known = access.may(actor, Act.VIEW_PERSONAL, facts_of(case)).allowed
    closed_at = case.closed_at or case.stage_since
    return EndedCase(_title(case, is_known=is_known), case.is_restricted, is_known, case.received_at, closed_at)


def _wall_case(
    actor: Actor, case: Case, events: Sequence[Event], newest: EventRow, texts: Mapping[UUID, str | None]
) -> WallCase:
    facts = facts_of(case)
    is_known = access.may(actor, Act.VIEW_PERSONAL, facts).allowed
    is_shown = is_known and not case.is_restricted
    alarm = alarm_of(events)
    said = next((each for each in reversed(events) if each.type is EventType.CHECKED_IN), None)
    is_newest = said is not None and said.sequence == newest.sequence
    return WallCase(
        number=case.number,
        title=_title(case, is_known=is_known),
        place=_text_of(events[0], "place", texts) if is_shown else "",
        is_known=is_known,
        is_restricted=case.is_restricted,
        is_proposed=case.critical_state == CriticalState.PROPOSED,
        channel=case.channel,
        area=case.area.name,
        owner=case.owner.full_name if case.owner else "",
        stage=case.stage,
        received_at=case.received_at,
        critical_since=case.became_critical_at or case.received_at,
        answered_at=case.answered_at,
        is_danger_removed=_is_danger_removed(case, events),
        clocks={each.kind: each for each in vars(case)["found_clocks"]},
        last_type=EventType(newest.type),
        last_at=newest.occurred_at,
        last_words=_text_of(said, "done", texts) if said and is_newest and is_shown else "",
        alarm=alarm,
        watch=_watch(case, events, texts),
        may_take_charge=access.may(actor, Act.ACKNOWLEDGE_ALARM, facts).allowed,
    )


def _title(case: Case, *, is_known: bool) -> str:
    return case.text.title if is_known and not case.is_restricted and hasattr(case, "text") else ""


def _is_danger_removed(case: Case, events: Iterable[Event]) -> bool:
    return case.answered_at is not None and any(
        each.type is EventType.DANGER_REMOVED and each.occurred_at >= case.answered_at for each in events
    )


def _watch(case: Case, events: Sequence[Event], texts: Mapping[UUID, str | None] | None = None) -> Watch:
    known = texts if texts is not None else citizens.values_of(_values(_deeds(events)))
    return Watch(alarm_of(events), deeds_of(events, known), is_answered=case.stage == Stage.ANSWERED)


def deeds_of(events: Iterable[Event], texts: Mapping[UUID, str | None]) -> list[Deed]:
    """Return what staff entered about the matter in ``events``, with its words out of ``texts``."""
    return [Deed(each.occurred_at, _words(each, texts)) for each in _deeds(events)]


def _deeds(events: Iterable[Event]) -> list[Event]:
    return [each for each in events if each.type in DEEDS and each.actor.startswith("staff:")]


def _shown_values(events: Mapping[int, Sequence[Event]]) -> list[UUID]:
    of_deeds = [id_ for each in events.values() for id_ in _values(_deeds(each))]
    return [*of_deeds, *(UUID(str(ref["value"])) for each in events.values() if (ref := _reference(each[0], "place")))]


def _values(events: Iterable[Event]) -> list[UUID]:
    return [id_ for each in events for id_ in value_ids(each.payload)]


def _words(event: Event, texts: Mapping[UUID, str | None]) -> str:
    return " ".join(texts.get(id_) or "" for id_ in value_ids(event.payload))


def _text_of(event: Event, name: str, texts: Mapping[UUID, str | None]) -> str:
    reference = _reference(event, name)
    return texts.get(UUID(str(reference["value"]))) or "" if reference else ""


def _reference(event: Event, name: str) -> Mapping[str, object] | None:
    given = event.payload.get(name)
    return given if isinstance(given, dict) and "value" in given else None


def _events(cases: Sequence[Case], more: Q | None = None) -> dict[int, list[Event]]:
    """Return what the protocol reads of the histories of ``cases``, oldest first, by the ids of the cases."""
    keys = {case.pk: str(case.key) for case in cases}
    wanted = Q(type__in=list(_OF_PROTOCOL)) if more is None else Q(type__in=list(_OF_PROTOCOL)) | more
    found: dict[int, list[Event]] = {}
    for row in EventRow.objects.filter(wanted, case_id__in=keys).order_by("case_id", "sequence"):
        found.setdefault(row.case_id, []).append(event_of(keys[row.case_id], row))
    return found


def _newest(cases: Sequence[Case]) -> dict[int, EventRow]:
    """Return the newest thing that happened to each of ``cases``; an alarm does not hide what was done before it."""
    rows = EventRow.objects.filter(case__in=cases).exclude(type__in=list(_ALARMS))
    return {row.case_id: row for row in rows.order_by("case_id", "-sequence").distinct("case_id")}
