import pytest

from cercana.rules.negation import denies


class TestDenies:
    @pytest.mark.parametrize(
        "line",
        [
            "no, sigue igual",
            "NO",
            "Todavía hay agua en la pista",
            "Aún no vinieron",
            "«Falta» la tapa",
            "  sigue roto",
            "Still broken",
        ],
    )
    def test_sees_who_begins_with_a_no(self, line: str) -> None:
        assert denies(line)

    @pytest.mark.parametrize(
        "line",
        ["", "...", "Rápidos.", "Gracias, no esperaba tanto", "No, gracias", "Nada más", "Notable", "No hay problema."],
    )
    def test_leaves_the_others_alone(self, line: str) -> None:
        assert not denies(line)
