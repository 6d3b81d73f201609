"""
Texts without what says who somebody is or where they live, as far as patterns find it.

What people write is freer than any pattern: a person reads such a text before it leaves.
"""

import re

from cercana.rules.folding import fold
from cercana.rules.similarity import key_of, place_of

_NAME = r"[A-ZÁÉÍÓÚÑ][\wáéíóúñü'-]+"
_NAMES = rf"{_NAME}(?:\s+(?:(?:de|del|la|los|las|y)\s+)*{_NAME})*"
_TITLE = r"(?:señora?|señorita|sra?|srta|don|doña|dra?|ing|lic|soy|me llamo|mi nombre es|se llama|atentamente)"
_ROAD = r"(?:av|avda|avenida|jr|jir[oó]n|ca|calle|psje|pasaje|malec[oó]n|urb|mz|manzana)"
_INSIDE = r"(?:dpto|depa|departamento|piso|interior|int|lote|lt)"
_MASKS = (
    ("[correo]", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("[enlace]", re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)),
    ("[número]", re.compile(r"\b[A-Z]{1,4}-?\d{3,}(?:-\w+)*\b")),
    # Six figures or more, however they are grouped: telephones, documents, accounts, codes.
    ("[número]", re.compile(r"\+?\d(?:[ .\-/]?\d){5,}")),
    ("[dirección]", re.compile(rf"\b{_ROAD}\b\.?\s+(?:\w+\s+){{0,3}}?\w*\s*(?:n[°º.]?\s*)?\d+\w*", re.IGNORECASE)),
    ("[dirección]", re.compile(rf"(?i:\b{_ROAD}\b)\.?\s+{_NAMES}")),
    ("[dirección]", re.compile(rf"\b{_INSIDE}\b\.?\s*\w?\d+\w?", re.IGNORECASE)),
    ("[dirección]", re.compile(rf"\b{_NAMES}\s+\d{{2,4}}\b")),
    ("[nombre]", re.compile(rf"(?i:\b(?:{_TITLE}\b[.,:]?\s+)+){_NAMES}")),
)
_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 3


def masked(text: str, *, name: str = "", place: str = "") -> str:
    """
    Return ``text`` with «[nombre]», «[dirección]», «[número]» and the like for what would identify somebody.

    Each word of the known ``name`` and ``place`` is masked wherever it stands, without accents, too.
    """
    for mask, pattern in _MASKS:
        text = pattern.sub(mask, text)
    names = {fold(word) for word in _WORD.findall(name) if len(word) >= _SHORTEST_NAME}
    places = {key for key in place_of(place) if len(key) >= _SHORTEST_NAME}

    def mask_of(found: re.Match[str]) -> str:
        if fold(found[0]) in names:
            return "[nombre]"
        return "[dirección]" if key_of(found[0]) in places else found[0]

    return _WORD.sub(mask_of, text)
