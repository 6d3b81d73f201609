"""
Where a film of the Matroska family (RFC 9559, WebM) notes what is no picture and no sound: its tags and attachments.

A place of recording stands among the tags, and files that came along may tell it, too. What they hold becomes «Void»,
an element that players pass over, of the same length.
"""

from collections.abc import Iterator
from typing import BinaryIO

from cercana.cases.film_location import Blank, FilmBroken

MATROSKA_TYPES = frozenset({"video/webm", "video/x-matroska"})

_EBML, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
_TOLD = frozenset({0x1254C367, 0x1941A469})
_MOST_ELEMENTS = 500_000
_LONGEST_ID, _LONGEST_SIZE = 4, 8
_VOID = b"\xec"


def find_matroska_places(film: BinaryIO, size: int) -> list[Blank]:
    """Return what to blank in ``film``, a file of ``size`` bytes, so that no place is left; raise FilmBroken."""
    return list(_told_in(film, size))


def _told_in(film: BinaryIO, size: int) -> Iterator[Blank]:
    at = seen = 0
    while at < size:
        seen += 1
        if seen > _MOST_ELEMENTS:
            raise FilmBroken
        name, at = _number(film, at, _LONGEST_ID, keeps_mark=True)
        if seen == 1 and name != _EBML:
            raise FilmBroken
        length, body = _number(film, at, _LONGEST_SIZE)
        is_open = length == (1 << 7 * (body - at)) - 1
        if name == _SEGMENT or (name == _CLUSTER and is_open):
            # Walked through: what they hold, and what follows a live recording of unknown length, stands in one row.
            at = body
            continue
        if is_open:
            raise FilmBroken
        # A recording that broke off ends early.
        at = min(body + length, size)
        if name in _TOLD and body < at:
            yield Blank(body, at, head=_void(at - body))


def _number(film: BinaryIO, at: int, longest: int, *, keeps_mark: bool = False) -> tuple[int, int]:
    """Return the number of variable length at ``at``, and where it ends; its first bit set marks the length."""
    film.seek(at)
    first = film.read(1)
    length = 9 - first[0].bit_length() if first else longest + 1
    if length > longest:
        raise FilmBroken
    rest = film.read(length - 1)
    if len(rest) < length - 1:
        raise FilmBroken
    number = int.from_bytes(first + rest)
    return (number if keeps_mark else number & ((1 << 7 * length) - 1)), at + length


def _void(length: int) -> bytes:
    """Return the beginning of an element «Void» that takes ``length`` bytes with it; one byte has no room for it."""
    if length > _LONGEST_SIZE:
        return _VOID + ((1 << 56) | (length - 1 - _LONGEST_SIZE)).to_bytes(_LONGEST_SIZE)
    return _VOID + bytes([0x80 | (length - 2)]) if length > 1 else b""
