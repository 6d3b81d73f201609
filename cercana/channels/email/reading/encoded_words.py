"""Header values: unfolding, 8-bit letters, encoded words (RFC 2047) in all the ways they are broken."""

import binascii
import re
from typing import Final

from cercana.channels.email.reading.charsets import clean, decode

# The end may be missing, and blanks may stand in it: programs fold and cut within encoded words.
_WORD: Final = re.compile(
    r"=\?([\w.:+-]{2,40})(?:\*[\w-]*)?[ \t]*\?[ \t]*([bBqQ])[ \t]*\?((?:(?!=\?[\w.:+-]{2,40}\?[bBqQ]\?).)*?)"
    r"(?:\?=|\?$|$|(?==\?[\w.:+-]{2,40}\?[bBqQ]\?))",
    re.DOTALL,
)
# So much of a field is read: no person writes more, and the raw mail is kept.
_LONGEST: Final = 100_000
_FOLDING: Final = re.compile(rb"[\r\n]+[ \t]*|\x00")
_BLANK: Final = re.compile(r"\s*\Z")
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")


def unfold(raw: bytes) -> str:
    """Return the value of a header field on one line, its letters read, its encoded words left as they are."""
    raw = raw[:_LONGEST]
    flat = _FOLDING.sub(b" ", raw) if b"\n" in raw or b"\r" in raw or b"\x00" in raw else raw
    return clean(decode(flat, None)).replace("\n", " ").strip()


def decode_words(value: str) -> str:
    """Return ``value`` with its encoded words as people read them; never raise."""
    if "=?" not in value:
        return value
    pieces: list[tuple[bytes | str, str]] = []
    at = 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        follows_word = bool(pieces) and isinstance(pieces[-1][0], bytes)
        if not (follows_word and _BLANK.match(between)) and between:
            pieces.append((between, ""))
        _add(pieces, _bytes_of(word[2], word[3]), word[1].lower())
        at = word.end()
    pieces.append((value[at:], ""))
    return clean("".join(part if isinstance(part, str) else decode(part, name) for part, name in pieces)).replace(
        "\n", " "
    )


def _add(pieces: list[tuple[bytes | str, str]], content: bytes, charset: str) -> None:
    """Append an encoded word; letters cut in two by the one before it become whole again."""
    if pieces:
        before, name = pieces[-1]
        if isinstance(before, bytes) and name == charset:
            pieces[-1] = (before + content, charset)
            return
    pieces.append((content, charset))


def _bytes_of(kind: str, coded: str) -> bytes:
    if kind in "qQ":
        return binascii.a2b_qp(coded.replace("\n", "").encode("utf-8"), header=True)
    letters = _NOT_BASE64.sub("", coded)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
