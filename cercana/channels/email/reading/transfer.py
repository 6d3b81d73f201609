"""Content-Transfer-Encoding, as it is and as it should have been."""

import binascii
import re
from collections.abc import Iterator
from typing import Final

from cercana.channels.email.reading.uuencoded import take_out

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]+=*")
_BASE64_LINES: Final = re.compile(rb"[A-Za-z0-9+/=\s]*\Z")
_RUBBISH: Final = re.compile(rb"[^A-Za-z0-9+/]")
_WORDS: Final = re.compile(rb"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")
# Lines that a list server writes behind a text whose encoding it does not understand.
_WORDS_BEHIND: Final = re.compile(rb"^(?:[^\r\n]*[a-z]{2} [a-z]{2,} [^\r\n]*|[-_*=]{10,}[ \t]*)\r?$", re.MULTILINE)
_ESCAPES: Final = re.compile(rb"=(?:[0-9A-Fa-f]{2}|\r?\n)")
_BASE64_NAMES: Final = frozenset({"base64", "base-64", "b", "b64"})
_AS_IT_IS_NAMES: Final = frozenset({"", "7bit", "8bit", "binary"})
# So much of a body tells whether it is base64 at all.
_SAMPLE: Final = 4_000
_LONGEST_SEARCH: Final = 1_000_000
_SLICE: Final = 65_536
_MOST_PIECES: Final = 500
_A_LINE, _A_LONG_LINE = 16, 60
# What is longer is decoded while it is stored, a stretch at a time.
_LONGEST_AT_ONCE: Final = 1_000_000
_NOT_BASE64: Final = bytes(each for each in range(256) if not _BASE64.fullmatch(bytes([each])))


def plain_bytes(body: memoryview, encoding: str, *, is_text: bool) -> bytes:
    """
    Return ``body`` without its transfer encoding; never raise.

    ``encoding`` is as declared, in lower case. A text whose encoding is declared wrongly, or not at all, is recognized.
    """
    name = _name_of(encoding)
    if name in _BASE64_NAMES:
        return _from_base64(body, is_text=is_text)
    if name in ("quoted-printable", "quotedprintable", "q", "qp", "quoted-printible"):
        return binascii.a2b_qp(body)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        _, files = take_out(bytes(body))
        return files[0][1] if files else bytes(body)
    content = bytes(body)
    return _undeclared(content) if is_text else content


def plain_pieces(body: memoryview, encoding: str, *, is_text: bool) -> Iterator[bytes]:
    """
    Yield ``body`` without its transfer encoding, as ``plain_bytes`` returns it; never raise.

    A large file comes in stretches, so that a photo of 20 MB takes no 20 MB beside the mail that it stands in.
    """
    name = _name_of(encoding)
    if len(body) <= _LONGEST_AT_ONCE or is_text:
        yield plain_bytes(body, encoding, is_text=is_text)
    elif name in _BASE64_NAMES and not _is_not_base64(bytes(body[:_SAMPLE])) and not _has_padding_within(body):
        yield from _base64_pieces(body)
    elif name in _AS_IT_IS_NAMES:
        yield from _stretches(body)
    else:
        yield plain_bytes(body, encoding, is_text=is_text)


def _stretches(body: memoryview) -> Iterator[bytes]:
    return (bytes(body[at : at + _LONGEST_AT_ONCE]) for at in range(0, len(body), _LONGEST_AT_ONCE))


def _base64_pieces(body: memoryview) -> Iterator[bytes]:
    left = b""
    for each in _stretches(body):
        letters = left + each.translate(None, _NOT_BASE64)
        whole = len(letters) - len(letters) % 4
        left = letters[whole:]
        yield binascii.a2b_base64(letters[:whole])
    if len(left) > 1:
        yield binascii.a2b_base64(left + b"=" * (4 - len(left)))


def _name_of(encoding: str) -> str:
    return encoding.split(";", maxsplit=1)[0].strip().strip("\"'").replace(" ", "-").replace("_", "-")


def _from_base64(body: memoryview, *, is_text: bool) -> bytes:
    start = bytes(body[:_SAMPLE])
    if _is_not_base64(start):
        return bytes(body)
    behind = _WORDS_BEHIND.search(bytes(body[:_LONGEST_SEARCH])) if is_text else None
    if behind:
        return _decoded(body[: behind.start()]) + b"\n" + bytes(body[behind.start() :])
    return _decoded(body)


def _is_not_base64(start: bytes) -> bool:
    """Tell whether a body declared as base64 is plain words after all."""
    first = start.lstrip().partition(b"\n")[0].strip()
    if not first or (len(first) >= _A_LINE and _BASE64.fullmatch(first)):
        return False
    odd = len(_RUBBISH.findall(start)) - sum(map(start.count, (b"\n", b"\r", b"=")))
    return odd * 8 > len(start) or _WORDS.search(start) is not None


def _decoded(body: memoryview) -> bytes:
    """Decode base64 that may end in the middle, pieces one after another; almost none does."""
    if not _has_padding_within(body):
        return _lenient(body)
    content = bytes(body)
    if content.count(b"=") > _MOST_PIECES:
        return _lenient(content.replace(b"=", b""))
    return b"".join(_lenient(piece) for piece in content.split(b"=") if piece.strip())


def _has_padding_within(body: memoryview) -> bool:
    """Tell whether base64 ends before the end of ``body``: looked at in slices, for it may be large."""
    end = len(body)
    while end and body[end - 1] in b"= \r\n\t":
        end -= 1
    return any(b"=" in bytes(body[at : min(end, at + _SLICE)]) for at in range(0, end, _SLICE))


def _lenient(piece: bytes | memoryview) -> bytes:
    """Decode as much of ``piece`` as there is; what is cut short loses its last character at most."""
    try:
        return binascii.a2b_base64(piece)
    except binascii.Error:
        letters = _RUBBISH.sub(b"", bytes(piece))
        letters = letters[:-1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _undeclared(content: bytes) -> bytes:
    """Return the words of a text that is encoded and does not say so."""
    if b"=" in content and content.isascii():
        escapes = len(_ESCAPES.findall(content))
        if escapes > 2 and escapes == content.count(b"="):
            is_broken_softly = b"=\n" in content or b"=\r\n" in content
            decoded = binascii.a2b_qp(content)
            return decoded if is_broken_softly else _if_utf8(decoded, content)
    start = content[:76].strip()
    if len(start) < _A_LONG_LINE or b" " in start or not _BASE64_LINES.match(content):
        return content
    try:
        return _if_utf8(binascii.a2b_base64(content), content)
    except binascii.Error:
        return content


def _if_utf8(decoded: bytes, otherwise: bytes) -> bytes:
    """Return what has been decoded on a guess, if it is words."""
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        return otherwise
    return decoded
