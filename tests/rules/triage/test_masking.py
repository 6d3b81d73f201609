"""What identifies somebody is masked before a text is exported, as far as patterns find it."""

import pytest

from cercana.rules.triage.masking import masked


class TestMasked:
    @pytest.mark.parametrize(
        ("told", "left"),
        [
            ("escríbame a rosa.q@vecinos.example o al 987 654 318", "escríbame a [correo] o al [número]"),
            ("mi DNI es 45678901", "mi DNI es [número]"),
            ("caso SI-2026-004217-G, sigue igual", "caso [número], sigue igual"),
            ("vivo en Av. Basadre 940 dpto 301", "vivo en [dirección] [dirección]"),
            ("en la calle los tulipanes 120 hay basura", "en la [dirección] hay basura"),
            ("frente a Miguel Dasso 126", "frente a [dirección]"),
            ("Soy Rosa Quispe Mamani y reclamo", "[nombre] y reclamo"),
            ("Atentamente, Dr. Quiroz Benavente", "[nombre]"),
            ("la señorita Chela me gritó", "la [nombre] me gritó"),
        ],
    )
    def test_hides_who_it_is_and_where(self, told: str, left: str) -> None:
        assert masked(told) == left

    def test_hides_the_known_name_and_place_wherever_they_stand(self) -> None:
        text = "dígale a rosa que en los tulipánes sigue el ruido"

        found = masked(text, name="Rosa Quispe", place="Calle Los Tulipanes, cuadra 3")

        assert found == "dígale a [nombre] que en los [dirección] sigue el ruido"

    def test_leaves_the_matter_as_it_was_told(self) -> None:
        text = "Es la tercera vez que vengo, desde las 3 de la tarde del 23 de noviembre. Hay 2 huecos en la cuadra 9."

        assert masked(text) == text
