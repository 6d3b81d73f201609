"""The labelled messages and pairs, and how they are parted for training and for judging."""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.held_out import is_held_out

FOLDER = Path("corpora/triage")
# By hand. Whoever wrote the lexicon has read the training part of the former, and of the latter nothing.
_READ = ("app", "desk", "hard", "mail", "phone", "calle", "contraste", "riesgo", "tipos", "veces")
UNREAD = (
    "barrio",
    "linde",
    "personas",
    "tramites",
    "diario",
    "voces",
    "cartas",
    "celular",
    "examen",
    "semana",
    "vecinos",
    "familias",
    "negocios",
    "domingo",
    "turno",
)
SOURCES = (*_READ, *UNREAD)
PAIR_SOURCES = ("pairs", "pairs_tipos")


@dataclass(frozen=True, slots=True)
class Labels:
    """What an annotator decided, in the codes of the interface."""

    kind: str
    claim_type: str
    critical_reasons: frozenset[str]
    class_: str
    area: str
    about_staff: bool

    @property
    def critical(self) -> bool:
        """Whether it is critical."""
        return bool(self.critical_reasons)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the corpus, its writer and its labels; ``trap`` says what makes it hard, if anything."""

    id: str
    writer: str
    text: str
    trap: str
    labels: Labels

    @property
    def source(self) -> str:
        """Whose hand wrote it."""
        return self.id.split("-")[0]

    @property
    def is_test(self) -> bool:
        """Whether its writer is one of the quarter that training never sees."""
        return is_held_out(self.writer)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two messages, and whether they are about the same matter."""

    a: str
    b: str
    same_matter: bool

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the half that tuning never sees; pairs of one first message stay together."""
        return zlib.crc32(self.a.encode()) % 2 == 0


def read_messages() -> list[Message]:
    """Return the corpus, in the order of its files."""
    return [_message(line) for source in SOURCES for line in _lines(FOLDER / f"{source}.jsonl")]


def read_pairs() -> list[Pair]:
    """Return the pairs of the corpus."""
    rows = [json.loads(line) for source in PAIR_SOURCES for line in _lines(FOLDER / f"{source}.jsonl")]
    return [Pair(row["a"], row["b"], row["same_matter"]) for row in rows]


def read_second_reader() -> dict[str, Labels]:
    """Return what a second reader decided, by the id of the message; empty if there was none."""
    path = FOLDER / "second_reader.jsonl"
    if not path.exists():
        return {}
    rows = map(json.loads, _lines(path))
    return {row["id"]: _labels(row) for row in rows}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _message(line: str) -> Message:
    row = json.loads(line)
    return Message(row["id"], row["writer"], row["text"], row["hard"] or "", _labels(row))


def _labels(row: dict[str, Any]) -> Labels:
    return Labels(
        kind=str(row["kind"]),
        claim_type=str(row["claim_type"] or ""),
        critical_reasons=frozenset(row["critical_reasons"]),
        class_=str(row["class"]),
        area=str(row["area"]),
        about_staff=bool(row["about_staff"]),
    )
