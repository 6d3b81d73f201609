"""Points of the map at the end of a place."""

import pytest

from cercana.rules.near_places import spot_of
from cercana.rules.open_reports import public_address
from cercana.rules.points import point_words, without_point


class TestAPoint:
    @pytest.mark.parametrize(
        ("point", "words"),
        [
            ("", ""),
            ("-12.097400,-77.036600", "GPS -12.097400, -77.036600"),
            ("-12.0974,-77.0366", "≈ -12.0974, -77.0366"),
        ],
    )
    def test_says_how_well_it_is_known(self, point: str, words: str) -> None:
        assert point_words(point) == words

    @pytest.mark.parametrize("point", ["GPS -12.097400, -77.036600", "≈ -12.0974, -77.0366"])
    def test_leaves_the_place_as_it_was_told(self, point: str) -> None:
        assert without_point(f"Parque Roosevelt, {point}") == "Parque Roosevelt"
        assert without_point(point) == ""
        assert spot_of(f"Parque Roosevelt, {point}") == spot_of("Parque Roosevelt")
        assert spot_of(point) is None

    def test_of_a_home_is_not_public(self) -> None:
        assert public_address("Parque Roosevelt, GPS -12.097400, -77.036600") == "Parque Roosevelt"
