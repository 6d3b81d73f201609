"""Refusals of the demonstration."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class NotADemonstration(DomainError):
    """The database belongs to a real municipality."""

    code: ClassVar[str] = "demo.not_a_demonstration"
    message: ClassVar[str] = (
        "Esta base de datos es de «{name}» y no es una demostración. "
        "Los datos inventados van en una base de datos nueva."
    )


class DemonstrationMissing(DomainError):
    """There is no demonstration municipality yet to act in."""

    code: ClassVar[str] = "demo.missing"
    message: ClassVar[str] = "Aquí no hay municipalidad de demostración. Empieza con «cercana demo base»."
