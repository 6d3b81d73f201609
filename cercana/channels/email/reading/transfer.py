"""Content-Transfer-Encoding, as it is and as it should have been."""

import binascii
import re
from typing import Final

_BASE64_LINES: Final = re.compile(rb"[A-Za-z0-9+/=\s]*\Z")
_PADDING: Final = re.compile(rb"=+\s*")
_RUBBISH: Final = re.compile(rb"[^A-Za-z0-9+/]")
_WORDS: Final = re.compile(rb"[A-Za-z0-9+/,.;:]+ [A-Za-z0-9+/,.;:]+ [A-Za-z0-9+/]")
_SOFT_BREAK: Final = re.compile(rb"=\r?\n")
_ESCAPES: Final = re.compile(rb"=(?:[0-9A-Fa-f]{2}|\r?\n)")
_UU_BEGIN: Final = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ", re.MULTILINE)
# So much of a body tells whether it is base64 at all.
_SAMPLE: Final = 4_000
_MOST_PIECES: Final = 500


def plain_bytes(body: memoryview, encoding: str, *, is_text: bool) -> bytes:
    """
    Return ``body`` without its transfer encoding; never raise.

    ``encoding`` is as declared, in lower case. A text whose encoding is declared wrongly, or not at all, is recognized.
    """
    name = encoding.split(";", maxsplit=1)[0].strip().strip("\"'").replace(" ", "-").replace("_", "-")
    if name in ("base64", "base-64", "b", "b64"):
        return _from_base64(body, is_text=is_text)
    if name in ("quoted-printable", "quotedprintable", "q", "qp", "quoted-printible"):
        return binascii.a2b_qp(body)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        found = uudecoded(bytes(body))
        return found[1] if found else bytes(body)
    content = bytes(body)
    return _undeclared(content) if is_text else content


def uudecoded(content: bytes) -> tuple[str, bytes] | None:
    """Return name and bytes of the first uuencoded file in ``content``, None if there is none."""
    begin = _UU_BEGIN.search(content)
    if begin is None:
        return None
    header, _, rest = content[begin.end() :].partition(b"\n")
    return header.decode("utf-8", "replace").strip(), b"".join(map(_uu_line, _until_end(rest)))


def _until_end(rest: bytes) -> list[bytes]:
    lines = rest.splitlines()
    return lines[: lines.index(b"end")] if b"end" in lines else lines


def _uu_line(line: bytes) -> bytes:
    if not line or line in (b"`", b" "):
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some programs write too many bytes at the end of a line, or cut its spaces: as the standard library does it.
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:length])
        except binascii.Error:
            return b""


def _from_base64(body: memoryview, *, is_text: bool) -> bytes:
    if _is_not_base64(bytes(body[:_SAMPLE])):
        return bytes(body)
    tail = bytes(body[-_SAMPLE:])
    if b"=" not in tail.rstrip(b"= \r\n\t") and (len(body) <= _SAMPLE or not _has_padding(body)):
        return _lenient(body)
    return _in_pieces(bytes(body), is_text=is_text)


def _has_padding(body: memoryview) -> bool:
    """Tell whether base64 ends before the end of ``body``: looked at in slices, for it may be large."""
    return any(b"=" in bytes(body[at : at + 65536]).rstrip(b"= \r\n\t") for at in range(0, len(body) - _SAMPLE, 65536))


def _is_not_base64(start: bytes) -> bool:
    """Tell whether a body declared as base64 is plain words after all."""
    if not start.strip():
        return False
    odd = len(_RUBBISH.findall(start)) - start.count(b"\n") - start.count(b"\r") - start.count(b"=")
    return odd * 8 > len(start) or (len(_WORDS.findall(start)) > 1 and b"=" not in start[-8:])


def _lenient(piece: bytes | memoryview) -> bytes:
    """Decode as much of ``piece`` as there is; what is cut short loses its last character at most."""
    try:
        return binascii.a2b_base64(piece)
    except binascii.Error:
        letters = _RUBBISH.sub(b"", bytes(piece))
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _in_pieces(body: bytes, *, is_text: bool) -> bytes:
    """Decode base64 that ends in the middle: pieces one after another, or words that a list has added behind it."""
    if body.count(b"=") > _MOST_PIECES:
        return _lenient(body.replace(b"=", b""))
    decoded = []
    at = 0
    for padding in _PADDING.finditer(body):
        decoded.append(_lenient(body[at : padding.end()]))
        at = padding.end()
        rest = body[at : at + _SAMPLE]
        if rest.strip() and not _BASE64_LINES.match(rest):
            return b"".join(decoded) + (b"\n" + body[at:] if is_text else b"")
    return b"".join(decoded) + _lenient(body[at:])


def _undeclared(content: bytes) -> bytes:
    """Return the words of a text that is encoded and does not say so."""
    if b"=" in content and _SOFT_BREAK.search(content) and content.isascii():
        escapes = len(_ESCAPES.findall(content))
        return binascii.a2b_qp(content) if escapes > 2 and escapes == content.count(b"=") else content
    start = content[:76].strip()
    if len(start) < 60 or b" " in start or len(content) > 10_000_000 or not _BASE64_LINES.match(content):
        return content
    try:
        decoded = binascii.a2b_base64(content)
        decoded.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return content
    return decoded
