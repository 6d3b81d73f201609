"""A case as the staff and as its citizen read it, and what a change leaves behind."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from pydantic import Field, JsonValue

from cercana.api.shapes.registration import PromiseShown
from cercana.api.shapes.words import Instant, Shown
from cercana.cases.queries import (
    CasePage,
    EarlierCase,
    Face,
    File,
    Happening,
    Hit,
    PageTurn,
    QueueRow,
    TrackedCase,
    TrackedFile,
)
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, Channel, CriticalState, RequestKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockState, ClockStatus

# What the citizen reads of an entry beside its words; the rest of it is the house's own.
_FOR_CITIZENS = frozenset(
    {"area", "channel", "class", "closure", "code", "day", "entity", "language", "mark", "means", "number", "outcome"}
)
_OF_NOBODY = frozenset({"citizen"})


class Changed(Shown):
    """Lo que quedó hecho. Con la versión se puede pedir que el caso no haya cambiado (If-Match)."""

    number: str
    stage: Stage = Field(description="En qué etapa quedó.")
    version: int = Field(description="La versión del caso después del cambio.")


class FileShown(Shown):
    """Un archivo del caso. Se abre cuando está listo."""

    key: UUID
    name: str
    size: int = Field(description="Bytes.")
    state: str = Field(description="waiting, ready o refused.")
    refusal: str = Field(description="Por qué no se aceptó, si no se aceptó.")

    @classmethod
    def of(cls, file: TrackedFile | File) -> "FileShown":
        """Return how a file is shown."""
        return cls(key=file.key, name=file.name, size=file.size, state=file.state, refusal=file.refusal)


class TurnShown(Shown):
    """Una entrada de la historia."""

    sequence: int
    type: EventType
    at: Instant = Field(description="Cuándo ocurrió.")
    author: str = Field(description="Quién del personal; vacío si fue la persona o el sistema.")
    is_by_citizen: bool
    texts: dict[str, str] = Field(description="Lo que se dijo, por su nombre.")
    facts: dict[str, JsonValue] = Field(description="Los demás datos de la entrada.")


class CitizenCase(Shown):
    """El caso como lo ve quien lo presentó."""

    number: str
    title: str
    kind: RequestKind
    class_: CaseClass = Field(serialization_alias="class")
    category: str = Field(description="El nombre del motivo.")
    stage: Stage
    stage_since: Instant
    received_at: Instant
    answered_at: Instant | None
    confirmed_at: Instant | None
    closed_at: Instant | None
    outcome: str
    closure: str
    is_in_review: bool
    area: str
    owner: str = Field(description="Nombre de pila de quien lo atiende.")
    promises: list[PromiseShown]
    thread: list[TurnShown]
    files: list[FileShown]
    may: list[Act] = Field(description="Lo que la persona puede hacer ahora.")
    version: int

    @classmethod
    def of(cls, case: TrackedCase) -> "CitizenCase":
        """Return how a case is shown to its citizen."""
        return cls(
            number=case.number,
            title=case.title,
            kind=case.kind,
            class_=case.class_,
            category=case.category,
            stage=case.stage,
            stage_since=case.stage_since,
            received_at=case.received_at,
            answered_at=case.answered_at,
            confirmed_at=case.confirmed_at,
            closed_at=case.closed_at,
            outcome=case.outcome,
            closure=case.closure,
            is_in_review=case.is_in_review,
            area=case.area,
            owner=case.owner,
            promises=promises_shown(case.clocks, is_in_review=case.is_in_review),
            thread=[_happening(each) for each in case.happenings],
            files=[FileShown.of(each) for each in case.files],
            may=sorted(case.acts),
            version=case.last_sequence,
        )


class PersonShown(Shown):
    """Lo que se ve de la persona; lo demás se descubre aparte y queda anotado."""

    name: str
    masked_document: str
    is_verified: bool
    language: str
    channel: str = Field(description="Cómo quiere que le respondan.")
    can_be_written_to: bool

    @classmethod
    def of(cls, face: Face) -> "PersonShown":
        """Return how a person is shown at once."""
        return cls(
            name=face.name,
            masked_document=face.masked_document,
            is_verified=face.is_verified,
            language=face.language,
            channel=face.channel,
            can_be_written_to=face.can_be_written_to,
        )


class EarlierShown(Shown):
    """Otro caso de la misma persona."""

    number: str
    title: str
    stage: Stage
    received_at: Instant

    @classmethod
    def of(cls, case: EarlierCase) -> "EarlierShown":
        """Return how another case is shown."""
        return cls(number=case.number, title=case.title, stage=Stage(case.stage), received_at=case.received_at)


class StaffCase(Shown):
    """El caso como lo ve el personal."""

    number: str
    title: str
    kind: RequestKind
    claim_type: str
    class_: CaseClass = Field(serialization_alias="class")
    critical_state: CriticalState
    category: str = Field(description="El código del motivo.")
    legal_nature: str
    channel: Channel
    area: str = Field(description="El código del área que lo tiene.")
    proposed_area: str
    stage: Stage
    owner: str = Field(description="Quién responde por él; vacío si nadie todavía.")
    received_at: Instant
    attention_due_at: Instant | None = Field(description="Lo que vence primero.")
    closed_at: Instant | None
    outcome: str
    closure: str
    is_preferential: bool
    is_restricted: bool
    reopened_count: int
    merged_into: str
    person: PersonShown
    promises: list[PromiseShown]
    tasks: list[str] = Field(description="Lo que falta hacer, aparte de resolverlo.")
    thread: list[TurnShown]
    files: list[FileShown]
    earlier: list[EarlierShown]
    may: list[Act] = Field(description="Lo que esta cuenta puede hacer ahora.")
    version: int

    @classmethod
    def of(cls, page: CasePage) -> "StaffCase":
        """Return how a case is shown to the staff."""
        case, state = page.case, page.state
        return cls(
            number=case.number,
            title=page.title,
            kind=RequestKind(case.kind),
            claim_type=case.claim_type,
            class_=CaseClass(case.class_),
            critical_state=CriticalState(case.critical_state),
            category=case.category_id,
            legal_nature=case.legal_nature_id,
            channel=Channel(case.channel),
            area=case.area_id,
            proposed_area=case.proposed_area_id,
            stage=Stage(case.stage),
            owner=page.names.get(case.owner_id or 0, ""),
            received_at=case.received_at,
            attention_due_at=case.attention_due_at,
            closed_at=case.closed_at,
            outcome=case.outcome,
            closure=case.closure,
            is_preferential=case.is_preferential,
            is_restricted=case.is_restricted,
            reopened_count=case.reopened_count,
            merged_into=case.merged_into,
            person=PersonShown.of(page.person),
            promises=promises_shown(state.clocks, is_in_review=False),
            tasks=[task.kind.value for task in state.tasks if task.finished_at is None],
            thread=[_turn(each) for each in page.history],
            files=[FileShown.of(each) for each in page.files],
            earlier=[EarlierShown.of(each) for each in page.earlier],
            may=sorted(act for act, is_allowed in page.may.items() if is_allowed),
            version=case.last_sequence,
        )


class CaseLine(Shown):
    """Una línea de una lista: sin documento, teléfono ni dirección."""

    number: str
    title: str
    citizen: str
    class_: CaseClass = Field(serialization_alias="class")
    critical_state: CriticalState
    stage: Stage
    area: str = Field(description="El nombre del área.")
    received_at: Instant
    attention_due_at: Instant | None
    is_restricted: bool

    @classmethod
    def of(cls, row: QueueRow | Hit) -> "CaseLine":
        """Return how a row of the queue or of a search is shown."""
        return cls(
            number=row.number,
            title=row.title,
            citizen=row.citizen,
            class_=CaseClass(row.class_),
            critical_state=CriticalState(row.critical_state),
            stage=Stage(row.stage),
            area=row.area,
            received_at=row.received_at,
            attention_due_at=row.attention_due_at,
            is_restricted=row.is_restricted,
        )


class CaseList(Shown):
    """Una página de casos. «next» es el cursor de la que sigue, o nulo si no hay más."""

    cases: list[CaseLine]
    next: str | None


class FoundCases(Shown):
    """Lo encontrado. Con «has_more» conviene añadir palabras."""

    cases: list[CaseLine]
    has_more: bool


def promises_shown(clocks: Iterable[ClockState], *, is_in_review: bool) -> list[PromiseShown]:
    """Return the promises that apply; none while somebody looks whether there is danger."""
    return [] if is_in_review else [PromiseShown.of(each) for each in clocks if each.status is not ClockStatus.VOID]


def _happening(each: Happening) -> TurnShown:
    return TurnShown(
        sequence=each.sequence,
        type=each.type,
        at=each.at,
        author=each.author,
        is_by_citizen=each.is_mine,
        texts=dict(each.texts),
        facts={name: fact for name, fact in _plain(each.facts).items() if name in _FOR_CITIZENS},
    )


def _turn(each: PageTurn) -> TurnShown:
    return TurnShown(
        sequence=each.sequence,
        type=each.type,
        at=each.occurred_at,
        author=each.author,
        is_by_citizen=each.is_by_citizen,
        texts=dict(each.texts),
        facts=_plain(each.payload),
    )


def _plain(payload: Mapping[str, object]) -> dict[str, JsonValue]:
    """Return the single words, figures and yeses of a payload; what is made of parts has a place of its own."""
    return {
        name: each for name, each in payload.items() if isinstance(each, str | int | bool) and name not in _OF_NOBODY
    }
