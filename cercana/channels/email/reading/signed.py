"""S/MIME: the mail inside a signature that wraps it (RFC 8551, application/pkcs7-mime; smime-type=signed-data)."""

from collections.abc import Iterator
from typing import Final

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_IDENTIFIER, _OCTETS, _OCTETS_IN_PIECES, _SEQUENCE, _FIRST = 0x06, 0x04, 0x24, 0x30, 0xA0
_DEEPEST: Final = 20
_INDEFINITE: Final = 0x80


def signed_content(content: bytes) -> bytes | None:
    """
    Return what ``content`` signs, None if it is encrypted, or no such thing.

    The signature itself is not judged: whose it is says nothing about the address a mail comes from.
    """
    try:
        information = list(_values(memoryview(content), 0))
        outer = list(_values(_only(information, _SEQUENCE), 0))
        if bytes(_only(outer, _IDENTIFIER)) != _SIGNED_DATA:
            return None
        signed = list(_values(_only(list(_values(_only(outer, _FIRST), 0)), _SEQUENCE), 0))
        inner = list(_values(_only(list(_values(_only(signed, _SEQUENCE), 0)), _FIRST), 0))
        return b"".join(_octets(inner, 0)) or None
    except (IndexError, StopIteration, RuntimeError, ValueError):
        return None


def _only(values: list[tuple[int, memoryview]], tag: int) -> memoryview:
    return next(value for each, value in values if each == tag)


def _octets(values: list[tuple[int, memoryview]], depth: int) -> Iterator[bytes]:
    for tag, value in values:
        if tag == _OCTETS:
            yield bytes(value)
        elif tag == _OCTETS_IN_PIECES and depth < _DEEPEST:
            yield from _octets(list(_values(value, depth)), depth + 1)


def _values(content: memoryview, depth: int) -> Iterator[tuple[int, memoryview]]:
    """Yield tag and value of each element of ``content`` (BER)."""
    at = 0
    while at + 2 <= len(content) and bytes(content[at : at + 2]) != b"\x00\x00":
        tag = content[at]
        start, length = _length(content, at + 1)
        if length is None:
            end = _end_of_contents(content, start, depth)
            yield tag, content[start:end]
            at = end + 2
        else:
            yield tag, content[start : start + length]
            at = start + length


def _length(content: memoryview, at: int) -> tuple[int, int | None]:
    """Return where the value begins, and its length: None if only its end tells it."""
    first = content[at]
    if first == _INDEFINITE:
        return at + 1, None
    if first < _INDEFINITE:
        return at + 1, first
    size = first & 0x7F
    return at + 1 + size, int.from_bytes(content[at + 1 : at + 1 + size], "big")


def _end_of_contents(content: memoryview, at: int, depth: int) -> int:
    if depth > _DEEPEST:
        raise ValueError
    while bytes(content[at : at + 2]) != b"\x00\x00":
        start, length = _length(content, at + 1)
        at = start + length if length is not None else _end_of_contents(content, start, depth + 1) + 2
    return at
