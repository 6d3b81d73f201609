"""Which characters the fonts of printed pages can draw, read from the fonts themselves."""

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

# Not in our fonts either, but in the one that the typesetter brings along.
_MISSING = "□"
# Controls, formats such as the turning of the direction of writing, half characters, and what has no meaning.
_WITHOUT_SHAPE = ("Cc", "Cf", "Cs", "Cn")
# The tables of OpenType that list characters: up to U+FFFF in segments, and beyond in groups.
_SEGMENTS, _GROUPS = 4, 12


def on_one_line(text: str) -> str:
    """Return ``text`` without what has no shape of its own; an accent typed apart is joined to its letter."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(each for each in line if unicodedata.category(each) not in _WITHOUT_SHAPE)


def drawable(text: str, fonts: Sequence[Path]) -> str:
    """Return ``text`` with «□» for each character that one of ``fonts`` cannot draw."""
    known = characters_of(tuple(fonts))
    return "".join(each if ord(each) in known else _MISSING for each in text)


@cache
def characters_of(fonts: tuple[Path, ...]) -> frozenset[int]:
    """Return the code points that every one of ``fonts`` (TrueType files) can draw."""
    return frozenset.intersection(*(frozenset(_characters(path.read_bytes())) for path in fonts))


def _characters(font: bytes) -> Iterator[int]:
    cmap = _offset_of_table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for index in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * index)
        (format_,) = struct.unpack_from(">H", font, cmap + offset)
        if format_ == _SEGMENTS:
            yield from _in_segments(font, cmap + offset)
        elif format_ == _GROUPS:
            yield from _in_groups(font, cmap + offset)


def _offset_of_table(font: bytes, wanted: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if tag == wanted:
            return int(offset)
    raise ValueError(wanted)


def _in_segments(font: bytes, at: int) -> Iterator[int]:
    """Yield the characters of a table of format 4: the arrays of ends, starts, deltas and offsets lie one by one."""
    double = struct.unpack_from(">H", font, at + 6)[0]
    ends, starts = at + 14, at + 16 + double
    deltas, offsets = starts + double, starts + 2 * double
    for step in range(0, double, 2):
        fields = (struct.unpack_from(">H", font, array + step)[0] for array in (ends, starts, deltas, offsets))
        end, start, delta, offset = fields
        for character in range(start, min(end, 0xFFFE) + 1):
            place = offsets + step + offset + 2 * (character - start)
            glyph = struct.unpack_from(">H", font, place)[0] if offset else character
            if (glyph and (glyph + delta) % 0x10000) or (not offset and (character + delta) % 0x10000):
                yield character


def _in_groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", font, at + 12)
    for index in range(count):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * index)
        yield from range(first, last + 1)
