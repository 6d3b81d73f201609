"""Help for whoever attends a conversation that turns abusive (M3.3a)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cercana.api.shapes.words import Given, Instant, Shown
from cercana.workplace.queries import Call

_Place = Literal["phone", "counter", ""]
_WHERE = "Dónde se atiende: al teléfono, en la ventanilla, o en su mesa."


class SupportGiven(Given):
    """Un pedido de apoyo."""

    place: _Place = Field(default="", description=_WHERE)


class IncidentGiven(SupportGiven):
    """Qué pasó, en pocas palabras. Lo lee solo la jefatura."""

    hurt: Annotated[str, StringConstraints(pattern=r"^[^\x00]{0,200}$")] = Field(
        default="", description="A quién ofendieron o agredieron.", examples=["A mí"]
    )
    said: Annotated[str, StringConstraints(pattern=r"^[^\x00]{0,2000}$")] = Field(
        default="", description="Qué pasó.", examples=["Gritó y golpeó la ventanilla."]
    )


class SupportCallShown(Shown):
    """Un pedido de apoyo, o lo que pasó."""

    id: int
    name: str = Field(description="Quién lo pidió.")
    area: str
    place: str = Field(description="Dónde, en palabras.")
    began_at: Instant
    called_at: Instant | None = Field(description="Cuándo llamó a su jefatura; nulo si no llamó.")
    answered_at: Instant | None = Field(description="Cuándo alguien dijo que va.")
    answered_by: str
    hurt: str
    said: str

    @classmethod
    def of(cls, call: Call) -> "SupportCallShown":
        """Return how a call is shown."""
        return cls(
            id=call.id,
            name=call.name,
            area=call.area,
            place=call.place,
            began_at=call.began_at,
            called_at=call.called_at,
            answered_at=call.answered_at,
            answered_by=call.answered_by,
            hurt=call.hurt,
            said=call.said,
        )


class SupportShown(Shown):
    """A quién se llama, quién puede seguir en su lugar, y qué decir mientras tanto."""

    supervisors: list[str] = Field(description="A quién llega primero, por su nombre.")
    colleagues: list[str] = Field(description="Quién del área puede tomar la conversación.")
    say: list[str] = Field(description="Lo que se puede decir.")
    avoid: list[str]
    escalate: str
    call: SupportCallShown | None = Field(description="El pedido de hace un momento, si lo hay.")


class SupportCallsShown(Shown):
    """Los pedidos de las áreas de la jefatura en 90 días, el último primero."""

    calls: list[SupportCallShown]
    ringing: list[int] = Field(description="Los que suenan ahora para esta cuenta, por su «id».")
