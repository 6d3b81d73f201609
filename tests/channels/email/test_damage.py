"""Mail that nobody wrote down: invented, damaged, and read without an exception or a lost word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cercana.channels.email.reading import read_mail
from tools.mail.fuzz import check


class TestReadMail:
    @given(number=st.integers(0, 10**9))
    @settings(max_examples=400, deadline=None)
    def test_finds_every_word_of_a_mail_that_is_hurt_on_its_way(self, number: int) -> None:
        assert check(number * 2) is None

    @given(number=st.integers(0, 10**9))
    @settings(max_examples=400, deadline=None)
    def test_reads_what_is_left_of_a_damaged_mail(self, number: int) -> None:
        assert check(number * 2 + 1) is None

    @given(raw=st.binary(max_size=400))
    def test_reads_any_bytes(self, raw: bytes) -> None:
        read_mail(raw)
