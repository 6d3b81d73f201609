"""What must be read again but never shown, kept encrypted under a key of this installation."""

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

from cercana.couriers.errors import SealBroken

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def seal(text: str) -> str:
    """Return ``text`` encrypted."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return what was sealed; raise SealBroken."""
    from cryptography.fernet import InvalidToken

    try:
        return _fernet().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as error:
        raise SealBroken from error


def mark_of(text: str) -> str:
    """Return what tells whether ``text`` is known already, and nothing else of it."""
    return derived("mark", text.encode()).hex()


def derived(purpose: str, text: bytes = b"") -> bytes:
    """Return 32 bytes that this installation alone can work out, others for every purpose."""
    # The old name of the place is part of every key: with another, nothing sealed so far could be read.
    return hmac.new(
        settings.SECRET_KEY.encode(), f"cercana.critical.{purpose}\0".encode() + text, hashlib.sha256
    ).digest()


def _fernet() -> "Fernet":
    # Here, since it takes six megabytes of every process that has it, and few seal anything.
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(derived("seal")))
