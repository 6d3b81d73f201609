"""
What makes a message ask twice before it leaves: somebody else's personal data, and blanks that nobody filled in.

Advice never blocks. But a document, a telephone, a mail address or a home that is not this person's reaches the wrong
hands only once (domain.md, People and data; Ley 29733).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cercana.rules.folding import fold


class Detail(StrEnum):
    """What was found: a kind of personal data, or a blank."""

    DOCUMENT = "documento"
    TAXPAYER = "ruc"
    PHONE = "telefono"
    EMAIL = "correo"
    HOME = "domicilio"
    BLANK = "espacio"


@dataclass(frozen=True, slots=True)
class FoundDetail:
    """
    A detail of a text: what it is, how it is written there, and where.

    ``masked`` is enough for its writer to find it, and too little for anybody else to use it.
    """

    kind: Detail
    words: str
    masked: str
    start: int
    end: int


_ROAD = r"(?:av|avda|avenida|jr|jir[oó]n|ca|calle|psje|pasaje|malec[oó]n|urb|urbanizaci[oó]n|mz|manzana)"
_LIVES = r"(?:vive[n]?|reside[n]?|domicili\w+|su casa|la casa de|su departamento|su direcci[oó]n)"
# In this order: of two that overlap, the earlier pattern says what it is.
_PATTERNS = (
    (Detail.BLANK, re.compile(r"_{3,}|\.{5,}|…{2,}|\[[^\[\]\n]{0,60}\]|\{\w{1,30}\}|\b(?:XX+|xx{2,})\b")),
    (Detail.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")),
    (Detail.TAXPAYER, re.compile(r"(?<![\w-])(?:10|15|16|17|20)\d{9}(?![\w-])")),
    (
        Detail.DOCUMENT,
        re.compile(
            r"(?i:\b(?:c\.?\s?e\.?|carn[eé](?:t)?\s+de\s+extranjer[ií]a|pasaporte)\s*(?:n[.°º]*\s*)?:?\s*)"
            r"(?P<value>[A-Z]?\d{8,12})(?![\w-])"
        ),
    ),
    (
        Detail.PHONE,
        re.compile(
            r"(?<![\w-])(?:\+?51[ -]?)?9\d{2}[ .-]?\d{3}[ .-]?\d{3}(?![\w-])"
            r"|\(0\d{1,2}\)\s?\d{3}[ -]?\d{3,4}(?![\w-])|(?<![\w-])01[ -]\d{3}[ -]?\d{4}(?![\w-])"
            r"|(?i:(?<=tel[eé]fono )|(?<=fono )|(?<=llame al )|(?<=llamar al ))\d{3}[ -]?\d{4}(?![\w-])"
        ),
    ),
    (
        Detail.DOCUMENT,
        re.compile(r"(?<![\w./-])\d{8}(?![\w-]|[.,]\d)|(?i:(?<=dni )|(?<=dni n\.º ))\d{2}[ .]\d{3}[ .]\d{3}\b"),
    ),
    (
        Detail.HOME,
        re.compile(rf"(?i:\b{_LIVES}\b[^.\n]{{0,40}}?\b)(?P<value>(?i:{_ROAD})\b\.?\s+[^,.;\n]{{2,40}}?\s\d{{1,5}})\b"),
    ),
)
_SIGNS = re.compile(r"\W+")
_SHOWN, _SHOWN_SIGNS = 2, 10
_LONGEST = 100_000
_SHORTEST_PHONE = 7


def details_in(text: str, own: Iterable[str] = ()) -> tuple[FoundDetail, ...]:
    """
    Return what ``text`` should not say without a second look, in its order and without overlaps.

    ``own`` are texts whose details may be repeated: what this person gave and wrote, and what the municipality says of
    itself.
    """
    if text.strip() and not any(character.isalnum() for character in text):
        # Signs alone tell nobody anything.
        return (FoundDetail(Detail.BLANK, text.strip(), text.strip()[:_SHOWN_SIGNS], 0, len(text)),)
    known = _Known.of(own)
    found: list[FoundDetail] = []
    for each in _found(text[:_LONGEST]):
        if any(each.start < other.end and other.start < each.end for other in found):
            continue
        found.append(each)
    return tuple(sorted((each for each in found if not known.has(each)), key=lambda each: each.start))


def _found(text: str) -> Iterator[FoundDetail]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            name = "value" if "value" in pattern.groupindex else 0
            words = match[name]
            yield FoundDetail(kind, words, _masked(kind, words), match.start(name), match.end(name))


def _masked(kind: Detail, words: str) -> str:
    if kind is Detail.BLANK:
        return words
    if kind is Detail.EMAIL:
        name, _, place = words.partition("@")
        return f"{name[:1]}•••@{place}"
    if kind is Detail.HOME:
        road, name = words.split(maxsplit=2)[:2]
        return f"{road} {name[:1]}•••"
    return f"••• {_figures(words)[-_SHOWN:]}"


@dataclass(frozen=True, slots=True)
class _Known:
    """The texts whose details may be repeated, folded without signs, and their figures alone."""

    words: str
    figures: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Known":
        told = [text for text in texts if text]
        return cls(" ".join(_bare(text) for text in told), " ".join(_figures(text) for text in told))

    def has(self, found: FoundDetail) -> bool:
        if found.kind is Detail.BLANK:
            return False
        if found.kind in (Detail.EMAIL, Detail.HOME):
            return _bare(found.words) in self.words
        figures = _figures(found.words)
        # A telephone is the same with and without its prefix.
        return (figures[-_SHORTEST_PHONE:] if found.kind is Detail.PHONE else figures) in self.figures


def _bare(text: str) -> str:
    return _SIGNS.sub("", fold(text))


def _figures(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
