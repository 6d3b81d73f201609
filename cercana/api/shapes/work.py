"""What is done with a case inside the institution."""

from typing import Annotated

from pydantic import Field

from cercana.api.shapes.people import DocumentGiven
from cercana.api.shapes.registration import Matter
from cercana.api.shapes.words import NUMBER_PATTERN, Code, Given, Line, OptionalText, Ordinal, StaffId, Text, Truth
from cercana.cases.commands import NotificationResult, Reclassification
from cercana.rules.classification import (
    AbstentionCause,
    CaseClass,
    CriticalReason,
    InterpretedLanguage,
    Means,
)

_Number = Annotated[str, Field(pattern=NUMBER_PATTERN)]


class ReferralGiven(Given):
    """A qué área va el caso."""

    area: Code = Field(description="El código del área.", examples=["obras_infraestructura"])
    reason: OptionalText = Field(default="", description="Hace falta si ya estuvo en otra área.")


class ReasonGiven(Given):
    """La razón de un cambio."""

    reason: Text = Field(description="Por qué.", examples=["No es de esta área."])


class OwnerGiven(Given):
    """Quién responde por el caso."""

    owner: StaffId = Field(description="El identificador de una persona del área.")


class NoteGiven(Given):
    """Un texto sobre el caso."""

    text: Text = Field(description="El texto.", examples=["Se llamó a la contratista."])


class ForwardGiven(Given):
    """A qué entidad se envió."""

    entity: Line = Field(description="La entidad.", examples=["Sedapal"])
    proof: Text = Field(description="La constancia del envío.")


class MergeGiven(Given):
    """El caso al que este seguirá."""

    main: _Number = Field(description="El número del caso principal.")


class LinkGiven(Given):
    """Un caso que tiene que ver con este."""

    other: _Number = Field(description="El número del otro caso.")


class ReclassificationGiven(Given):
    """Qué pasa a ser el caso."""

    class_: CaseClass = Field(alias="class", description="La prioridad.")
    category: Code = Field(description="El motivo.")
    matter: Matter = Field(description="Mala atención, demora, error o consulta.")
    reason: Text = Field(description="Por qué cambia.")

    def change(self) -> Reclassification:
        """Return what the command takes."""
        return Reclassification(
            class_=self.class_,
            category=self.category,
            kind=self.matter.kind,
            claim_type=self.matter.claim_type,
            reason=self.reason,
        )


class NatureGiven(Given):
    """Qué es el caso para la ley."""

    nature: Code = Field(description="La naturaleza legal.")
    reason: Text = Field(description="Por qué cambia.")


class TaskGiven(Given):
    """Una tarea que se hizo."""

    ordinal: Ordinal = Field(description="Cuál: la entrada de la historia que la abrió.")


class AbstentionGiven(Given):
    """Por qué alguien no debe ver el caso."""

    cause: AbstentionCause = Field(description="La causa.")
    text: Text = Field(description="Una explicación breve.")


class AbstentionDecided(Given):
    """La decisión sobre una abstención."""

    staff: StaffId = Field(description="Quién se abstuvo.")
    is_granted: Truth
    owner: StaffId | None = Field(default=None, description="Quién sigue con el caso.")


class StaffNamed(Given):
    """Sobre quién es la queja."""

    staff: StaffId


class IdentityGiven(Given):
    """Quién es la persona."""

    name: Line = Field(description="Nombre y apellidos.")
    document: DocumentGiven
    is_verified: Truth = Field(default=False, description="Si alguien vio el documento.")


class NotifiedGiven(Given):
    """Cómo se notificó."""

    means: Means
    is_authorised: Truth = Field(default=False, description="Si la persona autorizó recibirla por correo.")


class NotificationGiven(Given):
    """Qué pasó con la notificación."""

    result: NotificationResult


class InterpreterGiven(Given):
    """Qué lengua hay que interpretar."""

    language: InterpretedLanguage


class DangerGiven(Given):
    """Qué peligro hay."""

    danger: CriticalReason = Field(description="De qué clase es.")
    text: Text = Field(description="Las palabras o los hechos que lo muestran.")


class LoweringGiven(Given):
    """Por qué no es crítico."""

    reason: Text = Field(description="Por qué.")
    class_: CaseClass | None = Field(
        default=None, alias="class", description="La prioridad que tiene, si su motivo siempre es crítico."
    )


class LoweringDecided(Given):
    """La segunda firma."""

    is_granted: Truth
    reason: OptionalText = Field(default="", description="Hace falta si no se firma.")


class CheckInGiven(Given):
    """Una revisión de un caso crítico."""

    done: Line = Field(description="Qué se hizo. Se lee en el muro: sin nombrar a la persona.")
    next_step: Line = Field(description="Qué sigue.")


class RemovedGiven(Given):
    """Ya no hay peligro."""

    how: Text = Field(description="Cómo se sabe.")
