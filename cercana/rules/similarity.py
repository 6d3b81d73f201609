"""How alike two texts, places or cases are, by the words they share: no model, and every figure has its words."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cercana.rules.folding import fold

_WORD = re.compile(r"\w+")
_SHORTEST = 3
# Folded words that say nothing about the matter.
STOP_WORDS = frozenset(
    _WORD.findall(
        """
        a al algo ante aqui asi aun bien buen buena buenas buenos cada como con cual cuando de del desde dias donde dos
        el ella ellos en era eran es esa ese eso esta estamos estan estaba este esto estoy favor fue fui gracias ha hace
        hacer han hasta hay he hola la las le les lo los mas me mi mis mucho muy nada ni no noches nos nosotros o otra
        otro para pero por porque pues que quien quiero quisiera se senor senora senores senorita ser si sin sobre son
        soy su sus tambien tan tardes te tengo tiene tienen todo todos tu un una uno unos usted ustedes va van
        vez voy y ya yo
        """
    )
)
_STREET_WORDS = frozenset(
    _WORD.findall(
        """
        altura av avda avenida ca calle cd cdra cdras cerca costado cruce cuadra cuadras dpto esquina frente isidro
        jiron jr lado lima lt mz nro num numero parque pasaje psje san urb urbanizacion
        """
    )
)
_PLACE, _WORDS, _CITIZEN, _CATEGORY = 3, 4, 2, 1
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal for a text: its code, its score, and the words of the text that led to it, as they were written."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about, for comparing it: keys of its words and of its place, its category, and whose it is."""

    words: frozenset[str]
    place: frozenset[str]
    category: str = ""
    citizen: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two cases are, 0 to 1, and in what."""

    share: float
    same_place: bool
    same_citizen: bool
    same_category: bool


def key_of(word: str) -> str:
    """Return what a word has in common with its plural and its other gender: «rotas», «roto» and «rota» give «rot»."""
    bare = fold(word)
    if bare.isdigit():
        return bare
    bare = bare.removesuffix("s")
    return bare[:-1] if len(bare) > _SHORTEST and bare[-1] in "aeo" else bare


def written_words(text: str) -> list[str]:
    """Return the words of ``text`` that say something about the matter, as they were written."""
    return [
        word for word in _WORD.findall(text) if len(word) >= _SHORTEST and not _is_empty(word) and not word.isdigit()
    ]


def keys_of(words: Iterable[str]) -> frozenset[str]:
    """Return the keys of ``words``."""
    return frozenset(map(key_of, words))


def matter_of(text: str) -> frozenset[str]:
    """Return the keys of the words of ``text`` that say something about the matter."""
    return keys_of(written_words(text))


def place_of(text: str) -> frozenset[str]:
    """Return the keys of what tells a place from others: names and numbers, without «avenida» or «cuadra»."""
    found = (fold(word) for word in _WORD.findall(text))
    return keys_of(word for word in found if word not in _STREET_WORDS and word not in STOP_WORDS)


def proposals(text: str, catalogue: Mapping[str, str], *, limit: int = 3) -> list[Match]:
    """
    Return the entries of ``catalogue`` (code to its words) that share words with ``text``, best first.

    A word counts the more the fewer entries have it, so that «obra» alone decides nothing.
    """
    entries = {code: _matter_of_entry(words) for code, words in catalogue.items()}
    owners = Counter(key for keys in entries.values() for key in keys)
    written: dict[str, str] = {}
    for word in written_words(text):
        written.setdefault(key_of(word), word)
    found = []
    for code, keys in entries.items():
        shared = [key for key in written if key in keys]
        if shared:
            score = sum(1 / owners[key] for key in shared)
            found.append(Match(code, score, tuple(written[key] for key in shared)))
    return sorted(found, key=lambda match: -match.score)[:limit]


@lru_cache(maxsize=1000)
def _matter_of_entry(words: str) -> frozenset[str]:
    """Return the same of an entry of a catalogue, which is asked for with every message and hardly ever changes."""
    return matter_of(words)


def likeness(new: Subject, known: Subject) -> Likeness:
    """
    Compare a case being told with a known one.

    Of the words, the part of the new ones that the known case has: what is being typed is the shorter text. What the
    new case does not say (place, words, whose it is) weighs nothing.
    """
    place = _dice(new.place, known.place)
    same_citizen = bool(new.citizen) and new.citizen == known.citizen
    same_category = bool(new.category) and new.category == known.category
    weighed = [
        (_PLACE, place, bool(new.place)),
        (_WORDS, len(new.words & known.words) / max(1, len(new.words)), len(new.words) >= _FEWEST_WORDS),
        (_CITIZEN, float(same_citizen), same_citizen),
        (_CATEGORY, float(same_category), bool(new.category)),
    ]
    total = sum(weight for weight, _, says in weighed if says)
    share = sum(weight * value for weight, value, says in weighed if says) / total if total else 0.0
    return Likeness(share, place >= 0.5, same_citizen, same_category)


def _is_empty(word: str) -> bool:
    return fold(word) in STOP_WORDS


def _dice(one: Collection[str], other: Collection[str]) -> float:
    if not one or not other:
        return 0.0
    return 2 * len(frozenset(one) & frozenset(other)) / (len(one) + len(other))
