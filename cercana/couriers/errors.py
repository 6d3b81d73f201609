"""Refusals about where messages go."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class SubscriptionUnfit(DomainError):
    """What the browser sent is no subscription to pushes."""

    code: ClassVar[str] = "couriers.subscription_unfit"
    message: ClassVar[str] = "Este navegador no entregó una dirección para avisos. Pruebe con otro."
    status: ClassVar[int] = 422


class SealBroken(DomainError):
    """What was sealed cannot be read: the secret key of the installation has changed since."""

    code: ClassVar[str] = "couriers.seal_broken"
    message: ClassVar[str] = "Esta dirección se guardó con otra clave. Quítela y añádala de nuevo."
