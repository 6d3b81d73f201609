"""Refusals of the portal."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class TooManyTries(DomainError):
    """Number and code were tried too often from one place; ``wait`` says for how long to pause."""

    code: ClassVar[str] = "portal.too_many_tries"
    message: ClassVar[str] = "Hubo varios intentos seguidos. Espera {wait} y prueba otra vez, o llámanos al {phone}."
    status: ClassVar[int] = 429


class TooMuchSent(DomainError):
    """Files, messages or decisions came too often from one place or for one case; ``wait`` says how long to pause."""

    code: ClassVar[str] = "portal.too_much_sent"
    message: ClassVar[str] = "Recibimos mucho en poco tiempo. Espera {wait} y envíalo otra vez, o llámanos al {phone}."
    status: ClassVar[int] = 429
