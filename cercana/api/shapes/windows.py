"""Turns as whoever attends at a window reads them, how they went, and the devices of a waiting room."""

import uuid
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cercana.api.shapes.words import Code, Given, Instant, Name, OptionalCode, Ordinal, Shown
from cercana.channels.counter.queries import Desk, Device, DeviceKind, LinkedRoom, RoomFigures, TurnLine
from cercana.rules.turn_figures import TurnFigures
from cercana.rules.turns import PreferentialGroup, Topic


class WindowShown(Shown):
    """Una ventanilla."""

    id: int
    site: str
    room: str = Field(description="El nombre de la sede.")
    name: str = Field(examples=["5"])
    person: int | None = Field(description="Quién atiende ahí ahora.")


class TicketShown(Shown):
    """Un turno, para quien atiende. El documento, la nota y el caso se olvidan al día siguiente."""

    id: int
    ticket: str = Field(examples=["R 031"])
    topic: Topic
    is_preferential: bool
    language: str
    arrived_at: Instant
    calls: int
    document: str
    note: str = Field(description="Lo que anotó quien lo pasó.")
    case_number: str
    passed_to: str = Field(description="A qué ventanilla se pasó.")
    is_late: bool = Field(description="Si espera más de lo que la sala promete.")

    @classmethod
    def of(cls, line: TurnLine) -> "TicketShown":
        """Return how a turn is shown to the staff."""
        return cls.model_validate(line, from_attributes=True)


class TurnsShown(Shown):
    """Los turnos ante la ventanilla de la cuenta; sin ventanilla, solo las que se pueden elegir."""

    window: WindowShown | None
    windows: list[WindowShown]
    may_free: bool = Field(description="Si puede liberar la ventanilla que otra persona dejó.")
    called: TicketShown | None = Field(description="Quién está en la ventanilla.")
    waiting: list[TicketShown] = Field(description="En el orden en que se les llama.")
    absent: list[TicketShown]
    attended: list[TicketShown] = Field(description="Los atendidos de los que salió un caso.")

    @classmethod
    def of(cls, desk: Desk) -> "TurnsShown":
        """Return the turns before a window as they are shown."""
        return cls(
            window=WindowShown.model_validate(desk.seat, from_attributes=True) if desk.seat else None,
            windows=[WindowShown.model_validate(each, from_attributes=True) for each in desk.seats],
            may_free=desk.may_free,
            called=TicketShown.of(desk.called) if desk.called else None,
            waiting=_tickets(desk.waiting),
            absent=_tickets(desk.absent),
            attended=_tickets(desk.attended),
        )


class TicketCalled(Shown):
    """A quién se llama."""

    turn: TicketShown | None = Field(description="Nulo si nadie espera.")


class PassedOnGiven(Given):
    """A qué ventanilla pasa la persona, y qué debe saber quien la atienda."""

    window: Ordinal | None = Field(default=None, description="Nula: cualquiera.")
    note: Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")] = Field(
        default="", examples=["Trae el recibo de arbitrios."]
    )


class LongWaitShown(Shown):
    """Una sala donde alguien espera demasiado: falta abrir otra ventanilla."""

    site: str
    room: str
    minutes: int = Field(description="Cuántos minutos promete la sala.")
    people: int = Field(description="Cuántas personas los pasaron.")


class LongWaitsShown(Shown):
    """Las salas donde se espera demasiado, para quien puede abrir otra ventanilla."""

    waits: list[LongWaitShown]


class TurnFiguresAsked(BaseModel):
    """Of which room and how many days the figures are asked for."""

    model_config = ConfigDict(frozen=True)

    site: OptionalCode = Field(default="", description="Solo los de esta sede.")
    days: int = Field(default=7, ge=1, le=30, description="Cuántos días, hasta hoy.")


class TurnCounts(Shown):
    """Turnos contados; las duraciones van en minutos, nulas si no hubo ninguna."""

    taken: int
    attended: int
    abandoned: int = Field(description="Los que se fueron o no vinieron al llamarlos.")
    abandoned_share: float | None
    cases: int = Field(description="De cuántos salió un caso.")
    late: int = Field(description="Cuántos esperaron más de lo que la sala promete.")
    wait: int | None = Field(description="La espera mediana.")
    most_waits: int | None = Field(description="Lo que esperaron como máximo nueve de cada diez.")
    preferential_wait: int | None
    attention: int | None = Field(description="La atención mediana.")

    @classmethod
    def of(cls, figures: TurnFigures) -> "TurnCounts":
        """Return the figures as they are shown."""
        return cls.model_validate(figures, from_attributes=True)


class TurnsOfHour(Shown):
    """Los turnos de una hora de Lima."""

    hour: int
    counts: TurnCounts


class GroupCount(Shown):
    """Cuántas personas de un grupo preferente vinieron."""

    group: PreferentialGroup
    count: int


class TurnFiguresShown(Shown):
    """Cómo fueron los turnos de una sala, o de todas, en total y por la hora en que se tomaron."""

    days: int
    site: str = Field(description="Vacío: todas las salas.")
    whole: TurnCounts
    hours: list[TurnsOfHour]
    groups: list[GroupCount]

    @classmethod
    def of(cls, found: RoomFigures) -> "TurnFiguresShown":
        """Return the figures as they are shown."""
        return cls(
            days=found.days,
            site=found.site,
            whole=TurnCounts.of(found.whole),
            hours=[TurnsOfHour(hour=hour, counts=TurnCounts.of(each)) for hour, each in found.hours.items()],
            groups=[GroupCount(group=group, count=count) for group, count in found.groups.items()],
        )


class SlipShown(Shown):
    """La constancia de un caso recién registrado, para imprimirla."""

    house: str
    number: str
    code: str
    promise: str
    taken: str = Field(description="La fecha y la hora que van en el papel.")
    link: str = Field(description="Abre el caso sin el código: va en el código QR.")


class RoomDeviceShown(Shown):
    """Un quiosco o una pantalla."""

    key: uuid.UUID
    kind: DeviceKind
    name: str
    made_at: Instant

    @classmethod
    def of(cls, device: Device) -> "RoomDeviceShown":
        """Return how a device is shown."""
        return cls(key=device.key, kind=DeviceKind(device.kind), name=device.name, made_at=device.made_at)


class LinkedRoomShown(Shown):
    """Una sala de espera con sus equipos."""

    site: str
    name: str
    windows: list[str]
    devices: list[RoomDeviceShown]
    printer: str = Field(description="La dirección de la impresora; vacía si no hay.")
    printer_error: str = Field(description="Por qué no contestó la última vez.")


class LinkedRoomsShown(Shown):
    """Las salas de espera en uso, con sus equipos."""

    rooms: list[LinkedRoomShown]

    @classmethod
    def of(cls, rooms: list[LinkedRoom]) -> "LinkedRoomsShown":
        """Return the rooms as they are shown."""
        lines = [
            LinkedRoomShown(
                site=room.site,
                name=room.name,
                windows=list(room.windows),
                devices=[RoomDeviceShown.of(each) for each in room.devices],
                printer=room.printer,
                printer_error=room.printer_error,
            )
            for room in rooms
        ]
        return cls(rooms=lines)


class RoomDeviceGiven(Given):
    """Un equipo nuevo de una sala."""

    site: Code = Field(examples=["sede_central"])
    kind: DeviceKind
    name: Name = ""


class DeviceMade(Shown):
    """El equipo y su enlace, que se abre una vez en él."""

    device: RoomDeviceShown
    link: str


def _tickets(lines: Sequence[TurnLine]) -> list[TicketShown]:
    return [TicketShown.of(each) for each in lines]
