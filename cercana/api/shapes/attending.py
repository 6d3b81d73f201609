"""Calls as whoever attends them reads them, what came of them, and what the caller says to prove who they are."""

import uuid
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from cercana.api.shapes.cases import CaseLine
from cercana.api.shapes.words import NUMBER_PATTERN, Given, Instant, Name, OptionalLine, OptionalText, Shown
from cercana.cases.queries import CallerCase, MaskedCase
from cercana.channels.phone.queries import AttendedLine, OpenCall, RingingCall
from cercana.rules.acts import Act
from cercana.rules.attended_calls import NoCase
from cercana.rules.calls import CallState
from cercana.rules.lifecycle import Stage


class RingingShown(Shown):
    """Una llamada que suena en el anexo de la cuenta, o que ya contestó y no abrió."""

    key: uuid.UUID
    caller: str = Field(description="El número; vacío si no se ve.")
    extension: str
    is_answered: bool


class AttendedShown(Shown):
    """Una llamada atendida."""

    key: uuid.UUID
    answered_at: Instant
    seconds: int | None = Field(description="Cuánto duró; nulo si nadie lo midió.")
    is_over: bool
    attended_by: str
    is_mine: bool
    numbers: list[str] = Field(description="Los casos que salieron de ella.")
    no_case: NoCase | None = Field(description="Por qué no es un caso, si alguien lo dijo.")


class OwnCallsShown(Shown):
    """Las llamadas de la cuenta; quien supervisa la recepción ve las de todos."""

    extension: str = Field(description="Dónde suena el teléfono de la cuenta.")
    ringing: list[RingingShown] = Field(description="Las que suenan, la más nueva primero.")
    under_way: uuid.UUID | None = Field(description="En cuál habla ahora.")
    unsettled: list[AttendedShown] = Field(description="De las que nadie dijo qué salió, la más antigua primero.")
    settled: list[AttendedShown] = Field(description="Las de un día, la más nueva primero.")
    sees_all: bool

    @classmethod
    def of(
        cls,
        *,
        extension: str,
        ringing: Sequence[RingingCall],
        under_way: uuid.UUID | None,
        attended: tuple[Sequence[AttendedLine], Sequence[AttendedLine]],
        sees_all: bool,
    ) -> "OwnCallsShown":
        """Return the calls as they are shown; ``attended`` are those of which nobody said what came, and the others."""
        unsettled, settled = (
            [AttendedShown.model_validate(each, from_attributes=True) for each in lines] for lines in attended
        )
        return cls(
            extension=extension,
            ringing=[RingingShown.model_validate(each, from_attributes=True) for each in ringing],
            under_way=under_way,
            unsettled=unsettled,
            settled=settled,
            sees_all=sees_all,
        )


class ExtensionGiven(Given):
    """Dónde suena el teléfono de la cuenta; vacío, en ninguna parte."""

    number: OptionalLine = Field(description="El anexo, como lo llama la central.", examples=["201"])


class CallBegunGiven(Given):
    """Una llamada que ninguna central contó."""

    caller: Name = Field(default="", description="El número, si se sabe.", examples=["987654321"])


class CallBegun(Shown):
    """La llamada que empezó."""

    key: uuid.UUID


class CallShown(Shown):
    """Una llamada que la cuenta atiende, o que suena en su anexo."""

    key: uuid.UUID
    caller: str = Field(description="El número; vacío si no se ve o ya no hace falta.")
    state: CallState
    since: Instant = Field(description="Desde cuándo hablan, o suena.")
    ended_at: Instant | None
    seconds: int | None
    verified: uuid.UUID | None = Field(description="Quién demostró ser.")
    may_check: bool = Field(description="Si se puede probar otro dato para confirmar quién es.")
    numbers: list[str] = Field(description="Los casos que salieron de ella.")
    no_case: NoCase | None

    @classmethod
    def of(cls, call: OpenCall) -> "CallShown":
        """Return how a call is shown."""
        return cls(
            key=call.key,
            caller=call.caller,
            state=call.state,
            since=call.since,
            ended_at=call.ended_at,
            seconds=call.seconds,
            verified=call.verified,
            may_check=call.may_check,
            numbers=list(call.numbers),
            no_case=NoCase(call.no_case) if call.no_case else None,
        )


class NoCaseGiven(Given):
    """Por qué una llamada no es un caso."""

    reason: NoCase


class CallLinkGiven(Given):
    """De qué caso es la llamada, y qué más dijo la persona."""

    number: str = Field(pattern=NUMBER_PATTERN)
    said: OptionalText = ""


class ProofGiven(Given):
    """Lo que dice quien llama para demostrar quién es. No se guarda."""

    person: uuid.UUID = Field(description="Quién dice ser; de POST /people/search.")
    number: OptionalLine = Field(default="", description="El número de un caso suyo.")
    code: OptionalLine = Field(default="", description="El código de ese caso.")
    document: OptionalLine = Field(default="", description="Su documento; vale si además llama desde su número.")


class Proven(Shown):
    """Quién demostró ser."""

    person: uuid.UUID


class CallersCasesAsked(BaseModel):
    """Whose cases are asked for."""

    model_config = ConfigDict(frozen=True)

    person: uuid.UUID = Field(description="Quién dice ser; de POST /people/search.")


class CallersCaseShown(Shown):
    """Un caso de quien demostró quién es."""

    case: CaseLine
    may_open: bool = Field(description="Si la cuenta puede ver el caso entero.")
    words: list[Act] = Field(description="Qué puede anotar la cuenta de lo que dice.")


class MaskedCaseShown(Shown):
    """Un caso de quien todavía no demostró quién es: alcanza para preguntar, no para contar."""

    letter: str = Field(description="La última letra de su número.")
    stage: Stage
    received_at: Instant


class CallersCasesShown(Shown):
    """Los casos de quien llama: «masked» hasta que demuestre quién es, «told» después."""

    told: list[CallersCaseShown]
    masked: list[MaskedCaseShown]

    @classmethod
    def of(cls, told: Sequence[CallerCase], masked: Sequence[MaskedCase]) -> "CallersCasesShown":
        """Return the cases as they are shown."""
        lines = [
            CallersCaseShown(case=CaseLine.of(each.hit), may_open=each.may_open, words=list(each.words))
            for each in told
        ]
        return cls(told=lines, masked=[MaskedCaseShown.model_validate(each, from_attributes=True) for each in masked])
