"""What is told when a case begins, and what its sender gets back."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from cercana.api.shapes.people import PersonGiven
from cercana.api.shapes.words import (
    Code,
    Given,
    Instant,
    Moment,
    OptionalCode,
    OptionalLine,
    OptionalText,
    Ordinal,
    Shown,
    Text,
    Truth,
)
from cercana.cases.commands import Reception
from cercana.rules.classification import CaseClass, Channel, ClaimType, ClockKind, RequestKind
from cercana.rules.critical_states import TOLD_TWICE, proposed_by_form
from cercana.rules.guidance import GuideStep
from cercana.rules.projected_clocks import ClockState, ClockStatus


class Matter(StrEnum):
    """What a person comes with: one of the three types of a claim, or an inquiry (M3.1, M4.1a)."""

    POOR_SERVICE = "poor_service"
    DELAY = "delay"
    ERROR = "error"
    INQUIRY = "inquiry"

    @property
    def kind(self) -> RequestKind:
        """Whether it is a claim or an inquiry."""
        return RequestKind.INQUIRY if self is Matter.INQUIRY else RequestKind.CLAIM

    @property
    def claim_type(self) -> ClaimType | None:
        """The type of a claim."""
        return None if self is Matter.INQUIRY else ClaimType(self.value)


_EXAMPLE: dict[str, JsonValue] = {
    "matter": "poor_service",
    "category": "pothole",
    "description": "Hay un hueco en la cuadra 9 y ya malogró dos autos.",
    "person": {"name": "Rosa Quispe Mamani", "email": "rosa@vecinos.example", "answer_by": "email"},
    "place": "Av. Basadre cuadra 9",
}


class CitizenCaseGiven(Given):
    """Un caso que presenta una persona desde la app de la institución."""

    matter: Matter = Field(description="Mala atención, demora, error o consulta.")
    category: Code = Field(description="El motivo, del catálogo.")
    description: Text = Field(description="Qué pasó, con las palabras de la persona.")
    person: PersonGiven
    place: OptionalLine = Field(default="", description="Dónde ocurrió, en una línea.")
    happened: OptionalLine = Field(default="", description="Cuándo ocurrió, con palabras.")
    request: OptionalText = Field(default="", description="Qué pide la persona.")
    legal_nature: OptionalCode = Field(default="", description="Qué es para la ley; vacío, lo que dice el motivo.")
    files: uuid.UUID | None = Field(default=None, description="El grupo de archivos que se subió antes.")
    told_twice: bool = Field(
        default=False, description="Si ya avisó dos veces o más de lo mismo: entonces alguien mira si es crítico."
    )

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [_EXAMPLE]},
    )

    def told(
        self, *, usual_class: str, client_key: uuid.UUID, attachments: list[uuid.UUID], needs_review: bool
    ) -> Reception:
        """Return what reached us by the app, by a motive of ``usual_class``; raise DocumentMalformed."""
        return Reception(
            person=self.person.person(),
            kind=self.matter.kind,
            claim_type=self.matter.claim_type,
            category=self.category,
            channel=Channel.APP,
            description=self.description,
            place=self.place,
            happened=self.happened,
            request=self.request,
            legal_nature=self.legal_nature,
            is_preferential=bool(self.person.preferences),
            client_key=client_key,
            attachments=attachments,
            needs_review=needs_review,
            danger=proposed_by_form(usual_class, told_twice=self.told_twice),
        )


class StaffCaseGiven(CitizenCaseGiven):
    """Un caso que registra el personal, llegado por cualquier canal."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{**_EXAMPLE, "channel": "phone"}]},
    )

    channel: Channel = Field(description="Por dónde llegó.")
    person_key: uuid.UUID | None = Field(default=None, description="La persona, si ya está registrada.")
    is_verified: Truth = Field(default=False, description="Si alguien vio su documento.")
    class_: CaseClass | None = Field(default=None, alias="class", description="Prioridad; vacía, la del motivo.")
    about_staff: Truth = Field(default=False, description="Si es sobre alguien del personal.")
    complained_area: OptionalCode = Field(default="", description="El área de la que se queja.")
    complained_site: OptionalCode = Field(default="", description="La sede de la que se queja.")
    received_at: Moment | None = Field(default=None, description="Cuándo llegó, si fue hace más de 15 minutos.")
    source: OptionalLine = Field(default="", description="De dónde sale ese momento; hace falta con él.")
    call: uuid.UUID | None = Field(
        default=None, description="La llamada de la que sale, de /calls. Si ya es de otra cuenta, nada se registra."
    )
    turn: Ordinal | None = Field(default=None, description="El turno del que sale, si lo atiende la cuenta.")
    guide: Annotated[list[GuideStep], Field(max_length=len(GuideStep))] = Field(
        default=[], description="Los pasos de la guía cuyas palabras se dijeron."
    )

    def reception(self, *, client_key: uuid.UUID, attachments: list[uuid.UUID], needs_review: bool) -> Reception:
        """Return what reached us by its channel; raise DocumentMalformed."""
        return Reception(
            person=self.person.person(key=self.person_key, is_verified=self.is_verified),
            kind=self.matter.kind,
            claim_type=self.matter.claim_type,
            category=self.category,
            channel=self.channel,
            description=self.description,
            place=self.place,
            happened=self.happened,
            request=self.request,
            class_=self.class_,
            legal_nature=self.legal_nature,
            is_preferential=bool(self.person.preferences),
            about_staff=self.about_staff,
            complained_area=self.complained_area,
            complained_site=self.complained_site,
            received_at=self.received_at,
            source=self.source,
            guide=[step.value for step in GuideStep if step in self.guide],
            client_key=client_key,
            attachments=attachments,
            needs_review=needs_review,
            danger=TOLD_TWICE if self.told_twice else None,
        )


class RegisteredCaseGiven(StaffCaseGiven):
    """Un caso que registra el personal, también de quien ya espera uno."""

    contact: uuid.UUID | None = Field(
        default=None,
        description="Quien espera en /contacts, si es su caso: entonces canal, momento y origen son los suyos.",
    )


class PromiseShown(Shown):
    """Una promesa: hasta cuándo, y si se cumplió."""

    kind: ClockKind = Field(description="Qué se prometió.")
    due_at: Instant = Field(description="El final del plazo.")
    inclusive: bool = Field(description="Si en ese instante todavía se cumple.")
    whole_day: bool = Field(description="Si vale el día entero anterior a ese instante.")
    status: ClockStatus = Field(description="Cómo está.")

    @classmethod
    def of(cls, clock: ClockState) -> "PromiseShown":
        """Return how a clock is shown."""
        return cls(
            kind=clock.kind,
            due_at=clock.due_at,
            inclusive=clock.inclusive,
            whole_day=clock.whole_day,
            status=clock.status,
        )


class ReceiptShown(Shown):
    """El cargo: con el número y el código, la persona sigue su caso."""

    number: str
    code: str = Field(description="El código de seguimiento: es secreto.")
    link: str = Field(description="La página del caso; abre sin el código, así que también es secreta.")
    class_: CaseClass = Field(serialization_alias="class")
    is_in_review: bool = Field(description="Si alguien mira antes si hay peligro; entonces aún no hay promesa.")
    promises: list[PromiseShown]
    version: int = Field(description="La versión del caso.")
