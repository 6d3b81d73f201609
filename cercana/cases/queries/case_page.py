"""Everything the page of one case shows to the staff: its state, what was said and done, and what stands beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cercana.accounts import queries as accounts
from cercana.cases.models import AccessRecord, Attachment, Case
from cercana.cases.models import Event as EventRow
from cercana.cases.queries.protocol import deeds_of
from cercana.cases.queries.visibility import case_for, may_do, visible_cases
from cercana.citizens import queries as citizens
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.case_state import CaseState
from cercana.rules.escalation import called_in
from cercana.rules.history import Event, EventType, parse_instant, value_ids
from cercana.rules.projection import project
from cercana.rules.protocol_timeline import Mark, marks
from cercana.rules.stored_history import event_of
from cercana.rules.triage.proposal import Proposed

_EARLIER_CASES = 5
_ERASED = "(borrado a pedido de la persona)"
_HIDDEN = "(oculto para su rol)"
_REACHED = "can_be_written_to"
_STAFF = "staff:"
# Payloads name members of staff under these keys.
_STAFF_KEYS = ("owner", "staff", "attended_by")
_CALLED = "called"
_OF_PROTOCOL = frozenset({EventType.CRITICAL_PROPOSED, EventType.CRITICAL_MARKED, EventType.ALARM_RAISED})


@dataclass(frozen=True, slots=True)
class PageTurn:
    """
    One entry of the history; ``texts`` are the personal values it mentions, by their name in the payload.

    ``author`` is empty when the citizen or the system acted; ``others`` names the staff that the payload mentions.
    """

    sequence: int
    type: EventType
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    author: str
    on_behalf_of: str
    texts: Mapping[str, str]
    payload: Mapping[str, object]
    others: Mapping[str, str]

    @property
    def is_late_entry(self) -> bool:
        """Whether it was typed in after it happened («registrado después»)."""
        return bool(self.payload.get("source"))

    @property
    def is_by_citizen(self) -> bool:
        """Whether the citizen acted, or a member of staff wrote down what the citizen said."""
        return self.actor == "citizen" or bool(self.on_behalf_of)

    def word(self, name: str) -> str:
        """Return a plain word of the payload, or "" if it has none."""
        value = self.payload.get(name)
        return value if isinstance(value, str) else ""

    def instant(self, name: str) -> datetime | None:
        """Return an instant of the payload."""
        text = self.word(name)
        return parse_instant(text) if text else None


@dataclass(frozen=True, slots=True)
class Face:
    """What the page of a case shows of its citizen at once; the rest is uncovered by a recorded look."""

    name: str
    masked_document: str
    is_verified: bool
    language: str
    channel: str
    is_erased: bool
    can_be_written_to: bool


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another case of the same citizen that the actor may see."""

    number: str
    title: str
    stage: str
    outcome: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file of the case; ``state`` is ``waiting``, ``ready`` or ``refused``."""

    key: UUID
    name: str
    size: int
    state: str
    refusal: str
    is_internal: bool


@dataclass(frozen=True, slots=True)
class KeptProposal:
    """What triage proposed and when; ``text`` is what it read, "" for who may not know it and once it is erased."""

    proposed: Proposed
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """
    The case with its history, oldest first, and what stands beside it.

    ``marks`` are what the protocol asked for, if it was ever critical.
    """

    case: Case
    state: CaseState
    may: Mapping[Act, bool]
    title: str
    history: tuple[PageTurn, ...]
    person: Face
    earlier: tuple[EarlierCase, ...]
    files: tuple[File, ...]
    names: Mapping[int, str]
    marks: tuple[Mark, ...]
    triage: KeptProposal | None

    def newest(self, *types: EventType) -> PageTurn | None:
        """Return the newest entry of any of ``types``."""
        return next((turn for turn in reversed(self.history) if turn.type in types), None)


def page_of_case(actor: Actor, number: str) -> CasePage:
    """Return what the actor may see of the case; whoever shows it calls record_case. Raise CaseNotFound."""
    reached = citizens.written_to(citizen="citizen_id", case="key")
    case = case_for(actor, Act.VIEW, number=number, told={_REACHED: reached})
    may = may_do(actor, case, *Act)
    events = list(EventRow.objects.filter(case=case).order_by("sequence"))
    texts = citizens.values_of(id_ for event in events for id_ in value_ids(event.payload))
    names = accounts.names_of(_staff_in(case, events))
    knows_person = may[Act.VIEW_PERSONAL]
    history = [event_of(str(case.key), event) for event in events]
    state = project(history)
    return CasePage(
        case=case,
        state=state,
        may=may,
        title=case.text.title if knows_person and not case.is_restricted and hasattr(case, "text") else "",
        history=tuple(_turn(event, texts, names, is_hidden=not knows_person) for event in events),
        person=_face(case, knows_person=knows_person),
        earlier=_earlier(actor, case) if knows_person else (),
        files=_files(case) if knows_person else (),
        names=names,
        marks=_marks(history, state, texts),
        triage=_triage(case, events[0], texts, is_hidden=not knows_person),
    )


def _marks(history: Sequence[Event], state: CaseState, texts: Mapping[UUID, str | None]) -> tuple[Mark, ...]:
    if not state.is_critical and not any(event.type in _OF_PROTOCOL for event in history):
        return ()
    return marks(history, deeds_of(history, texts), state)


def record_case(actor: Actor, number: str, *, now: datetime) -> None:
    """Record that the actor was shown the page of a case."""
    AccessRecord.objects.create(actor=actor.signature, act="view", numbers=[number], at=now)


def last_sequence(actor: Actor, number: str) -> int:
    """Return how far the history of a case goes: what its live page compares. Raise CaseNotFound."""
    return case_for(actor, Act.VIEW, number=number).last_sequence


def record_look(actor: Actor, number: str, *, what: str, now: datetime, act: Act = Act.VIEW_PERSONAL) -> Case:
    """Record that the actor uncovers something of the case, as ``act`` allows, and return it; raise CaseNotFound."""
    case = case_for(actor, act, number=number)
    AccessRecord.objects.create(actor=actor.signature, act="uncover", numbers=[number], detail=what, at=now)
    return case


def _staff_in(case: Case, events: Iterable[EventRow]) -> set[int]:
    """Return the ids of everybody whom the history of a case names."""
    found = {each for each in (case.owner_id, case.complained_staff_id, *case.abstained) if each}
    for event in events:
        if event.actor.startswith(_STAFF):
            found.add(int(event.actor.removeprefix(_STAFF)))
        found |= {each for each in map(event.payload.get, _STAFF_KEYS) if isinstance(each, int)}
        found |= set(called_in(event.payload))
    return found


def _turn(event: EventRow, texts: Mapping[UUID, str | None], names: Mapping[int, str], *, is_hidden: bool) -> PageTurn:
    references = {name: each for name, each in event.payload.items() if isinstance(each, dict) and "hmac" in each}
    said = {name: texts.get(UUID(str(each["value"]))) for name, each in references.items()}
    return PageTurn(
        sequence=event.sequence,
        type=EventType(event.type),
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        actor=event.actor,
        author=names.get(int(event.actor.removeprefix(_STAFF)), "") if event.actor.startswith(_STAFF) else "",
        on_behalf_of=event.on_behalf_of,
        texts={name: _HIDDEN if is_hidden else _ERASED if text is None else text for name, text in said.items()},
        payload={name: each for name, each in event.payload.items() if name not in references},
        others=_others(event, names),
    )


def _triage(
    case: Case, received: EventRow, texts: Mapping[UUID, str | None], *, is_hidden: bool
) -> KeptProposal | None:
    """Return what triage proposed; None for a case that was there before triage."""
    if not hasattr(case, "triage"):
        return None
    description = received.payload.get("description")
    text = texts.get(UUID(str(description["value"]))) if isinstance(description, dict) and not is_hidden else None
    return KeptProposal(case.triage.proposed, case.triage.proposed_at, text or "")


def _others(event: EventRow, names: Mapping[int, str]) -> dict[str, str]:
    found = {key: names.get(event.payload[key], "") for key in _STAFF_KEYS if event.payload.get(key)}
    called = [names.get(each, "") for each in called_in(event.payload)]
    return {**found, _CALLED: ", ".join(called)} if called else found


def _face(case: Case, *, knows_person: bool) -> Face:
    person = case.citizen
    return Face(
        name=person.name if knows_person else "",
        masked_document=citizens.mask(person.document_number) if knows_person else "",
        is_verified=person.is_verified,
        language=person.language,
        channel=person.channel,
        is_erased=person.erased_at is not None,
        can_be_written_to=vars(case)[_REACHED],
    )


def _earlier(actor: Actor, case: Case) -> tuple[EarlierCase, ...]:
    others = visible_cases(access.scope(actor)).filter(citizen_id=case.citizen_id).exclude(pk=case.pk)
    rows = others.order_by("-received_at").values_list("number", "text__title", "stage", "outcome", "received_at")
    return tuple(
        EarlierCase(number, title or "", stage, outcome, received_at)
        for number, title, stage, outcome, received_at in rows[:_EARLIER_CASES]
    )


def _files(case: Case) -> tuple[File, ...]:
    rows = Attachment.objects.filter(case=case, erased_at=None).order_by("added_at")
    return tuple(File(row.key, row.name, row.size, row.state, row.refusal, row.is_internal) for row in rows)
