"""Refusals about opinions."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class OpinionAlreadyGiven(DomainError):
    """There is one opinion a case; the first one stays."""

    code: ClassVar[str] = "feedback.already_given"
    message: ClassVar[str] = "Ya tenemos tu opinión sobre este caso. Gracias."


class OpinionNotYet(DomainError):
    """The case is open, or open again: there is nothing to look back on."""

    code: ClassVar[str] = "feedback.not_yet"
    message: ClassVar[str] = "Tu caso está abierto. Cuando termine podrás contarnos cómo te fue."


class MarkMissing(DomainError):
    """An opinion is a mark from 1 to 5."""

    code: ClassVar[str] = "feedback.mark_missing"
    message: ClassVar[str] = "Elige una de las cinco caras."
    status: ClassVar[int] = 422
