"""The duty roster as other systems read and change it; days and hours are of Lima."""

from datetime import date, time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from cercana.api.shapes.words import NUMBER, Day, Given, Hour, Instant, Shown, StaffId


class RosterAsked(BaseModel):
    """How much of the roster is asked for."""

    model_config = ConfigDict(frozen=True)

    days: int = Field(default=14, ge=1, le=60, description="Cuántos días, desde hoy.")


class StretchShown(Shown):
    """Quién está de guardia en un tramo; el final ya no le pertenece."""

    starts_at: Instant
    ends_at: Instant
    person: int
    turn: int | None = Field(description="El turno semanal del que sale.")
    instead_of: int | None = Field(description="A quién reemplaza.")


class GapShown(Shown):
    """Un tramo sin nadie de guardia."""

    starts_at: Instant
    ends_at: Instant


class DutyTurnShown(Shown):
    """Un turno de todas las semanas."""

    id: int
    weekday: int = Field(description="0 es lunes.")
    starts: time
    ends: time
    name: str
    first: date
    last: date | None


class AbsenceShown(Shown):
    """Días en que alguien no está."""

    id: int
    name: str
    first: date
    last: date


class OfficerShown(Shown):
    """Alguien que puede estar de guardia."""

    id: int
    name: str


class RosterShown(Shown):
    """La guardia desde hoy."""

    stretches: list[StretchShown]
    gaps: list[GapShown]
    turns: list[DutyTurnShown]
    absences: list[AbsenceShown]
    officers: list[OfficerShown]


class TurnGiven(Given):
    """Un turno nuevo de todas las semanas."""

    weekday: Annotated[int, Field(ge=0, le=6), NUMBER] = Field(description="0 es lunes.", examples=[0])
    starts: Hour = Field(examples=["20:00:00"])
    ends: Hour = Field(examples=["08:00:00"])
    person: StaffId
    first: Day


class TurnEndGiven(Given):
    """El último día de un turno."""

    last: Day


class SwapGiven(Given):
    """Quién tiene un turno un solo día; nulo, nadie."""

    day: Day
    person: StaffId | None = None


class AbsenceGiven(Given):
    """Días en que alguien no puede estar de guardia."""

    person: StaffId
    first: Day
    last: Day
