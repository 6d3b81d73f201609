import pytest

from cercana.rules.near_addresses import likely_address


class TestLikelyAddress:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("rosa@gmial.com", "rosa@gmail.com"),
            ("rosa@hotmial.com", "rosa@hotmail.com"),
            ("rosa@gmail.con", "rosa@gmail.com"),
            ("Rosa.Q@gmai.com", "rosa.q@gmail.com"),
            ("rosa@gmaill.com", "rosa@gmail.com"),
            ("rosa@gmail.co", "rosa@gmail.com"),
            ("rosa@outlok.com", "rosa@outlook.com"),
        ],
    )
    def test_mends_one_slip(self, typed: str, meant: str) -> None:
        assert likely_address(typed) == meant

    @pytest.mark.parametrize(
        "typed",
        ["", "rosa", "rosa@gmail.com", "rosa@ymail.com", "rosa@mail.com", "r@vecinos.example", "r@munisi.gob.pe"],
    )
    def test_leaves_alone_what_may_be_right(self, typed: str) -> None:
        assert likely_address(typed) == ""
