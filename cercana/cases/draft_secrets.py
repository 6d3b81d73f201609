"""The secret under which a draft is kept: it goes to the browser, and nothing but its digest is ever stored."""

import hashlib
import secrets

_BYTES = 32


def new_secret() -> str:
    """Return the secret of a draft to be."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
