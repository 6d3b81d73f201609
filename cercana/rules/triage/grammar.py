"""Reading a message by the cues of the lexicon: what was found, at which words, and in what circumstances."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from cercana.rules.triage.lexicon import Cue, Step, read_lexicon
from cercana.rules.triage.words import Word, words_of

LEXICON = read_lexicon()
_NEGATION_REACH = 4
# «no sale», «no contesta»: the denial is the sign itself.
_OF_SILENCE = frozenset({"silence", "suicide", "confined", "disability", "poverty", "elder_alone", "no_papers", "lost"})


class Finding(NamedTuple):
    """A cue that was found: its signal and number, its first and last word, and whether it is denied."""

    signal: str
    number: int
    first: int
    last: int
    denied: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as the grammar sees it."""

    text: str
    words: Sequence[Word]
    places: dict[str, list[int]]
    findings: tuple[Finding, ...]

    def signals(self) -> frozenset[str]:
        """Return the signals found and not denied."""
        return frozenset(each.signal for each in self.findings if not each.denied)

    def span(self, finding: Finding) -> tuple[int, int]:
        """Return where the words of ``finding`` begin and end in the text as it was written."""
        return self.words[finding.first].start, self.words[finding.last].end


@lru_cache(maxsize=50_000)
def _keys_of(sound: str) -> tuple[str, ...]:
    return LEXICON.keys_of(sound)


def read(text: str) -> Reading:
    """Return the reading of ``text``; any text can be read."""
    words = words_of(text)
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for key in _keys_of(word.sound):
            places.setdefault(key, []).append(place)
    found: dict[int, Finding] = {}
    known: dict[tuple[str, ...], list[int]] = {}
    for key in places:
        for cue in LEXICON.cues.get(key, ()):
            if cue.number not in found and (finding := _find(cue, places, known)):
                found[cue.number] = finding
    ordered = sorted(found.values(), key=lambda each: (each.first, each.number))
    return Reading(text, words, places, tuple(_judge_denial(each, words, places) for each in ordered))


def _find(cue: Cue, places: dict[str, list[int]], known: dict[tuple[str, ...], list[int]]) -> Finding | None:
    """Return the first place where the words of ``cue`` stand together; ``known`` remembers places of steps."""
    starts, *followers = cue.steps
    steps: list[tuple[Step, list[int]]] = []
    for step in followers:
        step_places = _places_of(step, places, known)
        if not step_places:
            return None
        steps.append((step, step_places))
    for start in _places_of(starts, places, known):
        first = last = at = start
        for step, step_places in steps:
            place = _next_place(step, at, step_places)
            if place is None:
                break
            first, last, at = min(first, place), max(last, place), place
        else:
            return Finding(cue.signal, cue.number, first, last, denied=False)
    return None


def _places_of(step: Step, places: dict[str, list[int]], known: dict[tuple[str, ...], list[int]]) -> list[int]:
    if len(step.keys) == 1:
        return places.get(step.keys[0], [])
    found = known.get(step.keys)
    if found is None:
        found = known[step.keys] = sorted({place for key in step.keys for place in places.get(key, ())})
    return found


def _next_place(step: Step, after: int, step_places: list[int]) -> int | None:
    """Return the nearest place of ``step`` within its reach of the one before, None if there is none."""
    near: int | None = None
    least = step.reach + 1
    for place in step_places:
        distance = place - after
        if distance < 0 and step.either_side:
            distance = -distance
        if 0 < distance < least:
            near, least = place, distance
    return near


def _judge_denial(finding: Finding, words: Sequence[Word], places: dict[str, list[int]]) -> Finding:
    """Return ``finding``, denied if a denial stands right before it in its sentence."""
    if finding.signal in _OF_SILENCE or finding.signal.startswith("x_"):
        return finding
    sentence = words[finding.first].sentence
    denied = any(
        0 < finding.first - place <= _NEGATION_REACH and words[place].sentence == sentence
        for place in places.get("C_DENY", ())
    )
    return finding._replace(denied=denied)
