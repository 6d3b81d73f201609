"""
Where the samples of one track of a film stand (ISO/IEC 14496-12, 8.7): the chunks that its tables name.

Action cameras and drones write the place beside the picture many times a second, in a track of its own (GoPro «gpmd»,
«camm», Apple «mebx», Sony «rtmd», subtitles of DJI). Whatever is neither picture nor sound goes as a whole.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence

SEEN_AND_HEARD = frozenset({b"vide", b"soun"})
_MOST_SAMPLES = 1_000_000


class TablesBroken(Exception):
    """The tables of a track do not tell where its samples are."""


def handler_of(hdlr: bytes) -> bytes:
    """Return what the body of a box «hdlr» says its track is."""
    return hdlr[8:12]


def chunks_of(tables: Mapping[bytes, bytes]) -> Iterator[tuple[int, int]]:
    """Yield where each chunk begins and ends; ``tables`` are the bodies of the boxes in «stbl», by name."""
    offsets = _offsets(tables)
    if not offsets:
        return
    sizes = _sizes(tables.get(b"stsz", b""))
    runs = _entries(tables.get(b"stsc", b""), 3)
    if not runs or runs[0][0] != 1:
        raise TablesBroken
    ends = [run[0] for run in runs[1:]] + [len(offsets) + 1]
    sample = 0
    for (first, amount, _), end in zip(runs, ends, strict=True):
        if not first < end <= len(offsets) + 1 or sample + amount * (end - first) > len(sizes):
            raise TablesBroken
        for offset in offsets[first - 1 : end - 1]:
            yield offset, offset + sum(sizes[sample : sample + amount])
            sample += amount


def _offsets(tables: Mapping[bytes, bytes]) -> Sequence[int]:
    if b"co64" in tables:
        return [high << 32 | low for high, low in _entries(tables[b"co64"], 2)]
    return [each for (each,) in _entries(tables.get(b"stco", b""), 1)]


def _sizes(stsz: bytes) -> Sequence[int]:
    if len(stsz) < 12:
        raise TablesBroken
    same, count = struct.unpack_from(">LL", stsz, 4)
    if count > _MOST_SAMPLES:
        raise TablesBroken
    return [same] * count if same else [each for (each,) in _entries(stsz[:4] + stsz[8:], 1)]


def _entries(table: bytes, width: int) -> Sequence[tuple[int, ...]]:
    """Return the rows of a table: version, count, and so many numbers of 32 bits a row."""
    if len(table) < 8:
        raise TablesBroken
    (count,) = struct.unpack_from(">L", table, 4)
    if count > _MOST_SAMPLES or len(table) < 8 + 4 * width * count:
        raise TablesBroken
    return list(struct.iter_unpack(f">{width}L", table[8 : 8 + 4 * width * count]))
