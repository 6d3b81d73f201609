"""Who waits to be called back, as other systems read it, what is noted about them, and how calls went."""

import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from cercana.api.shapes.words import Given, Instant, Moment, Shown
from cercana.channels.phone.queries import CallBackLine, CallBackList, CallDays
from cercana.rules.call_figures import CallFigures
from cercana.rules.callbacks import Outcome, PreferredWay, Standing
from cercana.rules.unregistered import ReachedBy

# Described in its place: the outcome of a case has the same name.
_CallOutcome = Annotated[Outcome, WithJsonSchema({"type": "string", "enum": [each.value for each in Outcome]})]


class CallBackAttemptShown(Shown):
    """Un intento de devolver la llamada."""

    at: Instant
    outcome: _CallOutcome
    by: str = Field(description="Quién llamó.")


class VoicemailShown(Shown):
    """Un mensaje de voz, en la central telefónica."""

    address: str = Field(description="Dónde se escucha; vacío si la central no lo dijo.")
    seconds: int | None


class CallBackShown(Shown):
    """Alguien que espera que le devuelvan la llamada, con todas las llamadas desde su número."""

    key: uuid.UUID
    phone: str
    received_at: Instant = Field(description="Cuándo llamó la primera vez.")
    latest_at: Instant = Field(description="Cuándo llamó la última vez.")
    calls: int
    way: ReachedBy
    standing: Standing = Field(description="Si falta llamar, falta cerrar, o conviene otra vía.")
    from_: Instant = Field(serialization_alias="from", description="Desde cuándo conviene el próximo intento.")
    until: Instant = Field(description="Hasta cuándo se prometió.")
    is_late: bool
    attempts: list[CallBackAttemptShown]
    counted: int = Field(description="Cuántos intentos cuentan: los separados por dos horas.")
    preferred_at: Instant | None
    preferred_way: PreferredWay | None
    voicemails: list[VoicemailShown]
    text: str = Field(description="Lo que dijo, si alguien lo escribió.")
    taken_by: str = Field(description="Quién le está llamando; vacío si nadie.")
    can_be_called: bool = Field(description="Falso si el número no se ve o no es de teléfono.")
    ways: list[PreferredWay] = Field(description="Las otras vías que se ofrecen.")
    known_case: str = Field(description="El caso que ya salió de otra llamada suya.")

    @classmethod
    def of(cls, line: CallBackLine) -> "CallBackShown":
        """Return how somebody stands on the list."""
        return cls.model_validate(line, from_attributes=True)


class CallBacksShown(Shown):
    """A quién devolver la llamada, primero la promesa que vence antes."""

    mine: CallBackShown | None = Field(description="A quien llama esta cuenta ahora.")
    callbacks: list[CallBackShown]
    late: int = Field(description="Cuántas promesas vencieron.")
    may_undo: uuid.UUID | None = Field(description="De quién puede esta cuenta deshacer su último intento.")

    @classmethod
    def of(cls, found: CallBackList) -> "CallBacksShown":
        """Return the list as it is shown."""
        return cls(
            mine=CallBackShown.of(found.mine) if found.mine else None,
            callbacks=[CallBackShown.of(each) for each in found.lines],
            late=found.late,
            may_undo=found.may_undo,
        )


class NextTaken(Shown):
    """A quién se llama ahora."""

    key: uuid.UUID | None = Field(description="Nulo si por ahora no hay a quién llamar.")


class CallBackTried(Given):
    """Qué pasó al llamar."""

    outcome: _CallOutcome


class PreferenceGiven(Given):
    """Cuándo y por dónde prefiere; sin nada, se olvida lo anotado."""

    at: Moment | None = Field(default=None, description="De los próximos 14 días.")
    way: PreferredWay | None = None


class CallDaysAsked(BaseModel):
    """How many days of calls are asked for."""

    model_config = ConfigDict(frozen=True)

    days: int = Field(default=7, ge=1, le=30, description="Cuántos días, hasta hoy.")


class CallCounts(Shown):
    """Llamadas contadas; «in_time», «late» y «pending» son de las que había que devolver."""

    calls: int
    answered: int
    missed: int
    abandoned: int
    voicemails: int
    in_time: int
    late: int
    overdue: int = Field(description="Las tardías que nadie llamó todavía.")
    pending: int
    spoke: int = Field(description="Con cuántas personas se habló.")
    in_time_share: float | None = Field(description="Parte devuelta a tiempo; nula si ninguna promesa venció.")

    @classmethod
    def of(cls, figures: CallFigures) -> "CallCounts":
        """Return the figures as they are shown."""
        return cls.model_validate(figures, from_attributes=True)


class CallsOfHour(Shown):
    """Las llamadas de una hora de Lima."""

    hour: int
    counts: CallCounts


class CallFiguresShown(Shown):
    """Cómo fueron las llamadas, en total y por la hora en que sonaron."""

    days: int
    whole: CallCounts
    hours: list[CallsOfHour]

    @classmethod
    def of(cls, found: CallDays) -> "CallFiguresShown":
        """Return the figures as they are shown."""
        hours = [CallsOfHour(hour=hour, counts=CallCounts.of(each)) for hour, each in found.hours.items()]
        return cls(days=found.days, whole=CallCounts.of(found.whole), hours=hours)
