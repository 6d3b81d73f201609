import pytest

from cercana.rules.writing.syllables import syllables_of


class TestSyllablesOf:
    @pytest.mark.parametrize(
        ("word", "count"),
        [
            ("sol", 1),
            ("casa", 2),
            ("viento", 2),
            ("ciudad", 2),
            ("ciudadano", 4),
            ("cuidado", 3),
            ("Paraguay", 3),
            ("buey", 1),
            ("aunque", 2),
            ("municipalidad", 6),
            ("expediente", 4),
            ("atención", 3),
        ],
    )
    def test_takes_a_diphthong_for_one(self, word: str, count: int) -> None:
        assert syllables_of(word) == count

    @pytest.mark.parametrize(
        ("word", "count"),
        [("día", 2), ("baúl", 2), ("caer", 2), ("leer", 2), ("aéreo", 4), ("policía", 4), ("vehículo", 4), ("país", 2)],
    )
    def test_parts_a_hiatus(self, word: str, count: int) -> None:
        assert syllables_of(word) == count

    @pytest.mark.parametrize(
        ("word", "count"), [("guerra", 2), ("quien", 1), ("pingüino", 3), ("agua", 2), ("cigüeña", 3)]
    )
    def test_hears_no_silent_u(self, word: str, count: int) -> None:
        assert syllables_of(word) == count

    @pytest.mark.parametrize(
        ("word", "count"), [("ahijado", 3), ("prohibir", 2), ("ahora", 3), ("rehúsa", 3), ("y", 1), ("ley", 1)]
    )
    def test_hears_no_h_and_y_as_a_vowel_at_the_end(self, word: str, count: int) -> None:
        assert syllables_of(word) == count

    @pytest.mark.parametrize(
        ("number", "count"),
        [
            ("0", 2),
            ("2", 1),
            ("9", 2),
            ("16", 3),
            ("31", 5),
            ("45", 6),
            ("100", 1),
            ("250", 6),
            ("2026", 5),
            ("1000", 1),
        ],
    )
    def test_reads_a_number_aloud(self, number: str, count: int) -> None:
        assert syllables_of(number) == count

    def test_reads_a_telephone_digit_by_digit(self) -> None:
        assert syllables_of("987654321") == sum((2, 2, 2, 1, 2, 2, 1, 1, 2))

    @pytest.mark.parametrize(("short", "count"), [("av", 4), ("sr", 2), ("dpto", 5), ("DNI", 4), ("RUC", 1), ("km", 4)])
    def test_reads_short_forms_in_full(self, short: str, count: int) -> None:
        assert syllables_of(short) == count

    def test_composes_accents_that_stand_apart(self) -> None:
        assert syllables_of("di\u0301a") == syllables_of("día")
