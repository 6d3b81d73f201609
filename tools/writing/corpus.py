"""The labelled drafts, and how they are parted for tuning and for judging."""

import json
from dataclasses import dataclass
from pathlib import Path

from cercana.command_line.situations import situation_of
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Situation
from tools.held_out import is_held_out

FOLDER = Path("corpora/writing")
SOURCES = (
    "mesa", "campo", "dudas", "ventanilla", "oficina", "turnos", "auditoria", "barrios", "cierres", "guardia", "jefes",
    "vecindad", "invierno", "plaza",
)  # fmt: skip
# The cues were written from the drafts of the others.
UNREAD = SOURCES[3:]


@dataclass(frozen=True, slots=True)
class Marked:
    """What the writer of the corpus marked: a fault, and the words that do it, if any do."""

    fault: Fault
    words: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A draft of the corpus, who wrote it, what it answers and what is marked in it."""

    id: str
    writer: str
    channel: str
    text: str
    situation: Situation
    marked: tuple[Marked, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing is marked."""
        return not self.marked

    @property
    def faults(self) -> frozenset[Fault]:
        """Which faults are marked."""
        return frozenset(each.fault for each in self.marked)

    @property
    def is_test(self) -> bool:
        """Whether its writer is one of the quarter that tuning never sees."""
        return is_held_out(self.writer)


def is_unread(draft: Labelled) -> bool:
    """Tell whether no cue was written from ``draft``: what a cue is worth can be learnt from it."""
    return draft.id.partition("-")[0] in UNREAD


def read_drafts() -> list[Labelled]:
    """Return the corpus, in the order of its files."""
    return [
        _labelled(line)
        for source in SOURCES
        for line in (FOLDER / f"{source}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def _labelled(line: str) -> Labelled:
    row = json.loads(line)
    return Labelled(
        row["id"],
        row["writer"],
        row["channel"],
        row["text"],
        situation_of(row["context"]),
        tuple(Marked(Fault(each["label"]), each["words"]) for each in row["findings"]),
    )
