"""What the linear model counts in a message: hashed words, parts of words, and the findings of the grammar."""

from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from cercana.rules.triage.grammar import Reading

_LAST_WORDS = 12
_PAIR_REACH = 6
_LITERAL = "'"


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
    return part_features(reading).union(word_features(reading), grammar_features(reading))


def part_features(reading: Reading) -> set[int]:
    """Return the features of parts of words, which forgive endings and slips."""
    found: set[int] = set()
    for sound in {word.sound for word in reading.words}:
        found.update(_parts_of(sound))
    return found


def word_features(reading: Reading) -> set[int]:
    """Return the features of words, of neighbours, of the last words (where people ask), and of the shape."""
    sounds = [word.sound for word in reading.words]
    names = {f"w {sound}" for sound in sounds}
    names.update(f"b {one} {other}" for one, other in pairwise(sounds))
    names.update(f"l {sound}" for sound in sounds[-_LAST_WORDS:])
    return set(map(hashed, names | _shape_names(reading)))


def grammar_features(reading: Reading) -> set[int]:
    """Return the features of what the grammar found."""
    return set(map(hashed, _grammar_names(reading)))


def _grammar_names(reading: Reading) -> set[str]:
    """Return names for families, pairs of families near each other, cues and the circumstances of dangers."""
    names = {f"f {key}" for key in reading.places if not key.startswith(_LITERAL)}
    circumstances = {each.signal for each in reading.findings if each.signal.startswith("x_")}
    for finding in reading.findings:
        names.add(f"c {finding.number}")
        state = "no" if finding.denied else "yes"
        names.add(f"s {finding.signal} {state}")
    found = reading.signals() - circumstances
    names |= {f"g {signal} {state}" for signal in found for state in circumstances}
    names |= {f"n {min(6, len(found))}"}
    return names | _pair_names(reading)


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
