import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.cases.film_location import FilmBroken, blank, find_places
from cercana.cases.matroska_location import find_matroska_places
from tests.cases.films import (
    ATTACHMENTS,
    BLOCK,
    CLUSTER,
    PLACE,
    TAGS,
    UNKNOWN,
    box,
    element,
    film,
    loci,
    long_box,
    matroska,
    metadata,
    track,
    user_text,
)

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
        tracks = track(b"vide", chunks=(24,), sizes=(30,)), track(b"soun", chunks=(54,), sizes=(9,))
        content = film(*tracks, box(b"udta", user_text(b"\xa9mod", b"Telefono")))

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


def with_places_beside(handler: bytes, *, is_long: bool = False, tail: bytes = b"") -> bytes:
    """Return a film that keeps picture and, in two samples of another track, the place, as GoPro does."""
    head = box(b"ftyp", b"mp41", bytes(4), b"mp41")
    at = len(head) + 8
    chunks = (at + len(b"imagen"), at + len(b"imagen") + len(PLACE) + len(b"imagen"))
    data = box(b"mdat", b"imagen", PLACE, b"imagen", PLACE)
    return head + data + box(b"moov", track(handler, chunks=chunks, sizes=(len(PLACE),) * 2, is_long=is_long)) + tail


class TestTracksBesideThePicture:
    @pytest.mark.parametrize("handler", [b"meta", b"camm", b"text", b"sbtl"])
    @pytest.mark.parametrize("is_long", [False, True])
    def test_lose_what_they_hold_and_nothing_else_does(self, handler: bytes, is_long: bool) -> None:
        content = with_places_beside(handler, is_long=is_long)

        assert without_place(content) == content.replace(PLACE, bytes(len(PLACE)))

    def test_are_no_picture_and_no_sound(self) -> None:
        for handler in (b"vide", b"soun"):
            content = with_places_beside(handler)
            assert without_place(content) == content

    def test_end_with_a_film_that_broke_off(self) -> None:
        content = film(track(b"meta", chunks=(10_000,), sizes=(500,)))

        assert without_place(content) == content

    @pytest.mark.parametrize(
        "content",
        [
            film(track(b"meta", chunks=(24, 30), sizes=(6,))),
            film(box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), b"meta", bytes(12))))),
            film(box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), b"vide"), box(b"hdlr", bytes(8), b"meta")))),
            with_places_beside(b"meta", tail=box(b"moof", box(b"traf", b""))),
        ],
    )
    def test_are_refused_if_their_samples_cannot_be_found(self, content: bytes) -> None:
        with pytest.raises(FilmBroken):
            find_places(io.BytesIO(content), len(content))

    def test_lose_what_gopro_says_of_the_whole_film(self) -> None:
        assert PLACE not in without_place(film(box(b"udta", box(b"GPMF", PLACE))))


def matroska_without_place(content: bytes) -> bytes:
    file = io.BytesIO(content)
    blank(file, find_matroska_places(file, len(content)))
    return file.getvalue()


class TestMatroska:
    @pytest.mark.parametrize("length", [b"", UNKNOWN])
    @pytest.mark.parametrize("name", [TAGS, ATTACHMENTS])
    def test_loses_tags_and_attachments_and_nothing_moves(self, length: bytes, name: int) -> None:
        live = element(CLUSTER, element(BLOCK, b"imagen"), length=length)
        content = matroska(element(name, b"LOCATION", PLACE), live, element(name, PLACE), length=length)

        done = matroska_without_place(content)

        assert PLACE in content
        assert PLACE not in done
        assert (len(done), done.find(b"imagen")) == (len(content), content.find(b"imagen"))
        assert b"\xec" in done

    @pytest.mark.parametrize("length", [0, 1, 2, 8, 9, 10])
    def test_takes_tags_of_every_length(self, length: int) -> None:
        content = matroska(element(TAGS, b"x" * length), element(BLOCK, b"imagen"))

        assert matroska_without_place(content).count(b"x") == 0
        assert matroska_without_place(content).endswith(b"imagen")

    def test_that_broke_off_is_kept_as_far_as_it_goes(self) -> None:
        content = matroska(element(CLUSTER, element(BLOCK, b"imagen")), element(TAGS, PLACE))[:-5]

        assert PLACE[:5] not in matroska_without_place(content)

    @pytest.mark.parametrize(
        "content",
        [
            element(TAGS, PLACE),
            matroska(b"\0\0\0"),
            matroska(b"\x12"),
            matroska(element(TAGS, PLACE, length=UNKNOWN)),
            matroska(element(BLOCK) * 500_001),
        ],
        ids=["no film", "no element", "cut", "endless", "too many"],
    )
    def test_is_refused_if_it_may_hide_a_place(self, content: bytes) -> None:
        with pytest.raises(FilmBroken):
            find_matroska_places(io.BytesIO(content), len(content))
