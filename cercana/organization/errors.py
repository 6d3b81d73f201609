"""Refusals about the institution itself."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class NotSetUp(DomainError):
    """The database holds no municipality yet."""

    code: ClassVar[str] = "organization.not_set_up"
    message: ClassVar[str] = (
        "Falta configurar la municipalidad. Empieza con «cercana setup», o con «cercana demo base»."
    )
    status: ClassVar[int] = 503


class BeforeFirstPromises(DomainError):
    """At that moment nothing was promised yet: no policy, or no privacy notice, was in force."""

    code: ClassVar[str] = "organization.before_first_promises"
    message: ClassVar[str] = (
        "Los plazos rigen desde el {since}. Si llegó antes, use esa fecha y diga en el origen cuándo llegó."
    )
    status: ClassVar[int] = 409


class CategoryUnknown(DomainError):
    """The catalogue has no such category in use."""

    code: ClassVar[str] = "organization.category_unknown"
    message: ClassVar[str] = "Ese motivo ya no está en la lista. Hay que elegir otro."
    status: ClassVar[int] = 422


class AreaUnknown(DomainError):
    """There is no such area today."""

    code: ClassVar[str] = "organization.area_unknown"
    message: ClassVar[str] = "Esa área no existe o ya no está vigente. Elija otra."
    status: ClassVar[int] = 422
