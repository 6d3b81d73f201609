"""Promises of a draft: acts to come, and those that name no day and no hour (M2.1d)."""

import re
from collections.abc import Iterator

from cercana.rules.folding import fold
from cercana.rules.writing.reading import Reading, Span

_FUTURE = re.compile(r"\b[^\W\d_]+(?:rá|rán|(?<=[aeid])ré|remos)\b")
# What will be, may be or must be is no promise; folded.
_NO_ACTS = frozenset(
    {
        "podra", "podran", "podre", "podremos", "debera", "deberan", "tendra", "tendran", "sera", "seran",
        "habra", "estara", "estaran", "querra", "querran", "sabra", "sabran", "perdonara", "disculpara",
        "quedara", "quedaran", "costara", "vera", "veran", "necesitara", "vencera", "cerremos", "extremos",
        "extremo", "incoara", "bastara", "bastaran", "dire", "diremos", "retire", "mire", "pare", "repare",
        "separe", "declare", "aclare", "espere", "entere", "genere", "demore", "mejore", "considere",
        "supere", "requerira", "permitira", "ayudara", "servira", "gustara", "parecera", "queremos",
        "corremos", "moriremos", "tendremos", "tendre",
    }
)  # fmt: skip


def vague_promises(reading: Reading) -> Iterator[Span]:
    """Yield where each sentence first promises without naming a day or an hour."""
    spared = set(reading.sentences_with("dated") | reading.sentences_with("blame"))
    spans = [reading.span(match) for topic in ("vague", "future") for match in reading.matches(topic)]
    for span in sorted([*spans, *futures(reading)]):
        sentence = reading.sentence_at(span[0])
        if sentence not in spared:
            spared.add(sentence)
            yield span


def futures(reading: Reading) -> Iterator[Span]:
    """Yield verbs in the future that promise an act: their accent tells them from «señora» and «para»."""
    for found in _FUTURE.finditer(reading.draft.text):
        if fold(found.group()) not in _NO_ACTS:
            yield found.span()
