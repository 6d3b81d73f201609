"""
Where the place of recording stands in a film of the MP4 family (ISO/IEC 14496-12, QuickTime), and blanking it there.

Nothing moves: what is blanked keeps its length, so that every offset in the film still holds. Sizes come from whoever
made the file, so none is believed before it was compared with what encloses it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

FILM_TYPES = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})

_HEADER, _LONG_HEADER = 8, 16
_DEEPEST, _MOST_BOXES, _LARGEST_LIST = 8, 50_000, 1_000_000
_CONTAINERS = frozenset({b"moov", b"trak", b"moof", b"traf", b"udta", b"meta", b"ilst"})
# The place itself, or text in which cameras note it among other things.
_PLACES = frozenset({b"\xa9xyz", b"loci", b"XMP_", b"xml ", b"bxml"})
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_PLACE_KEYS = (b"com.apple.quicktime.location.", b"com.android.location", b"location")
# Within ``data``: its type and its country, then the value.
_VALUE_AT = 8


class FilmBroken(Exception):
    """The boxes of a film do not fit into each other, so nobody can say that no place is left in it."""


@dataclass(frozen=True, slots=True)
class _Box:
    """One box: its name, where it begins, and where what it holds begins and ends, in bytes."""

    name: bytes
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Blank:
    """Bytes to overwrite with zeros; ``name_at`` is where the name of a box is to become «free», or None."""

    start: int
    end: int
    name_at: int | None = None


def find_places(film: BinaryIO, size: int) -> list[Blank]:
    """Return what to blank in ``film``, a file of ``size`` bytes, so that no place is left; raise FilmBroken."""
    return list(_Search(film).within(_Box(b"", 0, 0, size), depth=0))


def blank(film: BinaryIO, blanks: list[Blank]) -> None:
    """Overwrite ``blanks`` in ``film``, which is open for writing."""
    for each in blanks:
        if each.name_at is not None:
            film.seek(each.name_at)
            film.write(b"free")
        film.seek(each.start)
        film.write(bytes(each.end - each.start))


class _Search:
    """One walk through the boxes of a film, which counts them."""

    def __init__(self, film: BinaryIO) -> None:
        self._film = film
        self._seen = 0

    def within(self, container: _Box, *, depth: int) -> Iterator[Blank]:
        """Yield the blanks in ``container``; the whole film is the container of depth 0."""
        if depth > _DEEPEST:
            raise FilmBroken
        at = self._begin_of_boxes(container)
        keys: list[bytes] = []
        boxes = list(self._boxes(at, container.end, is_film=depth == 0))
        for box in boxes:
            if box.name == b"keys":
                keys = self._keys(box)
        for box in boxes:
            if box.name == b"ilst" and keys:
                yield from self._values(box, keys)
            yield from self._blanks(box, depth)
        rest = boxes[-1].end if boxes else at
        if depth and rest < container.end:
            # After a size of zero, which ends a list, or too little for a box: whatever it is, nobody needs it.
            yield Blank(rest, container.end)

    def _blanks(self, box: _Box, depth: int) -> Iterator[Blank]:
        if box.name in _PLACES or (box.name == b"uuid" and self._read(box.body, 16) == _XMP):
            yield Blank(box.body, box.end, name_at=box.start + 4)
        elif box.name == b"cmov":
            # Boxes packed by zlib, as no camera has written them for decades.
            raise FilmBroken
        elif box.name in _CONTAINERS:
            yield from self.within(box, depth=depth + 1)

    def _boxes(self, at: int, end: int, *, is_film: bool) -> Iterator[_Box]:
        while end - at >= _HEADER:
            box = self._box(at, end, is_film=is_film)
            if box is None:
                return
            yield box
            at = box.end

    def _box(self, at: int, end: int, *, is_film: bool) -> _Box | None:
        """Return the box at ``at``; None where the boxes end early."""
        self._seen += 1
        if self._seen > _MOST_BOXES:
            raise FilmBroken
        length, name = struct.unpack(">L4s", self._read(at, _HEADER))
        body = at + _HEADER
        if length == 1:
            (length,) = struct.unpack(">Q", self._read(body, _LONG_HEADER - _HEADER))
            body = at + _LONG_HEADER
        elif length == 0:
            if not is_film:
                return None
            length = end - at
        if at + length > end and is_film and name not in _CONTAINERS:
            # A recording that broke off: what is there can be seen all the same.
            length = end - at
        if at + length < body and is_film:
            # No box any more: players stop here, too.
            return None
        if at + length < body or at + length > end:
            raise FilmBroken
        return _Box(name, at, body, at + length)

    def _begin_of_boxes(self, container: _Box) -> int:
        """Return where the boxes begin: «meta» has a version before them in MP4 and none in QuickTime."""
        if container.name != b"meta" or container.end - container.body < _LONG_HEADER:
            return container.body
        return container.body + (0 if self._read(container.body + 4, 4) == b"hdlr" else 4)

    def _keys(self, box: _Box) -> list[bytes]:
        """Return the names that the values of «ilst» are numbered by, from 1 on."""
        if box.end - box.body > _LARGEST_LIST:
            raise FilmBroken
        at, names = box.body + _HEADER, []
        while box.end - at >= _HEADER:
            (length,) = struct.unpack(">L", self._read(at, 4))
            if length < _HEADER or at + length > box.end:
                raise FilmBroken
            names.append(self._read(at + _HEADER, length - _HEADER))
            at += length
        return names

    def _values(self, box: _Box, keys: list[bytes]) -> Iterator[Blank]:
        """Yield the values in «ilst» whose key names a place."""
        for item in self._boxes(box.body, box.end, is_film=False):
            number = int.from_bytes(item.name)
            if 1 <= number <= len(keys) and keys[number - 1].lower().startswith(_PLACE_KEYS):
                for value in self._boxes(item.body, item.end, is_film=False):
                    yield Blank(min(value.body + _VALUE_AT, value.end), value.end)

    def _read(self, at: int, count: int) -> bytes:
        self._film.seek(at)
        found = self._film.read(count)
        if len(found) < count:
            raise FilmBroken
        return found
