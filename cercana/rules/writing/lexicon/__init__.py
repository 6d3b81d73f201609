"""
What the assistant reads by, in plain text files: families of words, and cues with the words that would be better.

``FAMILY = words`` names alternatives, ``|`` between those of several words (indented lines go on). ``topic: elements``
is a cue of a topic, ``topic: elements -> proposal`` one with better words. An element is a word, a beginning
(«notific*»), an ending («*emos»), a family in capitals, ``(one|other two)``, ``[perhaps]``, ``#`` for a number, ``_``
for any word, ``..`` for up to six words of the sentence, or ``.`` for where the sentence ends. Accents, capitals and
common misspellings do not count. The files are read once, at import.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import NamedTuple

from cercana.rules.writing.draft import Draft, heard_as

FILES = ("families", "courtesy", "apology", "office", "blame", "blunt", "promise", "next_step", "asking")
_FAMILY = re.compile(r"([A-Z][A-Z_]*) = (.*)")
_CUE = re.compile(r"([a-z_]+): (.*)")
_FIXED = {"#": r"\d+ ", "_": r"[^ .]+ ", "..": r"(?:[^ .]+ ){0,6}?", ".": r"\. "}
_ANY = ""


class Match(NamedTuple):
    """A cue that was found: where in ``Draft.heard``, and its proposal as the file has it."""

    start: int
    end: int
    proposal: str


class Cue(NamedTuple):
    """A pattern over ``Draft.heard``, the letters its first word may begin with («» is any), and the better words."""

    pattern: str
    initials: frozenset[str]
    proposal: str
    elements: int


class Topic:
    """The cues of one topic, sought by the first letter of a word, the longest first."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        ordered = sorted(cues, key=lambda cue: -cue.elements)
        letters = {letter for cue in ordered for letter in cue.initials} | {_ANY}
        self._by_letter = {
            letter: _Alternatives([cue for cue in ordered if letter in cue.initials or _ANY in cue.initials])
            for letter in letters
        }

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

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._pattern = re.compile("|".join(f"({cue.pattern})" for cue in cues)) if cues else None
        self._proposals = [cue.proposal for cue in cues]

    def match(self, heard: str, at: int) -> Match | None:
        found = self._pattern.match(heard, at) if self._pattern else None
        if found is None or found.lastindex is None:
            return None
        end = len(heard[at : found.end()].rstrip(" .")) + at
        return Match(at, end, self._proposals[found.lastindex - 1])


class _Reader:
    """Reads the files, families first."""

    def __init__(self) -> None:
        self.families: dict[str, tuple[str, frozenset[str]]] = {}
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
        parts = [self._element(each) for each in _parted(elements, " ")]
        return Cue("".join(pattern for pattern, _ in parts), parts[0][1], proposal, len(parts))

    def _element(self, element: str) -> tuple[str, frozenset[str]]:
        """Return the pattern of an element and the letters it may begin with."""
        if element in self.families:
            return self.families[element]
        if element in _FIXED:
            return _FIXED[element], frozenset("0123456789") if element == "#" else frozenset({_ANY})
        if element[0] == "(":
            return self._choice(element[1:-1])
        if element[0] == "[":
            return f"{self._choice(element[1:-1])[0]}?", frozenset({_ANY})
        return _word(element)

    def _choice(self, written: str) -> tuple[str, frozenset[str]]:
        """Return the pattern and the initials of alternatives parted by «|», or by blanks if no «|» is there."""
        cues = [self._cue(each, "") for each in _parted(written, "|")]
        return f"(?:{'|'.join(cue.pattern for cue in cues)})", frozenset().union(*(cue.initials for cue in cues))


def _word(element: str) -> tuple[str, frozenset[str]]:
    if element[0] == "*":
        return f"[^ .]*{re.escape(heard_as(element[1:]))} ", frozenset({_ANY})
    if element[-1] == "*":
        sound = heard_as(element[:-1])
        return f"{re.escape(sound)}[^ .]* ", frozenset({sound[0]})
    sound = heard_as(element)
    return f"{re.escape(sound)} ", frozenset({sound[0]})


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


def read_topics() -> Mapping[str, Topic]:
    """Return every topic of the files by its name."""
    reader = _Reader()
    folder = resources.files(__package__)
    for name in FILES:
        reader.read(folder.joinpath(f"{name}.txt").read_text(encoding="utf-8"))
    return {name: Topic(cues) for name, cues in reader.cues.items()}


TOPICS = read_topics()
