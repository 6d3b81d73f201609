"""Refusals of the desk itself."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class NothingChosen(DomainError):
    """An act on several cases needs at least one."""

    code: ClassVar[str] = "desk.nothing_chosen"
    message: ClassVar[str] = "Elija al menos un caso de la lista."
    status: ClassVar[int] = 422


class DayMissing(DomainError):
    """«Pronto» is no answer to by when (M3.3d)."""

    code: ClassVar[str] = "desk.day_missing"
    message: ClassVar[str] = "Diga para cuándo con un día o una hora: «el viernes 27», «hoy a las 4», «ya quedó hecho»."
    status: ClassVar[int] = 422


class PromiseDoubtful(DomainError):
    """A promise for a day on which nobody works, or after the due of the case, is made only on purpose."""

    code: ClassVar[str] = "desk.promise_doubtful"
    message: ClassVar[str] = "{doubt}. Elija otro, o marque «Prometer de todos modos»."
    status: ClassVar[int] = 422
