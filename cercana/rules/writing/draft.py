"""A draft as the grammar reads it: its words as they sound, each with its place in the text as it was written."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cercana.rules.triage.words import sound_of
from cercana.rules.writing.sentences import WORD, Sentence, sentences_of

# What no Spanish word is long as: an endless word is no word.
_LONGEST_WORD = 60


def heard_as(written: str) -> str:
    """Return how a word sounds; a mute «h» and an endless word sound as «-»."""
    return (sound_of(written) if len(written) <= _LONGEST_WORD else "") or "-"


class Word(NamedTuple):
    """A word: how it sounds, where it stands in the text, where in ``Draft.heard``, and in which sentence."""

    sound: str
    start: int
    end: int
    heard_at: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Draft:
    """
    A text with its sentences and words.

    ``heard`` is the words as they sound, parted by blanks, with " . " after each sentence. A cue is a pattern over it,
    so it minds no accent, capital, comma or common misspelling.
    """

    text: str
    sentences: Sequence[Sentence]
    words: Sequence[Word]
    heard: str
    heard_starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words heard from ``start`` to ``end`` stand in the text."""
        first, last = self.word_at(start), self.word_at(end - 1)
        return self.words[first].start, self.words[last].end

    def word_at(self, heard_at: int) -> int:
        """Return the number of the word heard at ``heard_at``, or the one before it."""
        return max(0, bisect_right(self.heard_starts, heard_at) - 1)

    def words_of(self, sentence: int) -> Sequence[Word]:
        """Return the words of a sentence."""
        return [word for word in self.words if word.sentence == sentence]


def draft_of(text: str) -> Draft:
    """Return ``text`` as the grammar reads it; any text can be read."""
    sentences = sentences_of(text)
    words: list[Word] = []
    heard: list[str] = [" "]
    length = 1
    for number, sentence in enumerate(sentences):
        for piece in WORD.finditer(text, sentence.start, sentence.end):
            sound = heard_as(piece.group())
            words.append(Word(sound, piece.start(), piece.end(), length, number))
            heard.append(f"{sound} ")
            length += len(sound) + 1
        heard.append(". ")
        length += 2
    return Draft(text, sentences, words, "".join(heard), [word.heard_at for word in words])
