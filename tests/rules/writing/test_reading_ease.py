import pytest

from cercana.rules.writing.reading_ease import ReadingEase, ease_of, words_in
from cercana.rules.writing.sentences import sentences_of


def ease(text: str) -> ReadingEase:
    return ease_of(text, sentences_of(text))


class TestEaseOf:
    def test_is_szigriszt_and_huerta(self) -> None:
        # 7 words, 14 syllables: Ma-ña-na pa-sa la cua-dri-lla. Gra-cias por es-pe-rar.
        found = ease("Mañana pasa la cuadrilla. Gracias por esperar.")
        assert found.szigriszt == pytest.approx(206.835 - 62.3 * 15 / 7 - 7 / 2, abs=0.01)
        assert found.huerta == pytest.approx(206.84 - 60 * 15 / 7 - 1.02 * 7 / 2, abs=0.01)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Ya voy. Sal al sol.", "muy fácil"),
            ("Mañana temprano pasa la cuadrilla por su calle y limpia toda la vereda.", "fácil"),
            ("Procederemos oportunamente administrativamente conforme reglamentación municipal.", "muy difícil"),
        ],
    )
    def test_is_told_in_words(self, text: str, words: str) -> None:
        assert ease(text).words == words

    def test_shows_the_sentence_that_weighs_most(self) -> None:
        text = "Hola, Rosa. La administración municipal reglamentará oportunamente. Ya voy."
        heaviest = ease(text).heaviest
        assert heaviest is not None
        assert heaviest.words == "La administración municipal reglamentará oportunamente."
        assert text[heaviest.start : heaviest.end] == heaviest.words

    def test_of_nothing_is_easy(self) -> None:
        assert ease(" … ").words == "muy fácil"


class TestWordsIn:
    def test_counts_a_sum_of_money_as_it_is_read(self) -> None:
        assert words_in("Son S/ 1,250 y 5 %") == len(["Son", "S/", "1,250", "y", "5", "%"])
