"""Sentences of a Spanish letter: a dot after «a. m.», «Av.» or «N.º» ends none."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cercana.rules.folding import fold

WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*")
_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s|$)|\n+|[.!?…]+(?=[A-ZÁÉÍÓÚÑ¿¡])")
_BEFORE = re.compile(r"([\w\u0300-\u036f]+)$")
# What is shortened with a dot and goes on; folded.
_SHORTENED = frozenset(
    {
        "av", "avda", "ca", "calle", "jr", "psje", "pje", "urb", "mz", "lt", "lte", "dpto", "dep", "int",
        "of", "ofic", "nro", "num", "n", "no", "sr", "sra", "srta", "srs", "sres", "dr", "dra", "drs", "ing",
        "arq", "abog", "lic", "econ", "cap", "art", "arts", "inc", "lit", "pag", "pags", "tel", "telf", "cel",
        "anx", "ext", "aprox", "etc", "ej", "vs", "ref", "exp", "res", "ord", "ds", "dl", "hrs", "hr", "min",
        "seg", "km", "cdra", "cdras", "cda", "ud", "uds", "vd", "gral", "prof", "rep", "ee", "uu", "dd", "hh",
        "gte", "sgte", "atte", "cta", "cte", "fdo", "sto", "sta", "st",
    }
)  # fmt: skip
# Of these, those that often end a sentence: a capital after them begins a new one.
_MAY_END = frozenset(
    {
        "m", "etc", "no", "d", "c", "s", "a", "hrs", "min", "seg", "km", "int", "ext", "of", "st", "uds",
        "ud", "y", "e", "o", "u",
    }
)  # fmt: skip
_BEFORE_NAMES = frozenset({"de", "del", "por", "con", "y", "a", "el", "la", "señor", "señora", "don", "doña"})
_REACH = 24


class Sentence(NamedTuple):
    """A sentence: where it starts and ends in the text, without the blanks around it."""

    start: int
    end: int


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of ``text`` in order; a new line ends one, too."""
    return list(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for mark in _END.finditer(text):
        if _goes_on(text, mark.start(), mark.end()):
            continue
        if (found := _trimmed(text, start, mark.end())) is not None:
            yield found
        start = mark.end()
    if (found := _trimmed(text, start, len(text))) is not None:
        yield found


def _goes_on(text: str, dot: int, after: int) -> bool:
    """Tell whether the sentence goes on after the mark from ``dot`` to ``after``."""
    if text[dot:after] != ".":
        return False
    if text[max(0, dot - 2) : dot] == "S/":
        return True
    word = _word_before(text, dot)
    following = text[after : after + 2].lstrip()[:1]
    if len(word) == 1 and word.isalpha():
        # «a. m. del», «J. Pérez» go on; «a. m. Mañana», «la torre B. Mañana» do not.
        return not following.isupper() or _is_initial(text, dot - 1)
    return word in _SHORTENED and not (word in _MAY_END and (not following or following.isupper()))


def _is_initial(text: str, letter: int) -> bool:
    """Tell whether the capital at ``letter`` begins a name: nothing or another name stands before it."""
    before = text[max(0, letter - _REACH) : letter].rstrip(" ").rsplit(" ", 1)[-1]
    if before.lower() in _BEFORE_NAMES:
        return text[letter].isupper()
    return text[letter].isupper() and (not before or before[0].isupper() or before.endswith((".", "\n", ",", ":")))


def _word_before(text: str, dot: int) -> str:
    found = _BEFORE.search(text, max(0, dot - _REACH), dot)
    return fold(found.group()) if found else ""


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    """Return the span without blanks at its ends, None if no word is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end) if WORD.search(text, start, end) else None
