from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.tracking import ALPHABET, matches, tracking_code

SECRET = b"a secret of the server, for tests only"


class TestTrackingCode:
    def test_is_the_same_for_the_same_case_and_generation(self) -> None:
        # Fixed for ever: a change would revoke every code printed on a receipt.
        assert tracking_code(SECRET, "SI-2026-004217-G", 1) == "KKF4-FD84"

    @given(st.binary(min_size=1), st.text(st.characters(codec="utf-8")), st.integers(0))
    def test_has_eight_symbols_in_two_groups(self, secret: bytes, case_key: str, generation: int) -> None:
        first, second = tracking_code(secret, case_key, generation).split("-")

        assert len(first) == len(second) == 4
        assert set(first + second) <= set(ALPHABET)

    def test_changes_with_secret_case_and_generation(self) -> None:
        codes = {
            tracking_code(secret, case_key, generation)
            for secret in (SECRET, b"another")
            for case_key in ("1", "1:1", "2")
            for generation in (1, 11, 2)
        }

        assert len(codes) == 18

    def test_uses_no_symbols_that_look_alike(self) -> None:
        for look_alikes in ("0OQD", "1ILJ", "5S", "2Z", "8B", "6G", "UV"):
            assert len(set(look_alikes) & set(ALPHABET)) <= 1, look_alikes


class TestMatches:
    CODE = tracking_code(SECRET, "case", 3)

    @pytest.mark.parametrize(
        "change",
        [
            str.lower,
            lambda code: code.replace("-", ""),
            lambda code: f" {' '.join(code)} ",
            lambda code: code.replace("-", "–") + ".",
            ".".join,
        ],
    )
    def test_forgives_capitals_spaces_and_dashes(self, change: Callable[[str], str]) -> None:
        assert matches(change(self.CODE), secret=SECRET, case_key="case", generation=3)

    def test_refuses_the_code_of_another_generation(self) -> None:
        assert not matches(self.CODE, secret=SECRET, case_key="case", generation=4)

    @pytest.mark.parametrize("typed", ["", "-", "ñandú", "\ud800", CODE[:-1], CODE + "2"])
    def test_refuses_anything_else(self, typed: str) -> None:
        assert not matches(typed, secret=SECRET, case_key="case", generation=3)
