"""Words of a message as they sound, each with its place in the text as it was written."""

import re
from functools import lru_cache
from typing import NamedTuple

from cercana.rules.folding import fold

_PIECE = re.compile(r"[\w\u0300-\u036f]+|[.!?…;:\n]+")
_REPEATED = re.compile(r"(.)\1+")
# What thumbs write for words; folded.
_SHORT = {
    "q": "que", "k": "que", "ke": "que", "d": "de", "x": "por", "xq": "porque", "pq": "porque", "tb": "tambien",
    "tmb": "tambien", "xfa": "porfavor", "porfa": "porfavor", "plis": "porfavor", "aki": "aqui", "msj": "mensaje",
    "muni": "municipalidad", "depa": "departamento", "dpto": "departamento", "dptos": "departamento", "sra": "senora",
    "sr": "senor", "srta": "senorita", "ksa": "casa", "pa": "para", "toy": "estoy", "ta": "esta", "tan": "estan",
    "na": "nada", "nd": "nada", "cole": "colegio", "tel": "telefono", "cel": "celular", "mins": "minutos",
    "salu": "salud", "urg": "urgente", "lic": "licencia", "func": "funcionamiento", "exp": "expediente",
    "ud": "usted", "uds": "ustedes", "wawa": "bebe", "wawas": "bebes", "churre": "nino", "chamo": "chico",
    "chamos": "chicos", "chibolo": "nino", "chibolos": "ninos", "ñta": "nieta", "nta": "nieta", "hsp": "hospital",
}  # fmt: skip
# Letters that Peruvian Spanish sounds alike: «resivo», «basura» with v, a lost h, «llendo».
_SOUNDS = (
    (re.compile(r"ch"), "x"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"qu(?=[ei])|q"), "k"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"v"), "b"),
    (re.compile(r"h"), ""),
    (re.compile(r"y$"), "i"),
)


class Word(NamedTuple):
    """A word: how it sounds, where it stands in the text (``start``, ``end``), and in which sentence."""

    sound: str
    start: int
    end: int
    sentence: int


@lru_cache(maxsize=50_000)
def sound_of(written: str) -> str:
    """Return ``written`` as it sounds: no accents, capitals or repeated letters, short forms in full; digits stay."""
    bare = fold(written)
    if bare.isdigit():
        return bare
    bare = _SHORT.get(bare, bare)
    for pattern, sound in _SOUNDS:
        bare = pattern.sub(sound, bare)
    return _REPEATED.sub(r"\1", bare) or bare


def words_of(text: str) -> list[Word]:
    """Return the words of ``text`` in order; marks that end a sentence part them."""
    found, sentence = [], 0
    for piece in _PIECE.finditer(text):
        written = piece.group()
        if written[0] in ".!?…;:\n":
            sentence += 1
        else:
            found.append(Word(sound_of(written), piece.start(), piece.end(), sentence))
    return found
