"""Copying people and their words: what proves a value is computed as everywhere else."""

from hypothesis import given
from hypothesis import strategies as st

from cercana.citizens.copying import commitment_of
from cercana.rules.chain import commitment

SALTS = st.binary(min_size=16, max_size=16)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


class TestCommitmentOf:
    @given(salt=SALTS, text=TEXTS)
    def test_is_the_commitment_of_the_chain(self, salt: bytes, text: str) -> None:
        assert commitment_of(salt, text.encode()) == commitment(salt, text)
