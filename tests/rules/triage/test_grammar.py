"""What the grammar finds in a message, where, and when it is taken back."""

import pytest

from cercana.rules.triage.grammar import read


class TestRead:
    @pytest.mark.parametrize(
        ("text", "signal"),
        [
            ("hay un olor fuerte a gas en el pasillo", "gas"),
            ("la cocina huele como a huevo podrido", "gas"),
            ("cada vez que prendo la terma me mareo", "monoxide"),
            ("el tablero está caliente y zumba", "electric"),
            ("hay un cable pelado en la vereda", "electric"),
            ("falta la tapa del buzón", "lid"),
            ("el muro tiene una grieta y se inclina", "structure"),
            ("una rama grande está por caerse", "tree"),
            ("hay un hombre con un cuchillo", "weapon"),
            ("me piden cupo dos sujetos", "extortion"),
            ("mi esposo me golpea", "violence"),
            ("ya no aguanto, gracias por todo", "suicide"),
            ("toco y toco y no contesta", "silence"),
            ("un perro mordió a mi hijo", "bite"),
            ("comimos ceviche y todos tenemos vómitos", "food"),
            ("es la cuarta vez que reclamo", "recurrence"),
            ("ya van cinco veces que llamo", "recurrence"),
            ("mi abuelita vive sola", "elder_alone"),
            ("estoy embarazada de ocho meses", "pregnancy"),
            ("voy en silla de ruedas", "disability"),
            ("no tengo papeles y me da miedo ir al hospital", "no_papers"),
            ("dormimos en el parque", "poverty"),
        ],
    )
    def test_finds_the_signal(self, text: str, signal: str) -> None:
        assert signal in read(text).signals()

    @pytest.mark.parametrize(
        ("text", "circumstance"),
        [
            ("me muero de cólera con esta cola", "x_figure"),
            ("la bomba de agua de la fuente suena", "x_figure"),
            ("ya lo arreglaron, gracias", "x_solved"),
            ("el año pasado me caí ahí", "x_past"),
            ("si algún día hubiera un incendio", "x_suppose"),
            ("me llegó una cadena, ¿es falso?", "x_news"),
            ("nadie se ha caído todavía", "x_never_yet"),
            ("sigue igual ahora mismo", "x_now"),
            ("¿a quién llamo?", "x_ask"),
        ],
    )
    def test_finds_the_circumstance(self, text: str, circumstance: str) -> None:
        assert circumstance in read(text).signals()

    def test_does_not_count_what_is_denied(self) -> None:
        assert "weapon" not in read("no hubo disparos").signals()

    def test_counts_a_silence_that_is_told_by_a_denial(self) -> None:
        assert "silence" in read("desde anoche no contesta").signals()

    def test_says_where_it_was_read(self) -> None:
        text = "Buenas. Señor, ¡HUELE  a GÁS!"
        reading = read(text)
        start, end = reading.span(next(each for each in reading.findings if each.signal == "gas"))
        assert text[start:end] == "HUELE  a GÁS"
