import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.folding import fold


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Reclamación", "reclamacion"),
            ("RECLAMACIO\u0301N", "reclamacion"),
            ("Ñuñoa", "nunoa"),
            ("PINGÜINO", "pinguino"),
            ("İstanbul", "istanbul"),
            ("ﬁesta 10 ㎡", "fiesta 10 m2"),
            ("ΟΔΟΣ", "οδοσ"),
            ("straße", "straße"),
            ("plain ASCII 123", "plain ascii 123"),
            ("", ""),
        ],
    )
    def test_forgets_accents_capitals_and_ways_of_writing(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    @given(st.text())
    def test_changes_nothing_the_second_time(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @given(st.text())
    def test_does_not_depend_on_how_the_text_was_composed(self, text: str) -> None:
        assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
