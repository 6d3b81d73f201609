"""What the staff reads beside a case: people, warnings, alarms, who may own it."""

from uuid import UUID

from pydantic import Field

from cercana.api.shapes.words import Given, Instant, Shown, StaffId
from cercana.rules.classification import CaseClass, ClockKind


class PersonFoundShown(Shown):
    """Alguien registrado, con el documento cubierto."""

    key: UUID
    name: str
    masked_document: str
    is_verified: bool
    case_count: int


class PeopleFound(Shown):
    """Hasta ocho personas, la más parecida primero."""

    people: list[PersonFoundShown]


class PersonUncovered(Shown):
    """Los datos de la persona de un caso. Quién los vio queda anotado."""

    key: UUID
    name: str
    document_type: str
    document_number: str
    is_verified: bool
    language: str
    channel: str
    no_contact_reason: str
    emails: list[str]
    phones: list[str]
    addresses: list[str]
    preferences: list[str] = Field(description="Por qué recibe atención preferente, si la cuenta puede saberlo.")


class CodeUncovered(Shown):
    """El código de seguimiento, para leérselo a la persona. Quién lo vio queda anotado."""

    number: str
    code: str


class MemberShown(Shown):
    """Alguien que puede responder por el caso."""

    id: int
    name: str


class MembersShown(Shown):
    """Las personas del área."""

    members: list[MemberShown]


class NoticeShown(Shown):
    """Un aviso sin leer: de un plazo, o de silencio con la persona."""

    id: int
    number: str
    class_: CaseClass = Field(serialization_alias="class")
    clock: ClockKind | None
    level: int = Field(description="Qué parte del plazo pasó, en porcentaje.")
    due_at: Instant | None
    at: Instant


class NoticesShown(Shown):
    """Los avisos sin leer, los críticos primero."""

    notices: list[NoticeShown]


class NoticesRead(Given):
    """Los avisos que se leyeron."""

    ids: list[StaffId] = Field(min_length=1, max_length=200)


class Done(Shown):
    """Hecho."""

    done: int = Field(description="Cuántos.")


class AlarmShown(Shown):
    """Una alarma que espera a alguien."""

    number: str
    area: str
    raised_at: Instant


class AlarmsShown(Shown):
    """Las alarmas de las que esta cuenta puede hacerse cargo."""

    alarms: list[AlarmShown]
