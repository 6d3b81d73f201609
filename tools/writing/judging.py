"""How well the assistant agrees with what the writers of the corpus marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Review, review
from tools.triage.figures import Share, share
from tools.writing.corpus import Labelled

# What is written in the text itself; the other two ask what is known of the case.
IN_THE_TEXT = tuple(each for each in Fault if each not in {Fault.ASKS_AGAIN, Fault.NO_ANSWER})


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with what the assistant says of it."""

    draft: Labelled
    found: Review


def judge(drafts: Iterable[Labelled]) -> list[Judged]:
    """Return what the assistant says of each draft."""
    return [Judged(each, review(each.text, each.situation)) for each in drafts]


def judge_texts(drafts: Iterable[Labelled]) -> list[Judged]:
    """Return what the assistant says of each draft when nothing is known of the case."""
    return [Judged(each, review(each.text)) for each in drafts]


def share_of(judged: Sequence[Judged], fault: Fault) -> Share:
    """Return precision and recall of a label over drafts."""
    return share((fault in each.draft.faults, fault in each.found.problems) for each in judged)


def macro_f1(judged: Sequence[Judged], faults: Sequence[Fault]) -> float:
    """Return the mean F1 of ``faults``."""
    return sum(share_of(judged, fault).f1 for fault in faults) / len(faults)


def micro_f1(judged: Sequence[Judged], faults: Sequence[Fault]) -> float:
    """Return F1 over all pairs of a draft and one of ``faults``."""
    pairs = ((fault in each.draft.faults, fault in each.found.problems) for each in judged for fault in faults)
    return share(pairs).f1


def false_per_good(judged: Sequence[Judged], faults: Sequence[Fault] = tuple(Fault)) -> float:
    """Return how many findings the assistant has, on average, in a draft where nothing is marked."""
    good = [each for each in judged if each.draft.is_good]
    return sum(one.fault in faults for each in good for one in each.found.findings) / (len(good) or 1)
