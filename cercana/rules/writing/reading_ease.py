"""How easily a text is read: Szigriszt-Pazos with the bands of INFLESZ, and Fernández-Huerta."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cercana.rules.writing.sentences import Sentence
from cercana.rules.writing.syllables import syllables_of

_TOKEN = re.compile(r"S/\.?|[^\W\d_]+|\d+(?:,\d{3})+(?!\d)|\d+|%")
_SIGNS = {"S/": "soles", "S/.": "soles", "%": "por ciento"}
# From which figure on a text is called so (Barrio-Cantalejo et al., 2008).
_BANDS = ((80, "muy fácil"), (65, "fácil"), (55, "normal"), (40, "difícil"))
_HARDEST = "muy difícil"


@dataclass(frozen=True, slots=True)
class HeavySentence:
    """The sentence that weighs most, and where it stands."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class ReadingEase:
    """
    Two measures, 100 easy and 0 hard (both may leave that range), the first in words, and the heaviest sentence.

    Szigriszt-Pazos (1993): 206.835 - 62.3 x syllables / words - words / sentences. Fernández-Huerta (1959):
    206.84 - 60 x syllables / words - 1.02 x words / sentences. A text without words is easy.
    """

    szigriszt: float
    huerta: float
    words: str
    heaviest: HeavySentence | None


def ease_of(text: str, sentences: Sequence[Sentence]) -> ReadingEase:
    """Return how easily ``text``, parted in ``sentences``, is read."""
    counts = [_count(text[each.start : each.end]) for each in sentences]
    words = sum(count for count, _ in counts)
    if not words:
        return ReadingEase(100.0, 100.0, _BANDS[0][1], None)
    per_word, per_sentence = sum(heard for _, heard in counts) / words, words / len(sentences)
    szigriszt = round(206.835 - 62.3 * per_word - per_sentence, 2)
    huerta = round(206.84 - 60 * per_word - 1.02 * per_sentence, 2)
    # What a sentence of its own would be scored; the least is the heaviest.
    weights = [62.3 * heard / (count or 1) + count for count, heard in counts]
    at = sentences[weights.index(max(weights))]
    return ReadingEase(
        szigriszt, huerta, _in_words(szigriszt), HeavySentence(at.start, at.end, text[at.start : at.end])
    )


def words_in(text: str) -> int:
    """Return how many words ``text`` has; a number is one."""
    return sum(1 for _ in _TOKEN.finditer(text))


def _count(text: str) -> tuple[int, int]:
    """Return the words and the syllables of ``text``."""
    words = [word for token in _TOKEN.findall(text) for word in _SIGNS.get(token, token).split()]
    return len(words), sum(syllables_of(word.replace(",", "")) for word in words)


def _in_words(szigriszt: float) -> str:
    return next((name for least, name in _BANDS if szigriszt >= least), _HARDEST)
