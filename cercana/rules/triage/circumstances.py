"""What stands around the findings of a message: told as past, asked, denied, or plainly; and how often it was asked."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from cercana.rules.triage.grammar import Finding, Reading
from cercana.rules.triage.labels import DANGER_SIGNALS, RECURRENT_SIGNALS, TAKEN_BACK, VULNERABLE_SIGNALS

_REASONS: Mapping[str, str] = {
    **dict.fromkeys(DANGER_SIGNALS, "D"),
    **dict.fromkeys(RECURRENT_SIGNALS, "R"),
    **dict.fromkeys(VULNERABLE_SIGNALS, "V"),
}
# «3/7», «14.07», «el 19».
_DATE = re.compile(r"\b\d{1,2}[/.]\d{1,2}\b|\bel \d{1,2}\b(?! de la)")
_ASKED = "ask"
_MOST_SIGNALS, _MOST_TOLD = 4, 6
# Families of the lexicon that tell how often somebody came, wrote or called, when, and what they got.
_HISTORY = ("CONTACT", "WRITTEN", "WHEN", "LAMENT", "ORD3")


def circumstance_names(reading: Reading) -> set[str]:
    """
    Return names for each finding together with what its own sentence says of it.

    «La tapa ya la arreglaron. Hoy huele a gas» takes back the lid and not the gas.
    """
    around = _around(reading)
    message = {each.signal for each in reading.findings} & TAKEN_BACK
    sheer = not message and "?" not in reading.text
    names: set[str] = set()
    found: dict[str, set[str]] = {"D": set(), "R": set(), "V": set()}
    clean: dict[str, set[str]] = {"D": set(), "R": set(), "V": set()}
    for finding in reading.findings:
        reason = _REASONS.get(finding.signal)
        if reason is None:
            continue
        if finding.denied:
            names.add(f"q {reason} denied")
            continue
        here = _here(reading, finding, around)
        found[reason].add(finding.signal)
        if not here & TAKEN_BACK:
            clean[reason].add(finding.signal)
        names.update(f"q {subject} {each}" for subject in (reason, finding.signal) for each in here)
        if not here & TAKEN_BACK and _ASKED not in here:
            names |= {f"q {reason} plain", f"q {finding.signal} plain"}
        if sheer:
            names.add(f"q {finding.signal} sheer")
    return names.union(_counts("any", found), _counts("clean", clean))


def history_names(reading: Reading) -> set[str]:
    """Return names for how often it was asked, when, and with what answer: recurrence is told in a hundred ways."""
    told = {family: len(reading.places.get(family, ())) for family in _HISTORY}
    names = {f"h {family} {times}" for family, count in told.items() for times in range(1, min(_MOST_TOLD, count) + 1)}
    # Once for each, so that neither a diary without requests nor requests without dates counts as insistence.
    together = min(told["CONTACT"], told["WHEN"])
    names |= {f"h together {times}" for times in range(1, min(_MOST_TOLD, together) + 1)}
    sounds = [word.sound for word in reading.words]
    heaped = Counter(sounds[at] for at in reading.places.get("CONTACT", ()))
    dates = len(_DATE.findall(reading.text))
    names |= {f"h dates {times}" for times in range(1, min(_MOST_TOLD, dates) + 1)}
    names |= {f"h same {times}" for times in range(2, min(_MOST_TOLD, max(heaped.values(), default=0)) + 1)}
    return names


def _around(reading: Reading) -> dict[int, set[str]]:
    """Return, for each sentence, the circumstances told in it, and whether it asks."""
    around: dict[int, set[str]] = {}
    for finding in reading.findings:
        if finding.signal.startswith("x_"):
            for place in (finding.first, finding.last):
                around.setdefault(reading.words[place].sentence, set()).add(finding.signal)
    for sentence in _asking(reading):
        around.setdefault(sentence, set()).add(_ASKED)
    return around


def _asking(reading: Reading) -> Iterator[int]:
    """Yield the sentences with a question mark between their last word and the next one's first."""
    words = reading.words
    for at, word in enumerate(words):
        last = at + 1 == len(words)
        if last or words[at + 1].sentence != word.sentence:
            after = reading.text[word.end :] if last else reading.text[word.end : words[at + 1].start]
            if "?" in after:
                yield word.sentence


def _here(reading: Reading, finding: Finding, around: Mapping[int, set[str]]) -> set[str]:
    first, last = reading.words[finding.first].sentence, reading.words[finding.last].sentence
    return around.get(first, set()) | around.get(last, set())


def _counts(kind: str, signals: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield names for how many different signals of each reason there are."""
    for reason, found in signals.items():
        yield from (f"k {reason} {kind} {count}" for count in range(1, min(_MOST_SIGNALS, len(found)) + 1))
        if not found:
            yield f"k {reason} {kind} none"
    if not any(signals.values()):
        yield f"k nothing {kind}"
