"""Refusals of the portal."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class TooManyTries(DomainError):
    """Number and code were tried too often from one place; ``wait`` says for how long to pause."""

    code: ClassVar[str] = "portal.too_many_tries"
    message: ClassVar[str] = "Hubo varios intentos seguidos. Espera {wait} y prueba otra vez, o llámanos al {phone}."
    status: ClassVar[int] = 429


class LinkOver(DomainError):
    """The signed link was not made by us, was revoked, or its case closed more than 30 days ago."""

    code: ClassVar[str] = "portal.link_over"
    message: ClassVar[str] = "Este enlace ya no abre tu caso. Entra con tu número y tu código, o pide un enlace nuevo."
    status: ClassVar[int] = 410
