"""What a case may be for the law, from what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.legal_nature import propose_nature

OFFERED = (
    "incident", "formal_claim", "procedure_complaint", "neighbour_report", "information_access", "petition",
    "data_information", "data_access", "data_correction", "appeal", "tax_claim", "corruption_report",
)  # fmt: skip


class TestProposeNature:
    @pytest.mark.parametrize(
        ("text", "code", "words"),
        [
            ("Mi expediente de licencia está detenido desde junio", "procedure_complaint", "Mi expediente"),
            ("el tramite N° 44 no avanza", "procedure_complaint", "no avanza"),
            ("Solicito copia certificada de la resolución 12", "information_access", "copia certificada"),
            ("pido por la ley de transparencia el contrato", "information_access", "ley de transparencia"),
            ("El señor de la ventanilla me trató muy mal", "formal_claim", "me trató muy mal"),
            ("QUIERO EL LIBRO DE RECLAMACIONES", "formal_claim", "LIBRO DE RECLAMACIONES"),
            ("Quiero denunciar al bar de la esquina", "neighbour_report", "Quiero denunciar"),
            ("El inspector pidió una coima", "corruption_report", "coima"),
            ("No estoy de acuerdo con la multa que me pusieron", "appeal", "No estoy de acuerdo con la multa"),
            ("No estoy conforme con mis arbitrios", "tax_claim", "No estoy conforme con mis arbitrios"),
            ("Por favor borren mis datos personales", "data_correction", "borren mis datos personales"),
            ("Quiero una copia de mis datos", "data_access", "copia de mis datos"),
            ("¿Para qué usan mis datos?", "data_information", "Para qué usan mis datos"),
        ],
    )
    def test_shows_the_words_that_led_to_it(self, text: str, code: str, words: str) -> None:
        proposed = propose_nature(text, "incident", OFFERED)

        assert proposed.code == code
        assert words in proposed.words

    @pytest.mark.parametrize(
        "text", ["Hay un bache en la cuadra 9", "¿A qué hora atienden?", "Mi licencia de conducir se me perdió", ""]
    )
    def test_leaves_to_the_category_what_no_word_tells(self, text: str) -> None:
        proposed = propose_nature(text, "incident", OFFERED)

        assert (proposed.code, proposed.words) == ("incident", "")

    def test_proposes_nothing_that_the_municipality_does_not_offer(self) -> None:
        assert propose_nature("El inspector pidió una coima", "incident", ["incident"]).code == "incident"

    @given(st.text(max_size=60))
    def test_takes_its_words_from_the_text(self, text: str) -> None:
        assert propose_nature(text, "incident", OFFERED).words in text
