"""Secrets that are shown once: made at random, and kept as a digest that nobody can turn back."""

import hashlib
import secrets

# 256 bits: so much chance needs no slow digest.
_BYTES = 32
_HINT = 8


def new_token() -> str:
    """Return a token to be; its beginning tells whoever finds one what it is."""
    return f"cer_{secrets.token_urlsafe(_BYTES)}"


def new_key() -> str:
    """Return the public name of a client."""
    return f"sis-{secrets.token_hex(8)}"


def new_secret() -> str:
    """Return the secret of a client."""
    return f"ces_{secrets.token_urlsafe(_BYTES)}"


def digest_of(secret: str) -> str:
    """Return what is kept of ``secret``."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def hint_of(secret: str) -> str:
    """Return the beginning by which a person recognizes a token in a list."""
    return secret[:_HINT]
