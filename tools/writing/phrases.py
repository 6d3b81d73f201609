"""Sentences marked one by one, for tuning only: what a cue must hear, and what comes close to it and is none."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from cercana.rules.classification import RequestKind
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Situation, review

SOURCE = Path("corpora/writing/phrases.jsonl")
# A single sentence is read as part of an answer to a claim: an inquiry asks for no empathy.
_SITUATION = Situation(kind=RequestKind.CLAIM)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that has a fault, or comes close to it and has it not; ``words`` is what does it, if any does."""

    fault: Fault
    sentence: str
    words: str
    is_fault: bool


def read_phrases() -> list[Phrase]:
    """Return the sentences, in the order of the file."""
    rows = [json.loads(line) for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    return [Phrase(Fault(row["label"]), row["sentence"], row["words"], not row["ok"]) for row in rows]


def is_found(phrase: Phrase) -> bool:
    """Tell whether the assistant finds the fault of ``phrase``, and where its words stand, if words do it."""
    start = phrase.sentence.find(phrase.words)
    end = start + len(phrase.words)
    found = [each for each in review(phrase.sentence, _SITUATION).findings if each.fault is phrase.fault]
    if not phrase.is_fault or not phrase.words:
        return bool(found)
    return any((each.start < end and start < each.end) or each.start == each.end for each in found)


def right_share(phrases: Iterable[Phrase]) -> float:
    """Return the share of ``phrases`` that are heard as they are marked."""
    right = [is_found(each) == each.is_fault for each in phrases]
    return sum(right) / (len(right) or 1)


def of_kind(phrases: Sequence[Phrase], fault: Fault, is_fault: bool) -> list[Phrase]:
    """Return those of one fault that have it, or that have it not."""
    return [each for each in phrases if each.fault is fault and each.is_fault is is_fault]


def main() -> None:
    """Print the shares, and what is heard wrongly of the labels named as arguments."""
    phrases = read_phrases()
    for fault in sorted({each.fault for each in phrases}):
        faults, others = (right_share(of_kind(phrases, fault, is_fault)) for is_fault in (True, False))
        click.echo(f"{fault:22} found {faults:.2f}  left alone {others:.2f}")
    for label in sys.argv[1:]:
        for each in phrases:
            if each.fault == label and is_found(each) != each.is_fault:
                click.echo(f"{'-' if each.is_fault else '+'} [{each.words}] {each.sentence}")


if __name__ == "__main__":
    main()
