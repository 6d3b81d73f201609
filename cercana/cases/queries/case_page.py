"""Everything the page of one case shows to the staff: its state, its thread in words, and what is around it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cercana.accounts import queries as accounts
from cercana.cases import storage
from cercana.cases.errors import AttachmentNotReady
from cercana.cases.models import AccessRecord, Attachment, Case, Event
from cercana.cases.queries.visibility import case_for, visible_cases
from cercana.cases.rows import event_of
from cercana.citizens import queries as citizens
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.history import EventType, parse_instant, value_ids
from cercana.rules.projection import CaseState, project

_EARLIER_CASES = 5
_ERASED = "(borrado a pedido de la persona)"


@dataclass(frozen=True, slots=True)
class PageTurn:
    """One entry of the thread; ``texts`` are the personal values it mentions, by their name in the payload."""

    sequence: int
    type: EventType
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    author: str
    on_behalf_of: str
    texts: dict[str, str]
    payload: dict[str, object]

    @property
    def is_late_entry(self) -> bool:
        """Whether it was typed in after it happened («registrado después»)."""
        return bool(self.payload.get("source"))


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
    """A file of the case."""

    key: UUID
    name: str
    size: int
    state: str
    is_internal: bool
    added_at: datetime


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case with its thread, oldest first, and what stands beside it."""

    case: Case
    state: CaseState
    title: str
    place: str
    thread: tuple[PageTurn, ...]
    person: citizens.Profile
    earlier: tuple[EarlierCase, ...]
    files: tuple[File, ...]
    names: dict[int, str]

    def first_text(self, name: str) -> str:
        """Return a text of the reception, such as the description."""
        return self.thread[0].texts.get(name, "") if self.thread else ""


def page_of_case(actor: Actor, number: str, *, now: datetime) -> CasePage:
    """Return what the actor may see of the case; the look is recorded. Raise CaseNotFound."""
    case = case_for(actor, Act.VIEW, number=number)
    AccessRecord.objects.create(actor=actor.signature, act="view", numbers=[number], at=now)
    events = list(Event.objects.filter(case=case).order_by("sequence"))
    texts = citizens.values_of(id_ for event in events for id_ in value_ids(event.payload))
    staff = {int(event.actor.removeprefix("staff:")) for event in events if event.actor.startswith("staff:")}
    staff |= {each for each in (case.owner_id, case.complained_staff_id, *case.abstained) if each}
    names = accounts.names_of(staff)
    text = getattr(case, "text", None)
    return CasePage(
        case=case,
        state=project(event_of(str(case.key), event) for event in events),
        title=text.title if text else "",
        place=text.place if text else "",
        thread=tuple(_turn(event, texts, names) for event in events),
        person=citizens.profile(case.citizen_id),
        earlier=_earlier(actor, case),
        files=_files(case) if any(event.type == EventType.ATTACHED for event in events) else (),
        names=names,
    )


@dataclass(frozen=True, slots=True)
class Download:
    """A file that may be handed out: where it lies, how its owner called it, and what its content is."""

    path: Path
    name: str
    content_type: str


def downloadable(case: Case, key: UUID) -> Download:
    """Return a file of ``case`` that was looked at and found good; raise AttachmentNotReady for any other."""
    found = Attachment.objects.filter(case=case, key=key, state="ready", erased_at=None).first()
    if found is None:
        raise AttachmentNotReady
    return Download(storage.path_of(key), found.name, found.content_type)


def last_sequence(actor: Actor, number: str) -> int:
    """Return how far the history of a case goes: what its live page compares. Raise CaseNotFound."""
    return case_for(actor, Act.VIEW, number=number).last_sequence


def record_look(actor: Actor, number: str, *, what: str, now: datetime) -> Case:
    """Record that the actor uncovers personal data of the case, and return it; raise CaseNotFound."""
    case = case_for(actor, Act.VIEW_PERSONAL, number=number)
    AccessRecord.objects.create(actor=actor.signature, act="uncover", numbers=[number], detail=what, at=now)
    return case


def _turn(event: Event, texts: dict[UUID, str | None], names: dict[int, str]) -> PageTurn:
    said = {
        name: _text(texts.get(UUID(str(each["value"])))) for name, each in event.payload.items() if _is_reference(each)
    }
    return PageTurn(
        sequence=event.sequence,
        type=EventType(event.type),
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        actor=event.actor,
        author=_author(event.actor, names),
        on_behalf_of=event.on_behalf_of,
        texts=said,
        payload={name: each for name, each in event.payload.items() if name not in said},
    )


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and "hmac" in value


def _text(value: str | None) -> str:
    return _ERASED if value is None else value


def _author(actor: str, names: dict[int, str]) -> str:
    if actor.startswith("staff:"):
        return names.get(int(actor.removeprefix("staff:")), "Personal")
    return "" if actor == "citizen" else "Cercana"


def _earlier(actor: Actor, case: Case) -> tuple[EarlierCase, ...]:
    others = visible_cases(access.scope(actor)).filter(citizen_id=case.citizen_id).exclude(pk=case.pk)
    rows = others.order_by("-received_at").values_list("number", "text__title", "stage", "outcome", "received_at")
    return tuple(
        EarlierCase(number, title or "", stage, outcome, received_at)
        for number, title, stage, outcome, received_at in rows[:_EARLIER_CASES]
    )


def _files(case: Case) -> tuple[File, ...]:
    rows = Attachment.objects.filter(case=case, erased_at=None).order_by("added_at")
    return tuple(File(row.key, row.name, row.size, row.state, row.is_internal, row.added_at) for row in rows)


def stage_instants(page: CasePage) -> dict[str, tuple[datetime, str]]:
    """Return when each stage was reached last and by whom, by the stage's value."""
    reached = {
        EventType.RECEIVED: "received",
        EventType.REGISTERED: "registered",
        EventType.REFERRED: "referred",
        EventType.TAKEN: "in_follow_up",
        EventType.ASSIGNED: "in_follow_up",
        EventType.ANSWERED: "answered",
        EventType.CLOSED: "closed",
    }
    return {reached[turn.type]: (turn.occurred_at, turn.author) for turn in page.thread if turn.type in reached}


def dated_promises(page: CasePage) -> list[tuple[datetime, str]]:
    """Return what was promised for a date, oldest first."""
    return [
        (parse_instant(turn.payload["due_at"]), turn.texts.get("text", ""))
        for turn in page.thread
        if turn.type is EventType.PROMISED
    ]
