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
