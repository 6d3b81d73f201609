"""Header values: unfolding, 8-bit letters, encoded words (RFC 2047) in all the ways they are broken."""

import binascii
import re
from itertools import groupby
from typing import Final

from cercana.channels.email.reading.charsets import clean, decode

# The end may be missing, and blanks may stand in it: programs fold and cut within encoded words.
_WORD: Final = re.compile(
    r"=\?([\w.:+-]{2,40})(?:\*[\w-]*)?[ \t]*\?[ \t]*([bBqQ])[ \t]*\?((?:(?!=\?[\w.:+-]{2,40}\?[bBqQ]\?).)*?)"
    r"(?:\?=|\?$|$|(?==\?[\w.:+-]{2,40}\?[bBqQ]\?))",
    re.DOTALL,
)
# Charset, "b" or "q", and the text in its code.
_Word = tuple[str, str, str]
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
    words: list[_Word] = []
    texts: list[str] = []
    at = 0
    for found in _WORD.finditer(value):
        between = value[at : found.start()]
        if between and not (words and _BLANK.match(between)):
            texts += [_joined(words), between]
            words = []
        words.append((found[1].lower(), found[2].lower(), found[3]))
        at = found.end()
    texts += [_joined(words), value[at:]]
    return clean("".join(texts)).replace("\n", " ")


def _joined(words: list[_Word]) -> str:
    """Return the text of encoded words in a row; letters that were cut in two between them become whole again."""
    text = ""
    for charset, same_charset in groupby(words, key=lambda word: word[0]):
        content = b""
        for kind, same_kind in groupby(same_charset, key=lambda word: word[1]):
            coded = [word[2] for word in same_kind]
            content += _from_base64(coded) if kind == "b" else b"".join(map(_from_quoted, coded))
        text += decode(content, charset)
    return text


def _from_quoted(coded: str) -> bytes:
    return binascii.a2b_qp(coded.encode("utf-8"), header=True)


def _from_base64(words: list[str]) -> bytes:
    letters = [_NOT_BASE64.sub("", each) for each in words]
    # Cut between the letters of the code itself, which is forbidden: only together do they say something.
    if any(len(each) % 4 == 1 for each in letters):
        letters = ["".join(letters)]
    return b"".join(map(_base64_bytes, letters))


def _base64_bytes(letters: str) -> bytes:
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
