"""Whether two messages are about the same matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.triage.duplicates import SAME_FROM, same_matter_score
from cercana.rules.triage.spoken_numbers import numbers_of


class TestNumbersOf:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("Roma 455", "455"),
            ("setecientos cuarenta", "740"),
            ("siete cuarenta", "740"),
            ("seis cinco cinco", "655"),
            ("doscientos ochenta y ocho", "288"),
            ("mil cinco", "1005"),
            ("nueve veinte", "920"),
            ("la seiscientas", "600"),
        ],
    )
    def test_reads_figures_and_words(self, text: str, number: str) -> None:
        assert number in numbers_of(text)


class TestSameMatterScore:
    def test_is_high_for_the_same_words(self) -> None:
        assert same_matter_score("Bache en Roma 330", "bache en roma 330") >= SAME_FROM

    def test_is_low_for_another_door(self) -> None:
        assert same_matter_score("Bache grande en Roma 330", "Bache grande en Roma 910") < SAME_FROM

    @given(st.text(), st.text())
    def test_is_a_probability_and_the_same_both_ways(self, a: str, b: str) -> None:
        assert 0 <= same_matter_score(a, b) <= 1
        assert same_matter_score(a, b) == pytest.approx(same_matter_score(b, a))
