"""Refusals about calling back."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class CallBackGone(DomainError):
    """Nobody waits to be called back with that key: they have a case by now, or need none."""

    code: ClassVar[str] = "phone.call_back_gone"
    message: ClassVar[str] = "Esa persona ya no espera que le devuelvan la llamada. Vuelva a la lista."
    status: ClassVar[int] = 404


class CallBackTaken(DomainError):
    """A colleague is calling this person right now."""

    code: ClassVar[str] = "phone.call_back_taken"
    message: ClassVar[str] = "Un colega está llamando a esa persona. Tome la siguiente."


class AttemptNotYours(DomainError):
    """Only the last attempt can be taken back, by who noted it, and only a short while."""

    code: ClassVar[str] = "phone.attempt_not_yours"
    message: ClassVar[str] = "Ese intento ya no se puede deshacer. Anote otro con lo que pasó."


class PreferenceRefused(DomainError):
    """The preferred hour has gone already, is no hour, or is too far away."""

    code: ClassVar[str] = "phone.preference_refused"
    message: ClassVar[str] = "Escriba una hora que todavía no pasó, de los próximos 14 días."
    status: ClassVar[int] = 422


class CallFiguresClosed(DomainError):
    """How calls went is for who supervises or analyses."""

    code: ClassVar[str] = "phone.figures_closed"
    message: ClassVar[str] = "Estas cifras son de jefaturas y de quien analiza."
    status: ClassVar[int] = 403
