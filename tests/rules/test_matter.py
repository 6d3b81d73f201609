"""What of a story is read back: what it is about, not the words by which people come to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.matter import matter_of
from cercana.rules.triage.proposal import proposed_for

SPARKS = (
    "Disculpe la molestia, no es urgente. El poste de la esquina hace chispitas cuando llueve y los chicos del colegio "
    "se apoyan ahí."
)
WAITING = (
    "Yo vivo hace veinte años en la cuadra dos, con mi esposo, mis tres hijos y mi suegra, que ya está mayor. "
    "Huele a gas."
)


def read_back(text: str) -> str:
    """Return the matter of ``text`` as triage knows it."""
    return matter_of(text, proposed_for(text).spans)


class TestMatterOf:
    @pytest.mark.parametrize(
        ("told", "said"),
        [
            (SPARKS, "El poste de la esquina hace chispitas cuando llueve y los chicos del colegio se apoyan ahí"),
            ("Buenas tardes. Hola. Se cayó el árbol.", "Se cayó el árbol"),
            ("Hola, señorita, disculpe, no pasa la basura.", "no pasa la basura"),
            (
                "Perdone que llore, es que hoy enterramos a mi mamá y no encuentro el auto.",
                "hoy enterramos a mi mamá y no encuentro el auto",
            ),
            ("Buenas tardes, señorita.", ""),
            ("", ""),
        ],
    )
    def test_passes_over_what_is_said_out_of_courtesy_m2_1a(self, told: str, said: str) -> None:
        assert read_back(told) == said

    def test_takes_two_sentences_in_their_order_if_both_weigh(self) -> None:
        told = "Ayer se cayó una señora mayor en el buzón. Gracias. El buzón sigue sin tapa frente al mercado."

        assert matter_of(told) == (
            "Ayer se cayó una señora mayor en el buzón. El buzón sigue sin tapa frente al mercado"
        )

    def test_puts_the_words_of_danger_before_longer_ones(self) -> None:
        assert "Huele a gas" not in matter_of(WAITING)
        assert "Huele a gas" in read_back(WAITING)

    def test_shortens_a_long_sentence_between_words(self) -> None:
        said = matter_of("palabra " * 60)

        assert said.endswith("palabra…")
        assert len(said) < 120

    @given(text=st.text(alphabet="ab c,.;:!?\nñá", max_size=400))
    def test_says_words_of_the_text_and_never_too_many(self, text: str) -> None:
        said = matter_of(text)

        assert len(said) <= 182
        assert set(re.findall(r"\w+", said)) <= set(re.findall(r"\w+", text))
