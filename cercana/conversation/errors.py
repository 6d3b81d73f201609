"""Refusals about messages and their links."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class LinkOver(DomainError):
    """The link was not made by us, or its time is over."""

    code: ClassVar[str] = "conversation.link_over"
    message: ClassVar[str] = "Este enlace ya no sirve. Pide otro con el número de tu caso."
    status: ClassVar[int] = 410
