"""How numbers and sizes are written."""

import pytest

from cercana.ui.figures import file_size, number, percent


class TestNumber:
    def test_separates_as_peru_does(self) -> None:
        assert number(1234567.25) == "1,234,567.25"

    @pytest.mark.parametrize(("decimals", "words"), [(0, "3"), (1, "3.0"), (2, "3.00")])
    def test_keeps_the_decimals_that_are_asked_for(self, decimals: int, words: str) -> None:
        assert number(3, decimals=decimals) == words


class TestPercent:
    @pytest.mark.parametrize(("share", "words"), [(0.974, "97.4\xa0%"), (1, "100\xa0%"), (0, "0\xa0%")])
    def test_keeps_number_and_sign_together(self, share: float, words: str) -> None:
        assert percent(share) == words

    def test_has_no_space_in_english(self) -> None:
        assert percent(0.974, "en") == "97.4%"


class TestFileSize:
    @pytest.mark.parametrize(
        ("size", "words"),
        [
            (0, "0 bytes"),
            (640_000, "640 kB"),
            (999_600, "1 MB"),
            (1_240_000, "1.2 MB"),
            (10_000_000, "10 MB"),
            (18_400_000, "18 MB"),
        ],
    )
    def test_says_a_size_as_people_compare_it(self, size: int, words: str) -> None:
        assert file_size(size).replace("\xa0", " ") == words
