"""
What the assistant reads by, in plain text files: families of words, and cues with the words that would be better.

``FAMILY = words`` names alternatives, ``|`` between those of several words (indented lines go on). ``topic: elements``
is a cue of a topic, ``topic: elements -> proposal`` one with better words; what the topic «no_…» names is none of it.
An element is a word, a beginning («notific*»), an ending («*emos»), a family in capitals, ``(one|other two)``,
``[perhaps]``, ``#`` for a number, ``_`` for any word, ``..`` for up to six words of the sentence, ``^`` for where a
sentence begins, or ``.`` for where it ends. Accents, capitals and common misspellings do not count.
The files are read once, at import.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import resources
from typing import NamedTuple

from cercana.rules.writing.draft import Draft, heard_as

FILES = ("families", "courtesy", "apology", "office", "blame", "blunt", "promise", "next_step", "asking")
_FAMILY = re.compile(r"([A-Z][A-Z_]*) = (.*)")
_CUE = re.compile(r"([a-z_]+): (.*)")
_FIXED = {"#": r"\d+ ", "_": r"[^ .]+ ", "..": r"(?:[^ .]+ ){0,6}?", ".": r"\. "}
_OPENING = r"(?<![^.] )"
_ANY = ""


class Match(NamedTuple):
    """
    A cue that was found: where in ``Draft.heard``, and its proposal as the file has it.

    ``stem`` is how many letters of the last word the proposal replaces, if it keeps the ending.
    """

    start: int
    end: int
    proposal: str
    stem: int


class Piece(NamedTuple):
    """A pattern over ``Draft.heard``: whole, and what is left of it by the letter it begins with («» is any)."""

    whole: str
    by_letter: Mapping[str, str]


class Cue(NamedTuple):
    """A pattern over ``Draft.heard`` and the better words; see Match for ``stem``."""

    piece: Piece
    proposal: str
    stem: int
    elements: int


class Topic:
    """The cues of one topic, sought by the first letter of a word, the longest first."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        ordered = sorted(cues, key=lambda cue: -cue.elements)
        letters = {letter for cue in ordered for letter in cue.piece.by_letter} | {_ANY}
        self._by_letter = {letter: _Alternatives(ordered, letter) for letter in letters}

    def find_in(self, draft: Draft) -> Iterator[Match]:
        """Yield what is found in ``draft``, in order, none within another."""
        after = 0
        for word in draft.words:
            if word.heard_at < after:
                continue
            alternatives = self._by_letter.get(word.sound[0]) or self._by_letter[_ANY]
            if found := alternatives.match(draft.heard, word.heard_at):
                after = found.end
                yield found

    def is_in(self, draft: Draft) -> bool:
        """Tell whether anything of the topic is in ``draft``."""
        return next(self.find_in(draft), None) is not None


class _Alternatives:
    """Cues tried at one place, the first that fits wins."""

    def __init__(self, cues: Sequence[Cue], letter: str) -> None:
        pieces = [(cue, cue.piece.by_letter) for cue in cues]
        fitting = [(cue, by[each]) for cue, by in pieces for each in dict.fromkeys((letter, _ANY)) if each in by]
        self._cues = [cue for cue, _ in fitting]
        self._written = "|".join(f"({pattern})" for _, pattern in fitting)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The cues as one pattern, compiled when it is first needed: most commands never read a draft."""
        return re.compile(self._written)

    def match(self, heard: str, at: int) -> Match | None:
        found = self._pattern.match(heard, at) if self._written else None
        if found is None or found.lastindex is None:
            return None
        end = len(heard[at : found.end()].rstrip(" .")) + at
        cue = self._cues[found.lastindex - 1]
        return Match(at, end, cue.proposal, cue.stem)


class _Reader:
    """Reads the files, families first."""

    def __init__(self) -> None:
        self.families: dict[str, Piece] = {}
        self.cues: dict[str, list[Cue]] = {}

    def read(self, text: str) -> None:
        for line in _logical_lines(text):
            if family := _FAMILY.fullmatch(line):
                self.families[family[1]] = self._choice(family[2])
            elif cue := _CUE.fullmatch(line):
                elements, _, proposal = cue[2].partition(" -> ")
                self.cues.setdefault(cue[1], []).append(self._cue(elements, proposal))
            else:
                raise ValueError(line)

    def _cue(self, elements: str, proposal: str) -> Cue:
        written = _parted(elements, " ")
        needed = sum(each[0] != "[" for each in written)
        return Cue(self._row(written), proposal, len(written[-1]) - 1, needed)

    def _row(self, elements: Sequence[str]) -> Piece:
        """Return the pattern of elements one after the other."""
        before = _OPENING if elements[0] == "^" else ""
        first, *others = [self._element(each) for each in elements if each != "^"]
        rest = "".join(piece.whole for piece in others)
        by_letter = {letter: before + begun + rest for letter, begun in first.by_letter.items()}
        return Piece(before + first.whole + rest, by_letter)

    def _element(self, element: str) -> Piece:
        if element in self.families:
            return self.families[element]
        if element in _FIXED:
            return _begun(_FIXED[element], "0123456789" if element == "#" else [_ANY])
        if element[0] == "(":
            return self._choice(element[1:-1])
        if element[0] == "[":
            return _begun(f"{self._choice(element[1:-1]).whole}?", [_ANY])
        return _word(element)

    def _choice(self, written: str) -> Piece:
        """Return the pattern of alternatives parted by «|»."""
        rows = [self._row(_parted(each, " ")) for each in _parted(written, "|")]
        by_letter: dict[str, list[str]] = {}
        for row in rows:
            for letter, begun in row.by_letter.items():
                by_letter.setdefault(letter, []).append(begun)
        return Piece(_either([row.whole for row in rows]), {each: _either(begun) for each, begun in by_letter.items()})


def _either(patterns: Sequence[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _begun(pattern: str, letters: Iterable[str]) -> Piece:
    return Piece(pattern, dict.fromkeys(letters, pattern))


def _word(element: str) -> Piece:
    if element[0] == "*":
        return _begun(f"[^ .]*{re.escape(heard_as(element[1:]))} ", [_ANY])
    sound = heard_as(element.rstrip("*"))
    return _begun(f"{re.escape(sound)}{'[^ .]*' if element[-1] == '*' else ''} ", [sound[0]])


def _parted(written: str, mark: str) -> list[str]:
    """Return the pieces of ``written`` between those of ``mark`` that stand in no brackets."""
    pieces, depth = [""], 0
    for character in written:
        depth += (character in "([") - (character in ")]")
        if character == mark and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return [piece.strip() for piece in pieces if piece.strip()]


def _logical_lines(text: str) -> Iterator[str]:
    """Yield lines without comments, indented ones joined to the one before."""
    pending = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            pending = f"{pending} {line.strip()}"
            continue
        if pending:
            yield pending
        pending = line.strip()
    if pending:
        yield pending


def read_cues(*texts: str) -> Mapping[str, Sequence[Cue]]:
    """Return the cues of each topic in ``texts``; raise ValueError at a line that is neither family nor cue."""
    reader = _Reader()
    for text in texts:
        reader.read(text)
    return reader.cues


def read_topics() -> Mapping[str, Topic]:
    """Return every topic of the files by its name."""
    folder = resources.files(__package__)
    texts = [folder.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in FILES]
    return {name: Topic(cues) for name, cues in read_cues(*texts).items()}


TOPICS = read_topics()
