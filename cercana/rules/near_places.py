"""
Which places told in words are within 150 metres of each other, without a map.

A block of a street in Lima is a hundred metres long and has a hundred numbers, so numbers of one street are metres.
"""

import re
from dataclasses import dataclass

from cercana.rules.folding import fold
from cercana.rules.points import without_point
from cercana.rules.similarity import place_of

NEAR_METRES = 150
_BLOCK_METRES = 100
_LONGEST_STREET = 80
_BLOCK = re.compile(r"\b(?:cuadras?|cdras?|cd)\b\W*(?:n(?:ro|um|umero|°|º)?\W+)?(\d{1,2})\b")
# Not the number that is a name: «Av. 28 de Julio».
_NUMBER = re.compile(r"\b(\d{1,5})\b(?!\s+de\b)")
_ROAD = re.compile(r"\b(?:av|avda|avenida|jr|jiron|ca|calle|malecon|autopista|carretera|via)\b")
_CORNER = re.compile(r"\b(?:con|esquina|cruce|interseccion)\b")


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a street, ``metre`` metres from its beginning, or a place of one point, then without ``metre``."""

    street: str
    metre: int | None = None

    @property
    def nearby(self) -> tuple[int, int] | None:
        """The first and the last metre of the street that are near; None for a place of one point."""
        return None if self.metre is None else (self.metre - NEAR_METRES, self.metre + NEAR_METRES)


def spot_of(place: str) -> Spot | None:
    """Return where ``place`` is, however it was typed; None if that may be anywhere along a street."""
    told = fold(without_point(place))
    block = _BLOCK.search(told)
    number = block or _NUMBER.search(told)
    if number is None:
        is_whole_road = _ROAD.search(told) is not None and _CORNER.search(told) is None
        street = _name_of(told)
        return None if is_whole_road or not street else Spot(street)
    street = _name_of(told[: number.start()]) or _name_of(told[number.end() :])
    metre = int(number[1]) * _BLOCK_METRES + _BLOCK_METRES // 2 if block else int(number[1])
    return Spot(street, metre) if street else None


def are_near(one: Spot, other: Spot) -> bool:
    """Tell whether two spots are within 150 metres; a place of one point is near itself alone."""
    if one.street != other.street:
        return False
    if one.metre is None or other.metre is None:
        return one.metre is other.metre
    return abs(one.metre - other.metre) <= NEAR_METRES


def _name_of(folded: str) -> str:
    return " ".join(sorted(place_of(folded)))[:_LONGEST_STREET]
