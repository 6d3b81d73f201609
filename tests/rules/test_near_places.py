"""Places told in words, within 150 metres of each other or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.near_places import Spot, are_near, spot_of

CORNER, PARK = "Miguel Dasso con Conquistadores", "Parque El Olivar"
BLOCK_9 = "Av. Jorge Basadre, cuadra 9"


class TestSpotOf:
    @pytest.mark.parametrize(
        ("told", "metre"),
        [
            (BLOCK_9, 950),
            ("jorge basadre cdra. 9", 950),
            ("CUADRA 9 DE JORGE BASADRE", 950),
            ("Av. Jorge Basadre 912, dpto 4", 912),
            ("av jorge basadre nro 912 frente al parque", 912),
        ],
    )
    def test_is_the_same_street_however_it_is_typed(self, told: str, metre: int) -> None:
        assert spot_of(told) == Spot("basadr jorg", metre)

    def test_takes_no_name_for_a_number(self) -> None:
        assert spot_of("Av. 28 de Julio 450") == Spot("28 juli", 450)

    @pytest.mark.parametrize("told", ["", "Av. Arequipa", "calle Los Cedros, frente al grifo", "cuadra 9", "???"])
    def test_is_nowhere_when_it_may_be_anywhere(self, told: str) -> None:
        assert spot_of(told) is None

    @pytest.mark.parametrize("told", [CORNER, PARK])
    def test_is_one_point_for_a_corner_or_a_park(self, told: str) -> None:
        spot = spot_of(told)
        assert spot is not None
        assert spot.metre is None

    @given(st.text(max_size=60))
    def test_takes_whatever_is_typed(self, told: str) -> None:
        spot = spot_of(told)
        assert spot is None or 0 < len(spot.street) <= 80


class TestAreNear:
    @pytest.mark.parametrize(
        ("one", "other", "near"),
        [
            (BLOCK_9, "basadre jorge 800", True),
            (BLOCK_9, "Jorge Basadre, cuadra 10", True),
            (BLOCK_9, "Jorge Basadre, cuadra 11", False),
            ("Jorge Basadre 500", "Jorge Basadre 650", True),
            ("Jorge Basadre 500", "Jorge Basadre 651", False),
            (BLOCK_9, "Av. Arequipa, cuadra 9", False),
            (PARK, "parque el olivar", True),
            (PARK, "Parque El Olivar 300", False),
            (CORNER, "Conquistadores con Miguel Dasso", True),
        ],
    )
    def test_is_150_metres_of_one_street(self, one: str, other: str, near: bool) -> None:
        first, second = spot_of(one), spot_of(other)
        assert first is not None
        assert second is not None
        assert are_near(first, second) is near

    @given(st.integers(0, 99_999), st.integers(0, 99_999))
    def test_agrees_with_the_range_that_is_asked_for(self, one: int, other: int) -> None:
        near = Spot("basadr", one).nearby
        assert near is not None
        assert are_near(Spot("basadr", one), Spot("basadr", other)) is (near[0] <= other <= near[1])
