"""Words that deny: whoever says «sí» and writes «no, sigue igual» is asked once more before a case is closed."""

import re

from cercana.rules.folding import fold

# How somebody begins who says that it is not resolved, in Spanish and in English; folded, so without accents.
_DENIALS = (
    "no",
    "sigue",
    "siguen",
    "continua",
    "continuan",
    "todavia",
    "aun",
    "falta",
    "faltan",
    "tampoco",
    "nunca",
    "nadie",
    "nada",
    "igual",
    "peor",
    "volvio",
    "not",
    "still",
    "never",
    "nothing",
)
# What begins like a denial and is none.
_NO_DENIALS = (
    "no gracias",
    "no hay problema",
    "no hay mas problema",
    "no tengo queja",
    "no tengo mas",
    "nada mas",
    "ninguna queja",
    "aun asi gracias",
    "no problem",
    "no thanks",
    "nothing else",
    "nothing more",
)


def denies(line: str) -> bool:
    """Tell whether ``line`` plainly begins by saying that something is not resolved; a guess, never a decision."""
    words = " ".join(re.findall(r"\w+", fold(line)))
    if any(words == each or words.startswith(f"{each} ") for each in _NO_DENIALS):
        return False
    return words.split(" ", 1)[0] in _DENIALS
