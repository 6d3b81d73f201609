"""
Where the place of recording stands in a film of the MP4 family (ISO/IEC 14496-12, QuickTime), and blanking it there.

Nothing moves: what is blanked keeps its length, so that every offset in the film still holds. Sizes come from whoever
made the file, so none is believed before it was compared with what encloses it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cercana.cases.film_samples import SEEN_AND_HEARD, TablesBroken, chunks_of, handler_of

FILM_TYPES = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})

_HEADER, _LONG_HEADER = 8, 16
_DEEPEST, _MOST_BOXES, _LARGEST_LIST = 8, 50_000, 1_000_000
_LARGEST_TABLE = 8_000_000
_CONTAINERS = frozenset({b"moov", b"trak", b"moof", b"traf", b"udta", b"meta", b"ilst"})
# The place itself, or text in which cameras note it among other things.
_PLACES = frozenset({b"\xa9xyz", b"loci", b"XMP_", b"xml ", b"bxml", b"GPMF"})
_PATH = (b"mdia", b"hdlr", b"minf", b"stbl")
_TABLES = (b"stsz", b"stsc", b"stco", b"co64")
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
    """
    Bytes to overwrite with ``head`` and zeros.

    ``name_at`` is where the name of a box is to become «free», or None.
    """

    start: int
    end: int
    name_at: int | None = None
    head: bytes = b""


def find_places(film: BinaryIO, size: int) -> list[Blank]:
    """Return what to blank in ``film``, a file of ``size`` bytes, so that no place is left; raise FilmBroken."""
    search = _Search(film, size)
    found = list(search.within(_Box(b"", 0, 0, size), depth=0))
    if search.is_in_fragments and search.has_other_track:
        # Its samples stand wherever each fragment says; no camera writes that.
        raise FilmBroken
    return found


def blank(film: BinaryIO, blanks: list[Blank]) -> None:
    """Overwrite ``blanks`` in ``film``, which is open for writing."""
    for each in blanks:
        if each.name_at is not None:
            film.seek(each.name_at)
            film.write(b"free")
        film.seek(each.start)
        film.write(each.head + bytes(each.end - each.start - len(each.head)))


class _Search:
    """One walk through the boxes of a film, which counts them, and notes what else there is than picture and sound."""

    def __init__(self, film: BinaryIO, size: int) -> None:
        self._film = film
        self._size = size
        self.is_in_fragments = self.has_other_track = False
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
            self.is_in_fragments |= box.name == b"moof"
            yield from self.within(box, depth=depth + 1)
            if box.name == b"trak":
                yield from self._samples(box)

    def _samples(self, track: _Box) -> Iterator[Blank]:
        """Yield the samples of ``track`` if it is neither picture nor sound: a place may stand in any of them."""
        media = self._held(track).get(b"mdia")
        if media is None:
            return
        parts = self._held(media)
        if b"hdlr" in parts and handler_of(self._table(parts[b"hdlr"])) in SEEN_AND_HEARD:
            return
        self.has_other_track = True
        for name in (b"minf", b"stbl"):
            if name not in parts:
                raise FilmBroken
            parts = self._held(parts[name])
        tables = {name: self._table(box) for name, box in parts.items() if name in _TABLES}
        try:
            for start, end in chunks_of(tables):
                yield Blank(min(start, self._size), min(end, self._size))
        except TablesBroken as error:
            raise FilmBroken from error

    def _held(self, box: _Box) -> dict[bytes, _Box]:
        """Return the boxes in ``box`` by name; two of one name would leave open which of them holds."""
        boxes = list(self._boxes(box.body, box.end, is_film=False))
        found = {each.name: each for each in boxes}
        if any(name in found and sum(each.name == name for each in boxes) > 1 for name in (*_TABLES, *_PATH)):
            raise FilmBroken
        return found

    def _table(self, box: _Box) -> bytes:
        if box.end - box.body > _LARGEST_TABLE:
            raise FilmBroken
        return self._read(box.body, box.end - box.body)

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
