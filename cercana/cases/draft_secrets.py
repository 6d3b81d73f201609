"""The secret under which a draft is kept: it goes to the browser, and nothing but its digest is ever stored."""

import hashlib
import secrets
import uuid

_BYTES = 32


def new_secret() -> str:
    """Return the secret of a draft to be."""
    return secrets.token_urlsafe(_BYTES)


def client_key_of(secret: str) -> uuid.UUID:
    """
    Return the client key of what a phone carries under a secret of its own making.

    It follows from the secret, so that a repetition gives the same case even after the draft was swept.
    """
    return uuid.UUID(bytes=hashlib.sha256(b"client key\0" + secret.encode()).digest()[:16])


def digest_of(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
