"""Refusals of the mail channel."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class MailGone(DomainError):
    """No mail with that key was set aside, or somebody was quicker."""

    code: ClassVar[str] = "email.mail_gone"
    message: ClassVar[str] = "Ese correo ya no está apartado. Vuelva a la lista."
    status: ClassVar[int] = 404


class OriginalGone(DomainError):
    """What somebody wants to read whole did not come by mail, or its person was erased."""

    code: ClassVar[str] = "email.original_gone"
    message: ClassVar[str] = "No hay un correo guardado de esa entrada del caso."
