"""
The knowledge of the world that triage reads by: families of words and cues, in plain text files.

A line ``FAMILY = words`` names words that mean the same here («*» ends a stem; indented lines go on). A line
``signal: elements`` is a cue: a space lets three other words between, ``..`` twelve, ``&`` either order within ten;
``|`` parts alternatives; capitals name a family. The files are read once, at import.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from cercana.rules.triage.words import sound_of

FILES = ("danger", "people", "areas", "requests")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Step:
    """An element of a cue: its alternatives (families or sounds), and how far from the one before it may stand."""

    keys: tuple[str, ...]
    reach: int
    either_side: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that together mean ``signal``; ``number`` tells cues of one signal apart."""

    signal: str
    number: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which families a sound belongs to, whole or by its stem, and the cues by the keys they begin with."""

    whole: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, Sequence[Cue]]

    def keys_of(self, sound: str) -> tuple[str, ...]:
        """Return the families and literal elements that ``sound`` matches."""
        found = self.whole.get(sound, ())
        for length in range(_SHORTEST_STEM, len(sound) + 1):
            if more := self.stems.get(sound[:length]):
                found += more
        return found


class _Builder:
    def __init__(self) -> None:
        self.whole: dict[str, set[str]] = {}
        self.stems: dict[str, set[str]] = {}
        self.families: set[str] = set()
        self.cues: list[Cue] = []

    def add_family(self, name: str, words: str) -> None:
        self.families.add(name)
        for word in words.split():
            self.add_word(name, word)

    def add_word(self, key: str, word: str) -> None:
        if not word.endswith("*"):
            self.whole.setdefault(sound_of(word), set()).add(key)
            return
        stem = word[:-1]
        # The letter after a stem can change how its last one sounds: «vac-a», «vac-íe».
        endings = {stem, f"{stem[:-1]}s", f"{stem[:-1]}k"} if stem[-1] == "c" else {stem}
        endings |= {f"{stem[:-1]}j"} if stem[-1] == "g" else set()
        for each in endings:
            self.stems.setdefault(sound_of(each), set()).add(key)

    def add_cue(self, signal: str, elements: str) -> None:
        steps: list[Step] = []
        reach, either_side = 0, False
        for element in elements.split():
            if element in ("..", "&"):
                reach, either_side = (13, False) if element == ".." else (10, True)
                continue
            steps.append(Step(self._keys(element), reach if steps else 0, either_side))
            reach, either_side = 4, False
        self.cues.append(Cue(signal, len(self.cues), tuple(steps)))

    def _keys(self, element: str) -> tuple[str, ...]:
        keys = []
        for each in element.split("|"):
            if each.isupper() and not each.isdigit():
                if each not in self.families:
                    raise KeyError(each)
                keys.append(each)
            else:
                self.add_word(f"'{each}", each)
                keys.append(f"'{each}")
        return tuple(keys)

    def lexicon(self) -> Lexicon:
        cues: dict[str, list[Cue]] = {}
        for cue in self.cues:
            for key in cue.steps[0].keys:
                cues.setdefault(key, []).append(cue)
        return Lexicon(
            whole={sound: tuple(sorted(keys)) for sound, keys in self.whole.items()},
            stems={sound: tuple(sorted(keys)) for sound, keys in self.stems.items()},
            cues=cues,
        )


def _lines(name: str) -> Iterator[str]:
    """Yield the lines of a file, those that go on joined, without comments and empty ones."""
    text = resources.files("cercana.rules.triage.lexicon").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    held = ""
    for line in text.splitlines():
        if line.startswith(" "):
            held += line
            continue
        if held:
            yield held
        held = "" if line.startswith("#") else line
    if held:
        yield held


def read_lexicon() -> Lexicon:
    """Return what the shipped files say; raise KeyError if a cue names a family that none of them defines."""
    builder = _Builder()
    lines = [line for name in FILES for line in _lines(name)]
    cues = []
    for line in lines:
        name, equals, words = line.partition(" = ")
        if equals:
            builder.add_family(name, words)
        else:
            cues.append(line.split(": ", 1))
    for signal, elements in cues:
        builder.add_cue(signal, elements)
    return builder.lexicon()
