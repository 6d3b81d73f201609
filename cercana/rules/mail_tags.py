"""
The tag that a reply brings back: the number of a case and our signature, in an address or in a subject.

``casos+SI-2026-004217-G.4KX7M2PRTW@muni.gob.pe``, or ``[SI-2026-004217-G.4KX7M2PRTW]``. It says to which case a mail
belongs, and opens nothing: whoever holds it is not thereby the citizen.
"""

import hmac
import re

_ALPHABET = "23456789CDFGHJKMNPQRTVWX"
_LENGTH = 10
_CONTEXT = b"cercana mail tag 1\0"
_TAG = re.compile(rf"([A-Z]{{1,6}}-\d{{4}}-\d{{6,9}}-[0-9A-Z])\.([{_ALPHABET}]{{{_LENGTH}}})", re.IGNORECASE)


def tag_for(number: str, *, secret: bytes) -> str:
    """Return the tag of the case ``number``: the same for ever, about 45 bits that only we can work out."""
    value = int.from_bytes(hmac.digest(secret, _CONTEXT + number.encode(), "sha256"), "big")
    symbols = []
    for _ in range(_LENGTH):
        value, index = divmod(value, len(_ALPHABET))
        symbols.append(_ALPHABET[index])
    return f"{number}.{''.join(symbols)}"


def number_in(text: str, *, secret: bytes) -> str:
    """Return the number of the case whose tag stands in an address or a subject; "" if none does that we signed."""
    for found in _TAG.finditer(text):
        number = found[1].upper()
        if hmac.compare_digest(found[0].upper().encode(), tag_for(number, secret=secret).encode()):
            return number
    return ""


def address_with(tag: str, address: str) -> str:
    """Return ``address`` with the tag behind a plus, where mail servers let it be."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{tag}@{domain}"
