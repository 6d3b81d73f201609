"""What a change of the calendar does to open promises."""

from pydantic import Field

from cercana.api.shapes.words import Given, Instant, Line, Shown
from cercana.cases.commands import MovedPromise
from cercana.rules.classification import ClockKind


class MovedPromiseShown(Shown):
    """Un plazo abierto que el calendario de hoy mueve."""

    number: str
    clock: ClockKind
    was_due_at: Instant
    due_at: Instant
    is_later: bool

    @classmethod
    def of(cls, moved: MovedPromise) -> "MovedPromiseShown":
        """Return how a promise moves."""
        return cls(
            number=moved.number,
            clock=moved.kind,
            was_due_at=moved.was.at,
            due_at=moved.due.at,
            is_later=moved.is_later,
        )


class MovedPromisesShown(Shown):
    """Los plazos que se moverían, el que vence antes primero."""

    promises: list[MovedPromiseShown] = Field(description="Los cien primeros.")
    total: int
    citizens: int = Field(description="A cuántas personas se avisaría.")
    is_moving: bool = Field(description="Si ya se están moviendo.")
    calendar: str = Field(description="La marca del calendario; va en el cambio.")


class PromiseMoveGiven(Given):
    """La orden de mover los plazos, según el calendario que se leyó."""

    why: Line = Field(description="Por qué. Lo leen las personas.", examples=["Feriado del 8 de diciembre."])
    calendar: str = Field(pattern=r"^[0-9a-f]{16}$", description="El «calendar» leído.", examples=["0f3a5c7e9b1d2f40"])


class PromiseMoveShown(Shown):
    """Si ya se movieron; si no, se mueven enseguida."""

    is_done: bool
