import pytest

from cercana.rules.writing.sentences import sentences_of


def parts(text: str) -> list[str]:
    return [text[each.start : each.end] for each in sentences_of(text)]


class TestSentencesOf:
    @pytest.mark.parametrize(
        "text",
        [
            "Mañana a las 9 a. m. pasa la cuadrilla",
            "Vivo en Av. Pezet y en Jr. Las Flores",
            "Según la Ordenanza N.º 455 y la Ley N. 27444",
            "Debe S/. 45 de arbitrios",
            "Mañana lo ve el ing. Pérez con la Dra. Díaz",
            "La firma es de J. Pérez",
            "Pague 1.500 soles",
        ],
    )
    def test_go_on_after_a_short_form(self, text: str) -> None:
        assert parts(text) == [text]

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("Pasa a las 9 a. m. Mañana le aviso.", 2),
            ("Vive en la torre B. Hoy lo visito.", 2),
            ("ya fuimos. si vuelve avise", 2),
            ("¿Ya llegó? Espere… Voy.", 3),
            ("Hola:\nYa está.\n\nSaludos", 3),
            ("Listo.Gracias", 2),
        ],
    )
    def test_end_at_marks_and_lines(self, text: str, count: int) -> None:
        assert len(parts(text)) == count

    def test_have_no_blanks_around_them(self) -> None:
        assert parts("  Hola.   Ya voy.  ") == ["Hola.", "Ya voy."]
