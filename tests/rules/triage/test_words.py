"""How triage hears words: as they sound, at the place where they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.triage.words import sound_of, words_of


class TestSoundOf:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("RECIBO", "recibo"),
            ("resibo", "recibo"),
            ("vasura", "basura"),
            ("ueco", "hueco"),
            ("pestilensia", "pestilencia"),
            ("yueve", "llueve"),
            ("baño", "BAN\u0303O"),
            ("graaaacias", "gracias"),
            ("xq", "porque"),
        ],
    )
    def test_hears_a_slip_as_the_word_that_was_meant(self, written: str, meant: str) -> None:
        assert sound_of(written) == sound_of(meant)

    def test_leaves_digits_alone(self) -> None:
        assert sound_of("1100") == "1100"


class TestWordsOf:
    def test_parts_sentences(self) -> None:
        assert [word.sentence for word in words_of("Huele mal. Vengan ya")] == [0, 0, 1, 1]

    @given(st.text())
    def test_each_word_stands_where_it_was_written(self, text: str) -> None:
        assert all(sound_of(text[word.start : word.end]) == word.sound for word in words_of(text))
