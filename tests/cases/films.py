"""Films as telephones write them, as small as they can be, with the place in every spot where one is noted."""

import struct

PLACE = b"-12.0971-077.0365/"


def box(name: bytes, *held: bytes) -> bytes:
    """Return a box."""
    body = b"".join(held)
    return struct.pack(">L4s", 8 + len(body), name) + body


def long_box(name: bytes, *held: bytes) -> bytes:
    """Return a box whose size takes 64 bits."""
    body = b"".join(held)
    return struct.pack(">L4sQ", 1, name, 16 + len(body)) + body


def user_text(name: bytes, text: bytes) -> bytes:
    """Return a text of QuickTime, with its length and language."""
    return box(name, struct.pack(">HH", len(text), 0x15C7), text)


def loci(place: bytes) -> bytes:
    """Return what 3GPP says of a place."""
    return box(b"loci", b"\0\0\0\0\x15\xc7", place, b"\0\0", bytes(12))


def metadata(values: dict[bytes, bytes], *, version: bytes = b"") -> bytes:
    """Return the metadata of QuickTime; those of MP4 begin with a ``version``."""
    keys = [struct.pack(">L", 8 + len(name)) + b"mdta" + name for name in values]
    items = [
        box(struct.pack(">L", number), box(b"data", struct.pack(">LL", 1, 0), value))
        for number, value in enumerate(values.values(), 1)
    ]
    handler = box(b"hdlr", bytes(8), b"mdta", bytes(12))
    listed = box(b"keys", struct.pack(">LL", 0, len(keys)), *keys)
    # The values before their keys: nobody promised an order.
    return box(b"meta", version, handler, box(b"ilst", *items), listed)


def film(*in_moov: bytes, brand: bytes = b"isom") -> bytes:
    """Return a film with some picture bytes."""
    return box(b"ftyp", brand, bytes(4), brand) + box(b"mdat", b"imagen" * 5) + box(b"moov", *in_moov)


def track(handler: bytes, *, chunks: tuple[int, ...], sizes: tuple[int, ...], is_long: bool = False) -> bytes:
    """Return a track whose ``chunks`` begin there, with one sample each of these ``sizes``."""
    count = struct.pack(">LL", 0, len(chunks))
    offsets = count + b"".join(struct.pack(">Q" if is_long else ">L", each) for each in chunks)
    lengths = struct.pack(">LLL", 0, 0, len(sizes)) + b"".join(struct.pack(">L", each) for each in sizes)
    runs = struct.pack(">LLLLL", 0, 1, 1, 1, 1)
    tables = box(b"stbl", box(b"stsc", runs), box(b"stsz", lengths), box(b"co64" if is_long else b"stco", offsets))
    described = box(b"hdlr", bytes(8), handler, bytes(12))
    return box(b"trak", box(b"tkhd", bytes(20)), box(b"mdia", described, box(b"minf", tables)))


def element(name: int, *held: bytes, length: bytes = b"") -> bytes:
    """Return an element of Matroska; ``length`` is its size as written, if it is another than that of what it holds."""
    body = b"".join(held)
    return name.to_bytes((name.bit_length() + 7) // 8) + (length or (1 << 56 | len(body)).to_bytes(8)) + body


UNKNOWN = b"\x01" + b"\xff" * 7
EBML, SEGMENT, CLUSTER, BLOCK, TAGS, ATTACHMENTS = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xA3, 0x1254C367, 0x1941A469


def matroska(*in_segment: bytes, length: bytes = b"") -> bytes:
    """Return a film of Matroska, as browsers record it if its ``length`` is unknown."""
    return element(EBML, b"\x42\x82\x84webm") + element(SEGMENT, *in_segment, length=length)
