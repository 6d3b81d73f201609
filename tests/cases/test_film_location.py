import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.cases.film_location import FilmBroken, blank, find_places
from tests.cases.films import PLACE, box, film, loci, long_box, metadata, user_text

LOCATION = b"com.apple.quicktime.location.ISO6709"
MAKE = b"com.apple.quicktime.make"
ACCURACY = b"com.apple.quicktime.location.accuracy.horizontal"
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
EVERYWHERE = (
    film(box(b"udta", user_text(b"\xa9xyz", PLACE))),
    film(box(b"trak", box(b"udta", user_text(b"\xa9xyz", PLACE)))),
    film(box(b"udta", loci(PLACE)), brand=b"3gp5"),
    film(metadata({MAKE: b"Marca", LOCATION: PLACE, ACCURACY: PLACE}), brand=b"qt  "),
    film(box(b"udta", metadata({LOCATION: PLACE}, version=bytes(4)))),
    film(box(b"udta", box(b"meta", bytes(4), box(b"hdlr", bytes(24)), box(b"ilst", user_text(b"\xa9xyz", PLACE))))),
    film() + box(b"uuid", XMP, b"<exif:GPSLatitude>", PLACE),
    film(box(b"udta", box(b"XMP_", PLACE))),
    film(box(b"udta", user_text(b"\xa9mod", b"Telefono"), bytes(4), user_text(b"\xa9xyz", PLACE))),
    box(b"ftyp", b"isom") + long_box(b"moov", long_box(b"udta", long_box(b"\xa9xyz", PLACE))),
    box(b"ftyp", b"isom") + struct.pack(">L4s", 0, b"moov") + box(b"udta", user_text(b"\xa9xyz", PLACE)),
    film(box(b"udta", user_text(b"\xa9xyz", PLACE))) + struct.pack(">L4s", 999, b"mdat") + b"cortado",
    film(box(b"udta", user_text(b"\xa9xyz", PLACE))) + b"\0\0\0\3sobra",
)


def without_place(content: bytes) -> bytes:
    """Return ``content`` after looking for places and blanking them."""
    file = io.BytesIO(content)
    blank(file, find_places(file, len(content)))
    return file.getvalue()


class TestBlankingPlaces:
    @pytest.mark.parametrize("content", EVERYWHERE)
    def test_leaves_none_and_moves_nothing(self, content: bytes) -> None:
        done = without_place(content)

        assert PLACE in content
        assert PLACE not in done
        assert len(done) == len(content)
        assert done.find(b"imagen") == content.find(b"imagen")
        assert not [each for each in find_places(io.BytesIO(done), len(done)) if each.name_at]

    def test_keeps_everything_else(self) -> None:
        content = film(box(b"udta", user_text(b"\xa9mod", b"Telefono")), metadata({MAKE: b"Marca", LOCATION: PLACE}))

        assert without_place(content) == content.replace(PLACE, bytes(len(PLACE)))

    def test_finds_nothing_where_there_is_nothing(self) -> None:
        content = film(box(b"trak", box(b"mdia", PLACE)), box(b"udta", user_text(b"\xa9mod", b"Telefono")))

        assert find_places(io.BytesIO(content), len(content)) == []

    @pytest.mark.parametrize(
        "content",
        [
            film(struct.pack(">L4s", 5, b"udta")),
            film(struct.pack(">L4s", 0xFFFFFFFF, b"udta")),
            film(struct.pack(">L4sQ", 1, b"udta", 2**64 - 1)),
            film(struct.pack(">L4sQ", 1, b"udta", 9)),
            film(struct.pack(">L4s", 1, b"udta")),
            film(box(b"udta", user_text(b"\xa9xyz", PLACE)))[:-4],
            film(box(b"meta", box(b"keys", struct.pack(">LLL", 0, 1, 3), b"mdta"), box(b"ilst", bytes(8)))),
            film(box(b"meta", bytes(4), box(b"keys", bytes(1_000_001)))),
            film(box(b"cmov", b"comprimido")),
            film(*[box(b"free")] * 50_001),
        ],
    )
    def test_refuses_what_may_hide_one(self, content: bytes) -> None:
        with pytest.raises(FilmBroken):
            find_places(io.BytesIO(content), len(content))

    def test_refuses_boxes_in_boxes_without_end(self) -> None:
        nested = b""
        for _ in range(5_000):
            nested = box(b"trak", nested)

        with pytest.raises(FilmBroken):
            find_places(io.BytesIO(nested), len(nested))

    @given(content=st.sampled_from(EVERYWHERE), at=st.integers(0, 200), odd=st.binary(min_size=1, max_size=9))
    def test_of_a_damaged_film_ends_in_blanks_within_it_or_a_refusal(self, content: bytes, at: int, odd: bytes) -> None:
        damaged = content[:at] + odd + content[at + len(odd) :]
        try:
            places = find_places(io.BytesIO(damaged), len(damaged))
        except FilmBroken:
            return

        assert all(0 <= each.start <= each.end <= len(damaged) for each in places)
