"""The guide of a conversation: what to say now, and the texts it is made of (M2.1, M2.2)."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cercana.api.shapes.words import Given, Instant, OptionalCode, OptionalLine, OptionalText, Shown
from cercana.rules.classification import Channel
from cercana.rules.guidance import GuideStep, Mark, Situation
from cercana.rules.guidance_text import LONGEST_TEXT
from cercana.workplace.queries import Guide, GuideLine, TextVersion

_EXAMPLE = """---
titulo: La persona tiene prisa
paso: escuchar
canal: ambos
cuando: apurada
---

## Diga

- Vamos al punto: ¿qué pasó?

## Mejor no diga

- Espere su turno.

## Cuándo escalar

- Si pide hablar con la jefatura.
"""
_GuideText = Annotated[
    str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=LONGEST_TEXT), Field(examples=[_EXAMPLE])
]


class GuideAsked(Given):
    """Lo que se sabe de una conversación. Nada se guarda."""

    channel: Literal["phone", "counter"] = Field(description="Cómo se conversa.")
    text: OptionalText = Field(
        default="", description="Lo que la persona cuenta.", examples=["Nadie recoge la basura."]
    )
    place: OptionalLine = Field(default="", description="Dónde.")
    request: OptionalText = Field(default="", description="Qué pide.")
    category: OptionalCode = Field(default="", description="El motivo, si ya se sabe.")
    promise: OptionalLine = Field(
        default="", description="El plazo que se promete, en palabras.", examples=["de 48 horas"]
    )
    marks: Annotated[list[Mark], Field(max_length=len(Mark))] = Field(
        default=[],
        description="Cómo está la persona y qué viene ahora. El peligro y el trato también se leen del texto.",
    )
    at: GuideStep | None = Field(default=None, description="El paso al que se quiso ir.")
    used: Annotated[list[GuideStep], Field(max_length=len(GuideStep))] = Field(
        default=[], description="Los pasos cuyas palabras ya se dijeron."
    )


class GuideLineShown(Shown):
    """Un paso de la guía."""

    step: GuideStep
    state: str = Field(description="done, now o ahead.")
    title: str
    hint: str
    phrase: str = Field(description="Lo que se dice, tal cual.")
    others: list[str]
    situations: list[str] = Field(description="De qué situaciones sale; se leen en /guide/situations.")
    is_used: bool

    @classmethod
    def of(cls, line: GuideLine) -> "GuideLineShown":
        """Return how a step is shown."""
        return cls(
            step=line.step,
            state=line.state,
            title=line.title,
            hint=line.hint,
            phrase=line.phrase,
            others=list(line.others),
            situations=[each.key for each in line.situations],
            is_used=line.is_used,
        )


class GuideShown(Shown):
    """La guía: sus cuatro pasos, y para el de ahora qué evitar y cómo estar."""

    steps: list[GuideLineShown]
    tone: str
    avoid: list[str]
    escalate: str = Field(description="Cuándo pasar la conversación a otra persona.")

    @classmethod
    def of(cls, guide: Guide) -> "GuideShown":
        """Return how the guide is shown."""
        steps = [GuideLineShown.of(each) for each in guide.lines]
        return cls(steps=steps, tone=guide.tone, avoid=list(guide.avoid), escalate=guide.escalate)


class SituationShown(Shown):
    """Una situación de la guía: lo que se dice, lo que no, y cuándo escalar."""

    key: str
    title: str
    step: GuideStep
    channels: list[Channel]
    marks: list[Mark] = Field(description="Lo que tiene que ocurrir.")
    areas: list[str]
    categories: list[str]
    say: list[str]
    avoid: list[str]
    escalate: str
    tone: str
    reason: str = Field(description="La razón de un no.")
    alternative: str = Field(description="Qué se ofrece en su lugar.")

    @classmethod
    def of(cls, found: Situation) -> "SituationShown":
        """Return how a situation is shown."""
        return cls(
            key=found.key,
            title=found.title,
            step=found.step,
            channels=sorted(found.channels),
            marks=sorted(found.marks),
            areas=sorted(found.areas),
            categories=sorted(found.categories),
            say=list(found.say),
            avoid=list(found.avoid),
            escalate=found.escalate,
            tone=found.tone,
            reason=found.reason,
            alternative=found.alternative,
        )


class SituationsShown(Shown):
    """Todas las situaciones de la guía, como están hoy."""

    situations: list[SituationShown]


class GuideVersionShown(Shown):
    """Una versión de un texto; la 0 es la que viene con Cercana."""

    number: int
    text: str
    written_at: Instant | None
    written_by: str


class GuideTextShown(Shown):
    """Un texto de la guía con sus versiones, la última primero."""

    key: str
    versions: list[GuideVersionShown]

    @classmethod
    def of(cls, key: str, versions: Sequence[TextVersion]) -> "GuideTextShown":
        """Return how the versions of a situation are shown."""
        return cls(
            key=key,
            versions=[
                GuideVersionShown(
                    number=each.number, text=each.text, written_at=each.written_at, written_by=each.written_by
                )
                for each in versions
            ],
        )


class GuideTextGiven(Given):
    """Un texto nuevo de la guía, en Markdown."""

    text: _GuideText


class GuideEditGiven(GuideTextGiven):
    """Un texto que reemplaza la última versión."""

    after: int = Field(ge=0, le=2_147_483_647, description="La última versión que se leyó.", examples=[0])


class GuideVersionGiven(Given):
    """La versión que vuelve a valer."""

    number: int = Field(ge=0, le=2_147_483_647, examples=[0])


class GuideKeyShown(Shown):
    """La situación que se escribió."""

    key: str
