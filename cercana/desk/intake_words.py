"""What is said at the end of a call or visit: the number so that it can be written down, and the promise."""

from collections.abc import Mapping
from string import ascii_uppercase

from cercana.rules.classification import ClockKind
from cercana.rules.promises import Due
from cercana.rules.time_words import due_words
from cercana.ui.sentences import ended

_DIGITS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_TEENS = (
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
)
_TWENTIES = (
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
)
_TENS = {3: "treinta", 4: "cuarenta", 5: "cincuenta", 6: "sesenta", 7: "setenta", 8: "ochenta", 9: "noventa"}
_LETTER_NAMES = "a,be,ce,de,e,efe,ge,hache,i,jota,ka,ele,eme,ene,o,pe,cu,erre,ese,te,u,ve,doble ve,equis,ye,zeta"
_LETTERS = dict(zip(ascii_uppercase, _LETTER_NAMES.split(","), strict=True))
_CENTURY = 2000
_GROUP = 3


def spoken_number(number: str) -> tuple[str, str, str]:
    """Return how a case number is read aloud: its beginning, the figures in groups of three, the last letter."""
    prefix, year, sequence, check = number.split("-")
    groups = [sequence[at : at + _GROUP] for at in range(0, len(sequence), _GROUP)]
    figures = ", ".join(" ".join(_DIGITS[int(digit)] for digit in group) for group in groups)
    return f"{_spelt(prefix)}, {_spoken_year(int(year))}", figures, _spelt(check)


def spoken_code(code: str) -> str:
    """Return how a tracking code is read aloud, a pause between its halves."""
    return ", ".join(_spelt(half) for half in code.split("-"))


def promise_words(promises: Mapping[ClockKind, Due], *, is_in_review: bool = False) -> str:
    """
    Return what is promised as a staff member says it: «le respondemos antes del…», or "" if nothing runs.

    While somebody looks whether there is danger (``is_in_review``), that is said instead.
    """
    if is_in_review:
        return "Lo estamos revisando ahora por posible peligro."
    resolution, response = promises.get(ClockKind.RESOLUTION), promises.get(ClockKind.FIRST_RESPONSE)
    if resolution is None:
        return ""
    if response is None:
        return ended(f"Le respondemos {due_words(resolution)}")
    return ended(f"Le damos una primera respuesta {due_words(response)} y lo resolvemos {due_words(resolution)}")


def _spelt(characters: str) -> str:
    return " ".join(_DIGITS[int(each)] if each.isdigit() else _LETTERS[each] for each in characters)


def _spoken_year(year: int) -> str:
    if not _CENTURY < year < _CENTURY + 100:
        return _spelt(str(year))
    return f"dos mil {_spoken_tens(year - _CENTURY)}"


def _spoken_tens(amount: int) -> str:
    tens, ones = divmod(amount, 10)
    if tens == 0:
        return _DIGITS[ones]
    if tens in (1, 2):
        return (_TEENS if tens == 1 else _TWENTIES)[ones]
    return f"{_TENS[tens]} y {_DIGITS[ones]}" if ones else _TENS[tens]
