"""What triage and the writing assistant say of a text; nothing of it is kept."""

from pydantic import Field

from cercana.api.shapes.words import Given, OptionalLine, OptionalText, Shown, Text
from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.triage.assessment import Assessment
from cercana.rules.writing.review import Review
from cercana.rules.writing.situation import Situation


class MessageAsked(Given):
    """Un mensaje de una persona."""

    text: Text = Field(description="El mensaje.", examples=["Hay un cable caído en la puerta del colegio."])


class BecauseShown(Shown):
    """Las palabras que llevaron a algo."""

    label: str
    words: str
    start: int
    end: int


class NumberToCall(Shown):
    """A quién se llama si hay peligro."""

    name: str
    number: str
    hint: str = Field(description="Cuándo.")


class SafetyShown(Shown):
    """Si lo escrito habla de peligro, a quién llamar antes que a la municipalidad."""

    calls_first: bool = Field(description="Si conviene llamar antes de seguir.")
    words: list[str] = Field(description="Las palabras que lo muestran.")
    numbers: list[NumberToCall]


class TriageShown(Shown):
    """Lo que el triaje propone; una persona lo confirma o lo corrige."""

    kind: RequestKind
    claim_type: ClaimType | None
    class_: CaseClass = Field(serialization_alias="class")
    area: str
    is_critical: bool
    critical_reasons: list[CriticalReason]
    about_staff: bool
    confidence: dict[str, float] = Field(description="De 0 a 1, por decisión.")
    because: list[BecauseShown]

    @classmethod
    def of(cls, found: Assessment) -> "TriageShown":
        """Return how an assessment is shown."""
        return cls(
            kind=found.kind,
            claim_type=found.claim_type,
            class_=found.class_,
            area=found.area.value,
            is_critical=found.critical,
            critical_reasons=list(found.critical_reasons),
            about_staff=found.about_staff,
            confidence=dict(found.confidence),
            because=[
                BecauseShown(label=each.label, words=each.words, start=each.start, end=each.end) for each in found.why
            ],
        )


class DraftAsked(Given):
    """Un borrador de respuesta, y lo que se sabe del caso."""

    text: Text = Field(description="El borrador.")
    kind: RequestKind | None = Field(default=None, description="Si responde a un reclamo o a una consulta.")
    question: OptionalText = Field(default="", description="Lo que la persona preguntó.")

    def situation(self) -> Situation:
        """Return what the assistant knows of the case."""
        return Situation(kind=self.kind, question=self.question)


class FindingShown(Shown):
    """Algo que falta o que hiere, y con qué se podría reemplazar."""

    fault: str
    words: str
    start: int
    end: int
    proposal: str
    rule: str = Field(description="La línea del manual.")


class ReviewShown(Shown):
    """Lo que el manual pide de un borrador."""

    is_good: bool
    reading_ease: int = Field(description="De 0 a 100; la meta es 65.")
    findings: list[FindingShown]

    @classmethod
    def of(cls, found: Review) -> "ReviewShown":
        """Return how a review is shown."""
        return cls(
            is_good=found.is_good,
            reading_ease=found.score,
            findings=[
                FindingShown(
                    fault=each.fault.value,
                    words=each.words,
                    start=each.start,
                    end=each.end,
                    proposal=each.proposal,
                    rule=each.rule,
                )
                for each in found.findings
            ],
        )


class LikeAsked(Given):
    """Un caso que quizá ya está registrado."""

    description: Text = Field(description="Qué pasó.")
    place: OptionalLine = Field(default="", description="Dónde.")
    category: str = Field(default="", pattern=r"^[a-z0-9_-]{0,60}$", description="El motivo, si ya se sabe.")


class LikeShown(Shown):
    """Un caso parecido."""

    number: str
    title: str
    area: str
    stage: str
    share: float = Field(description="Cuánto se parece, de 0 a 1.")
    may_absorb: bool = Field(description="Si otro caso puede seguirlo.")


class LikesShown(Shown):
    """Hasta tres casos parecidos, el más parecido primero."""

    cases: list[LikeShown]
