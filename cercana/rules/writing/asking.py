"""Asking a person for what is already known (M2.1a)."""

import re
from collections.abc import Iterator

from cercana.rules.writing.findings import Finding, finding_at
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.reading import Reading
from cercana.rules.writing.situation import Situation

DATA = ("documento", "telefono", "correo", "direccion", "nombre", "foto")
# What the person wrote shows that it is known: a document, a telephone, an address of mail or of a street.
_TOLD = {
    "documento": re.compile(r"(?i)\b(?:dni|ruc)\b\W{0,3}\d"),
    "telefono": re.compile(r"(?i)\b(?:cel|celular|tel[eé]fono|whatsapp)\b\W{0,3}\d|\b9\d{2}[ -]?\d{3}[ -]?\d{3}\b"),
    "correo": re.compile(r"\S@\S"),
    "direccion": re.compile(r"\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\s\d{2,4}\b"),
    "foto": re.compile(r"(?i)\b(?:adjunto|mando|env[ií]o|va)\b.{0,20}\bfotos?\b"),
}


def asked_again(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """Yield the requests for what the case or the person's message already says, one a sentence."""
    known = situation.known | {datum for datum, told in _TOLD.items() if told.search(situation.question)}
    asking = reading.sentences_with("asks")
    for match in reading.matches("retold"):
        if situation.question:
            yield finding_at(Fault.ASKS_AGAIN, reading.draft.text, reading.span(match))
    for datum in DATA:
        if datum not in known:
            continue
        for match in reading.matches(f"datum_{datum}"):
            sentence = reading.sentence_of(match)
            if sentence in asking:
                asking -= {sentence}
                yield finding_at(Fault.ASKS_AGAIN, reading.draft.text, reading.draft.sentences[sentence])
