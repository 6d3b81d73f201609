"""What the linear model counts in a message: hashed words, parts of words, and the findings of the grammar."""

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from cercana.rules.triage.circumstances import circumstance_names, history_names
from cercana.rules.triage.grammar import Reading

_STEM = 4
_FIRST_WORDS, _LAST_WORDS = 8, 12
_PAIR_REACH = 6
_LITERAL = "'"
_AREA, _SURE, _AREA_CUE = "A_", "_SURE", "a_"
_OF_MATTER = ("a_", "t_")
_SURE_COUNTS, _CUE_COUNTS, _MOST_HEARD = 2, 2, 4


def hashed(name: str) -> int:
    """Return the number of a feature; 32 bits, so that hardly two of the shipped ones share theirs."""
    return crc32(name.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=50_000)
def _parts_of(sound: str) -> tuple[int, ...]:
    """Return the features of the parts of a word, three to five letters long."""
    edged = f"<{sound}>"
    parts = {edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1)}
    return tuple(sorted(hashed(f"p {part}") for part in parts))


def features_of(reading: Reading) -> set[int]:
    """Return the features present in the message; how often they occur does not count."""
    return set().union(*(features(reading) for features in KINDS))


def part_features(reading: Reading) -> set[int]:
    """Return the features of parts of words, which forgive endings and slips."""
    found: set[int] = set()
    for sound in {word.sound for word in reading.words}:
        found.update(_parts_of(sound))
    return found


def word_features(reading: Reading) -> set[int]:
    """Return the features of words and stems, of neighbours, of where they stand, and of the shape."""
    sounds = [word.sound for word in reading.words]
    names = {f"w {sound}" for sound in sounds}
    names.update(f"m {sound[:_STEM]}" for sound in sounds if len(sound) > _STEM)
    names.update(f"b {one} {other}" for one, other in pairwise(sounds))
    names.update(f"l {sound}" for sound in sounds[-_LAST_WORDS:])
    names.update(f"o {sound}" for sound in sounds[:_FIRST_WORDS])
    return set(map(hashed, names | _shape_names(reading)))


def grammar_features(reading: Reading) -> set[int]:
    """Return the features of what the grammar found."""
    names = {f"f {key}" for key in reading.places if not key.startswith(_LITERAL) and not key.endswith(_SURE)}
    names |= {f"c {each.number}" for each in reading.findings if not each.signal.startswith(_OF_MATTER)}
    return set(map(hashed, names))


def setting_features(reading: Reading) -> set[int]:
    """Return the features of the circumstances of what was found, and of how often it was asked for."""
    return set(map(hashed, circumstance_names(reading) | history_names(reading)))


def matter_features(reading: Reading) -> set[int]:
    """Return the features of what the message is about and whom it blames: they say nothing about criticality."""
    return set(map(hashed, _matter_names(reading)))


def _matter_names(reading: Reading) -> set[str]:
    names = {f"f {key}" for key in reading.places if key.endswith(_SURE)}
    for finding in reading.findings:
        names.add(f"s {finding.signal} {'no' if finding.denied else 'yes'}")
        if finding.signal.startswith(_OF_MATTER):
            names.add(f"c {finding.number}")
    circumstances = {each.signal for each in reading.findings if each.signal.startswith("x_")}
    found = {signal for signal in reading.signals() - circumstances if not signal.startswith(_OF_MATTER)}
    names |= {f"g {signal} {state}" for signal in found for state in circumstances}
    names |= {f"n {min(6, len(found))}"}
    return names | _area_names(reading) | _pair_names(reading)


def _area_names(reading: Reading) -> set[str]:
    """Return names for how much of the message each area hears, and which hears most."""
    heard: Counter[str] = Counter()
    for key, places in reading.places.items():
        if key.startswith(_AREA):
            heard[key.removesuffix(_SURE)] += len(places) * (_SURE_COUNTS if key.endswith(_SURE) else 1)
    for finding in reading.findings:
        if finding.signal.startswith(_AREA_CUE):
            heard[finding.signal.upper()] += _CUE_COUNTS
    names = {f"a {area} {min(_MOST_HEARD, times.bit_length())}" for area, times in heard.items()}
    most = max(heard.values(), default=0)
    return names | {f"t {area}" for area, times in heard.items() if times == most}


def _pair_names(reading: Reading) -> set[str]:
    placed = sorted(
        (place, key)
        for key, places in reading.places.items()
        if not key.startswith((_LITERAL, "C_", "A_", "Q_"))
        for place in places
    )
    names = set()
    for at, (place, key) in enumerate(placed):
        for other_place, other in placed[at + 1 : at + 8]:
            if other_place - place > _PAIR_REACH:
                break
            if other != key:
                names.add(f"d {min(key, other)} {max(key, other)}")
    return names


def _shape_names(reading: Reading) -> set[str]:
    text = reading.text.rstrip()
    names = {f"z length {len(reading.words).bit_length()}"}
    if "?" in text:
        names.add(f"z asks {min(3, text.count('?'))}")
        names.add(f"z ends asking {'?' in text[-40:]}")
    if "¿" in text:
        names.add(f"z opens asking {'¿' in text[:80]}")
    if text.isupper():
        names.add("z shouts")
    if "!" in text:
        names.add("z exclaims")
    if text and reading.words:
        names.add(f"z first {reading.words[0].sound}")
    return names


# In the order of the scales that training gives them.
KINDS = (part_features, word_features, grammar_features, setting_features, matter_features)
