"""
Syllables of Spanish words as they are read aloud.

A syllable has one peak. Two strong vowels (a, e, o) part, and so does a weak one with an accent beside a strong one
(«día», «baúl»); every other group of vowels is one syllable («viento», «ciudad»). An «h» between vowels parts nothing
(«ahijado»: ai), «u» is silent in «gue», «gui», «que», «qui», and «y» is a vowel where no vowel follows.
Numbers are counted as they are said, short forms and initials as they are read.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_STRONG, _WEAK, _ACCENTED_WEAK = "aeoáéó", "iuü", "íú"
_SILENT_U = re.compile(r"(?<=[gq])u(?=[eiéí])")
_VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
_GROUP = re.compile(r"[aeiouáéíóúü]+")
# How short forms are read; folded, without their dots.
_READ_AS = {
    "av": "avenida", "avda": "avenida", "jr": "jirón", "ca": "calle", "psje": "pasaje", "urb": "urbanización",
    "mz": "manzana", "lt": "lote", "dpto": "departamento", "sr": "señor", "sra": "señora", "srta": "señorita",
    "dr": "doctor", "dra": "doctora", "ing": "ingeniero", "arq": "arquitecto", "tel": "teléfono", "nro": "número",
    "no": "no", "art": "artículo", "pág": "página", "hrs": "horas", "etc": "etcétera", "km": "kilómetros",
    "uds": "ustedes", "ud": "usted", "min": "minutos", "cdra": "cuadra", "q": "que", "xq": "porque", "d": "de",
}  # fmt: skip
_LETTERS = {"f": 2, "h": 2, "j": 2, "l": 2, "m": 2, "n": 2, "ñ": 2, "r": 2, "s": 2, "w": 3, "x": 2, "y": 1, "z": 2}
_UNITS = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce",
    "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno",
    "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho",
    "veintinueve",
)  # fmt: skip
_TENS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos",
    "ochocientos", "novecientos",
)  # fmt: skip
# No Spanish word begins so: these initials are spelled out («DNI», not «RUC»).
_UNREADABLE = re.compile(r"(?![bcdfgkpt]r|[bcfgkp]l|ch|ll)[bcdfghjklmnñpqrstvwxyz]{2}")
_READ_WHOLE = 6
_LONGEST = 40


def syllables_of(word: str) -> int:
    """Return how many syllables ``word`` has when it is read aloud; at least one."""
    return _count(unicodedata.normalize("NFC", word[:_LONGEST]).lower(), is_initials=word.isupper() and len(word) > 1)


@lru_cache(maxsize=20_000)
def _count(word: str, *, is_initials: bool) -> int:
    if word.isdecimal():
        return _of_digits(word)
    if word in _READ_AS:
        return _peaks(_READ_AS[word])
    if is_initials and (not _GROUP.search(word) or _UNREADABLE.match(word)):
        return sum(_LETTERS.get(letter, 1) for letter in word)
    return max(1, _peaks(word))


def _peaks(word: str) -> int:
    bare = _VOWEL_Y.sub("i", _SILENT_U.sub("", word))
    bare = re.sub(r"(?<=[aeouáéó])h(?=[iuíú])|(?<=[iuíú])h(?=[aeoáéó])", "", bare)
    return sum(_peaks_of_group(group) for group in _GROUP.findall(bare))


def _peaks_of_group(vowels: str) -> int:
    """Return the syllables in a run of vowels."""
    peaks = 1
    for left, right in pairwise(vowels):
        both_strong = left in _STRONG and right in _STRONG
        hiatus = (left in _ACCENTED_WEAK and right in _STRONG) or (left in _STRONG and right in _ACCENTED_WEAK)
        peaks += both_strong or hiatus or left == right
    return peaks


def _of_digits(digits: str) -> int:
    """Return the syllables of a number: long ones are read digit by digit, as telephones are."""
    if len(digits) > _READ_WHOLE or (digits[0] == "0" and len(digits) > 1):
        return sum(_peaks(_UNITS[int(digit)]) for digit in digits)
    return sum(_peaks(word) for word in _spoken(int(digits)))


def _spoken(number: int) -> list[str]:
    """Return the words of a number below a million."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        return (_spoken(thousands) if thousands > 1 else []) + ["mil"] + (_spoken(rest) if rest else [])
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return ["cien"] if number == 100 else [_HUNDREDS[hundreds]] + (_spoken(rest) if rest else [])
    if number < len(_UNITS):
        return [_UNITS[number]]
    tens, units = divmod(number, 10)
    return [_TENS[tens]] + (["y", _UNITS[units]] if units else [])
