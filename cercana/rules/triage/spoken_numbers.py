"""Numbers of doors and files however they were told: «740», «setecientos cuarenta», «siete cuarenta»."""

import re
from collections.abc import Sequence

from cercana.rules.folding import fold

_PIECE = re.compile(r"\w+")
_BELOW_30 = _PIECE.findall(
    """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete
    dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete
    veintiocho veintinueve
    """
)
_TENS = _PIECE.findall("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = _PIECE.findall(
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_VALUES = {
    **{word: value for value, word in enumerate(_BELOW_30)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=3)},
    **{word: 100 * value for value, word in enumerate(_HUNDREDS, start=1)},
    "un": 1, "cien": 100, "mil": 1000,
}  # fmt: skip
_SMALLEST_DOOR, _LONGEST, _THOUSAND = 30, 9, 1000


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers from 30 on that ``text`` tells in figures or in words, as figures."""
    found: set[str] = set()
    run: list[int] = []
    for piece in (*_PIECE.findall(fold(text)), ""):
        value = _VALUES.get(piece.replace("cientas", "cientos").replace("cienta", "cientos"))
        if value is not None:
            run.append(value)
        elif piece != "y" or not run:
            found |= _readings_of(run)
            run = []
            if piece.isdecimal() and piece.isascii():
                found.add(piece.lstrip("0"))
    return frozenset(each for each in found if len(each) <= _LONGEST and int(each or 0) >= _SMALLEST_DOOR)


def _readings_of(run: Sequence[int]) -> set[str]:
    """Return what ``run`` may mean: a sum («setecientos cuarenta») or parts side by side («siete cuarenta»)."""
    if not run:
        return set()
    total, last = 0, 0
    parts: list[int] = []
    for value in run:
        if value == _THOUSAND:
            total, last = max(total, 1) * _THOUSAND, _THOUSAND
            parts = [total]
            continue
        fits = last > value and last >= 10 * 10 ** (len(str(value)) - 1) and (last % 100 == 0 or value < 10)
        parts = [*parts[:-1], parts[-1] + value] if parts and fits else [*parts, value]
        total, last = total + value, value
    return {str(total), "".join(map(str, parts))}
