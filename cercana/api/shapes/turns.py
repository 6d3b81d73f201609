"""Turns as whoever takes them reads them: where to go, how long to wait, when it is one's turn."""

import uuid
from enum import StrEnum
from typing import Annotated

from ninja import Path
from pydantic import Field, StringConstraints

from cercana.api.shapes.words import Code, Given, Instant, Shown, Truth
from cercana.channels.counter.commands import Wish
from cercana.channels.counter.queries import Board, Call, Followed, OfferedRoom
from cercana.rules.turns import LETTERS, PreferentialGroup, Topic, TurnState

RoomSite = Annotated[
    str, Path(pattern=r"^[a-z0-9_-]{1,40}$", description="El código de la sede.", examples=["sede_central"])
]


class TurnLanguage(StrEnum):
    """In which language somebody wants to be attended."""

    SPANISH = "es"
    QUECHUA = "qu"
    AYMARA = "ay"
    ENGLISH = "en"


class RoomShown(Shown):
    """Una sala de espera donde se puede tomar un turno."""

    site: str = Field(description="El código de la sede.")
    name: str
    address: str
    is_open: bool = Field(description="Si ahora se dan turnos.")
    waiting: int = Field(description="Cuántas personas esperan ahora.")


class TopicShown(Shown):
    """A qué viene la persona, y con qué letra empieza su turno."""

    topic: Topic
    letter: str


class RoomsShown(Shown):
    """Dónde y para qué se puede tomar un turno."""

    rooms: list[RoomShown]
    topics: list[TopicShown]
    groups: list[PreferentialGroup] = Field(description="A quiénes la ley exime de esperar.")

    @classmethod
    def of(cls, rooms: list[OfferedRoom]) -> "RoomsShown":
        """Return what is on offer as it is shown."""
        return cls(
            rooms=[RoomShown.model_validate(each, from_attributes=True) for each in rooms],
            topics=[TopicShown(topic=topic, letter=letter) for topic, letter in LETTERS.items()],
            groups=list(PreferentialGroup),
        )


class CalledShown(Shown):
    """Un llamado: qué turno va a qué ventanilla."""

    name: str = Field(description="Distingue este llamado de otro del mismo turno.", examples=["42.1"])
    ticket: str = Field(examples=["R 031"])
    window: str = Field(examples=["5"])

    @classmethod
    def of(cls, call: Call) -> "CalledShown":
        """Return how a call is shown."""
        return cls.model_validate(call, from_attributes=True)


class BoardShown(Shown):
    """La pantalla de una sala: turnos y ventanillas, nunca un nombre. Las esperas son medias, en minutos."""

    is_open: bool
    current: CalledShown | None = Field(description="A quién se llama ahora.")
    earlier: list[CalledShown]
    preferential: list[str] = Field(description="Los próximos turnos preferentes.")
    next: list[str] = Field(description="Los próximos por orden de llegada.")
    preferential_wait: int | None = Field(description="Nula si hace rato no se llama a nadie.")
    wait: int | None

    @classmethod
    def of(cls, board: Board) -> "BoardShown":
        """Return the screen of a room as it is shown."""
        return cls(
            is_open=board.is_open,
            current=CalledShown.of(board.current) if board.current else None,
            earlier=[CalledShown.of(each) for each in board.earlier],
            preferential=list(board.preferential),
            next=list(board.next),
            preferential_wait=board.preferential_wait,
            wait=board.wait,
        )


class TurnTakenGiven(Given):
    """Un turno que alguien pide."""

    site: Code = Field(description="La sede, de /citizen/rooms.", examples=["sede_central"])
    topic: Topic = Field(description="A qué viene.")
    group: PreferentialGroup | None = Field(
        default=None,
        description="Atención preferente: basta decirlo, sin prueba. Solo se guarda cuántos vienen.",
    )
    language: TurnLanguage = TurnLanguage.SPANISH
    document: Annotated[str, StringConstraints(pattern=r"^([0-9A-Za-z]{6,15})?$")] = Field(
        default="", description="Su documento, si lo da. Se olvida al día siguiente.", examples=["45678912"]
    )
    on_paper: Truth = Field(default=False, description="Si la impresora de la sala lo imprime.")

    def wish(self, key: uuid.UUID) -> Wish:
        """Return what is asked for, as the counter takes it."""
        return Wish(
            key=key,
            topic=self.topic,
            group=self.group,
            language=self.language.value,
            document=self.document,
            on_paper=self.on_paper,
        )


class WaitShown(Shown):
    """Cuánto esperará, en minutos: nueve de cada diez veces, entre un extremo y el otro."""

    least: int
    most: int


class FollowedShown(Shown):
    """Un turno, para quien lo tiene."""

    key: uuid.UUID = Field(description="Abre el turno: es secreta.")
    ticket: str = Field(examples=["R 031"])
    state: TurnState
    is_preferential: bool
    language: str
    room_name: str
    arrived_at: Instant
    ahead: int = Field(description="Cuántas personas van antes.")
    expected: WaitShown | None = Field(description="Nula si los últimos turnos no alcanzan para saberlo.")
    window: str = Field(description="A dónde acercarse, si ya lo llaman.", examples=["5"])
    calls: int = Field(description="Cuántas veces lo llamaron.")
    link: str = Field(description="La página para seguirlo; va en el código QR.")

    @classmethod
    def of(cls, turn: Followed, link: str) -> "FollowedShown":
        """Return a turn as its holder follows it."""
        expected = WaitShown(least=turn.expected.least, most=turn.expected.most) if turn.expected else None
        return cls(
            key=turn.key,
            ticket=turn.ticket,
            state=turn.state,
            is_preferential=turn.is_preferential,
            language=turn.language,
            room_name=turn.room_name,
            arrived_at=turn.arrived_at,
            ahead=turn.ahead,
            expected=expected,
            window=turn.window,
            calls=turn.calls,
            link=link,
        )
