"""Whether words name a time at all: «el viernes», «en 3 días», «ya»; «pronto» and «a la brevedad» do not (M3.3d)."""

import re

from cercana.rules.folding import fold
from cercana.rules.time_texts import TEXTS

_SPANISH = TEXTS["es"]
_OTHERS = (
    "hoy", "manana", "ayer", "anoche", "ya", "ahora", "momento", "nada", "ningun", "ninguna", "semana", "semanas",
    "quincena", "mes", "meses", "dia", "dias", "hora", "horas", "quedo", "tarde", "noche", "mediodia",
)  # fmt: skip
_NUMBERS = {
    "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "doce": 12, "quince": 15, "veinte": 20, "veinticuatro": 24, "treinta": 30, "cuarenta y ocho": 48,
    "setenta y dos": 72,
}  # fmt: skip
# An amount in folded words or figures, for expressions.
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_NAMED = frozenset({*_OTHERS, *map(fold, _SPANISH.weekdays), *map(fold, _SPANISH.months)})
_WORD = re.compile(r"\w+")


def names_a_time(words: str) -> bool:
    """Tell whether ``words`` hold a figure, a day, a month or a stretch of time, or say that nothing is pending."""
    return any(word[0].isdigit() or word in _NAMED for word in _WORD.findall(fold(words)))


def number_named(words: str) -> int:
    """Return the amount of a match of NUMBER."""
    return int(words) if words.isdigit() else _NUMBERS[words]
