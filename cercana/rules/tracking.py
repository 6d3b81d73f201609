"""The code that, beside the case number, lets its holder follow a case from outside."""

import hmac

from cercana.rules.typed_marks import bare_of_marks

# No vowels, so no words; and of what a hurried eye confuses (0 O Q D, 1 I L, 5 S, 2 Z, 8 B, 6 G, U V) at most one.
ALPHABET = "2346789CDFHJKMNPRTVWXY"
_LENGTH = 8
_CONTEXT = b"cercana tracking code 1\0"


def tracking_code(secret: bytes, case_key: str, generation: int) -> str:
    """
    Return the code of one generation of a case, printed as ``XXXX-XXXX``.

    The same arguments always give the same code, so only ``generation`` needs to be stored: raising it
    revokes the code. About 35 bits: callers must slow down repeated attempts.
    """
    digest = hmac.digest(secret, _CONTEXT + f"{case_key}:{generation}".encode(), "sha256")
    number = int.from_bytes(digest, "big")
    symbols = []
    for _ in range(_LENGTH):
        number, index = divmod(number, len(ALPHABET))
        symbols.append(ALPHABET[index])
    return "".join(symbols[:4]) + "-" + "".join(symbols[4:])


def matches(typed: str, *, secret: bytes, case_key: str, generation: int) -> bool:
    """Tell in constant time whether ``typed`` is the code, forgiving capitals, spaces, dots and dashes of any kind."""
    expected = tracking_code(secret, case_key, generation)
    return hmac.compare_digest(_bare(typed).encode("utf-8", "replace"), _bare(expected).encode())


def _bare(code: str) -> str:
    return bare_of_marks(code).replace("-", "").upper()
