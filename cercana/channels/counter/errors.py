"""Refusals about turns, windows and the devices of a waiting room."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class TurnsClosed(DomainError):
    """Turns are called by who attends people."""

    code: ClassVar[str] = "counter.closed"
    message: ClassVar[str] = "Los turnos los llama quien atiende a personas."
    status: ClassVar[int] = 403


class FiguresClosed(DomainError):
    """How long people wait is for who supervises or analyses."""

    code: ClassVar[str] = "counter.figures_closed"
    message: ClassVar[str] = "Estas cifras son de jefaturas y de quien analiza."
    status: ClassVar[int] = 403


class DevicesClosed(DomainError):
    """Kiosks and screens are linked by an administrator."""

    code: ClassVar[str] = "counter.devices_closed"
    message: ClassVar[str] = "Los equipos de la sala los enlaza un administrador."
    status: ClassVar[int] = 403


class DeviceUnknown(DomainError):
    """The device was not linked to this waiting room, or its link was taken back."""

    code: ClassVar[str] = "counter.device_unknown"
    message: ClassVar[str] = "Este equipo no está enlazado a esta sala. Hace falta un enlace nuevo de un administrador."
    status: ClassVar[int] = 403


class RoomUnknown(DomainError):
    """No waiting room in use has this name."""

    code: ClassVar[str] = "counter.room_unknown"
    message: ClassVar[str] = "No hay una sala de espera con ese nombre."
    status: ClassVar[int] = 404


class RoomClosed(DomainError):
    """Outside office hours, and with no window attended, nobody would ever call the turn."""

    code: ClassVar[str] = "counter.room_closed"
    message: ClassVar[str] = "La sala está cerrada ahora. Se atiende en el horario publicado."


class TooManyQuestions(DomainError):
    """A phone asks about a turn no more often than a page does."""

    code: ClassVar[str] = "counter.too_many_questions"
    message: ClassVar[str] = "Muchas preguntas seguidas. En un minuto se puede volver a mirar el turno."
    status: ClassVar[int] = 429


class WindowTaken(DomainError):
    """One window, one person."""

    code: ClassVar[str] = "counter.window_taken"
    message: ClassVar[str] = "En la ventanilla {window} ya atiende otra persona. Elija otra."


class WindowMissing(DomainError):
    """Whoever calls a turn sits at a window."""

    code: ClassVar[str] = "counter.window_missing"
    message: ClassVar[str] = "Elija primero en qué ventanilla está."


class WindowUnknown(DomainError):
    """The window is not in use, or belongs to another site."""

    code: ClassVar[str] = "counter.window_unknown"
    message: ClassVar[str] = "Esa ventanilla no está en uso. Elija otra."
    status: ClassVar[int] = 404


class TurnUnknown(DomainError):
    """No turn of today has this key."""

    code: ClassVar[str] = "counter.turn_unknown"
    message: ClassVar[str] = "Este turno ya no existe. Los turnos valen solo el día en que se toman."
    status: ClassVar[int] = 410


class NobodyCalled(DomainError):
    """At this window nobody is being attended."""

    code: ClassVar[str] = "counter.nobody_called"
    message: ClassVar[str] = "En su ventanilla no hay ningún turno llamado."


class CalledTooLittle(DomainError):
    """The screen promises everybody two more calls."""

    code: ClassVar[str] = "counter.called_too_little"
    message: ClassVar[str] = "Llame otra vez antes: la pantalla promete tres llamados. Van {calls}."


class TurnOver(DomainError):
    """Somebody ended the turn, the person left it, or it waits again."""

    code: ClassVar[str] = "counter.turn_over"
    message: ClassVar[str] = "Ese turno ya terminó o volvió a la fila."


class PrinterMissing(DomainError):
    """No ticket printer is set up for the waiting room."""

    code: ClassVar[str] = "counter.printer_missing"
    message: ClassVar[str] = "Su sala no tiene impresora de turnos. Imprima desde el navegador."
