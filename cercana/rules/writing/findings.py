"""What the assistant says of a draft: findings, advice, and how a proposal is taken."""

from collections.abc import Iterable
from dataclasses import dataclass

from cercana.rules.writing.labels import MANUAL_LINES, REASONS, Fault

_ENDS = " \n\t"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A fault at its place: ``start`` and ``end`` count characters of the draft, equal where something is missing.

    ``proposal`` is what would stand there instead; it is empty where only a person can say it. ``rule`` is the line of
    the manual.
    """

    fault: Fault
    start: int
    end: int
    words: str
    proposal: str
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A hint that is no fault: a sentence of more than 25 words, which 40 would make a fault."""

    start: int
    end: int
    words: str
    why: str


def finding_at(fault: Fault, text: str, span: tuple[int, int], proposal: str = "") -> Finding:
    """Return a finding of ``fault`` over ``span`` of ``text``, with its reason and its line of the manual."""
    start, end = span
    return Finding(fault, start, end, text[start:end], proposal, REASONS[fault], MANUAL_LINES[fault])


def apply(text: str, finding: Finding) -> str:
    """Return ``text`` with the proposal of ``finding`` taken; unchanged if there is none."""
    if not finding.proposal:
        return text
    before, after = text[: finding.start], text[finding.end :]
    if finding.start != finding.end:
        return before + _like(finding.words, finding.proposal) + after
    gap = "\n" if "\n" in text else " "
    left = "" if not before or before[-1] in _ENDS else gap
    right = "" if not after or after[0] in _ENDS else gap
    return before + left + finding.proposal + right + after


def apply_all(text: str, findings: Iterable[Finding]) -> str:
    """Return ``text`` with every proposal taken, from the end to the beginning; of two that overlap, the later one."""
    upper = len(text) + 1
    # Two that are missing at one place stand there in the order in which they were found.
    numbered = sorted(enumerate(findings), key=lambda one: (one[1].start, one[1].end, one[0]), reverse=True)
    for _, each in numbered:
        if each.end <= upper and each.proposal:
            text = apply(text, each)
            upper = each.start
    return text


def _like(words: str, proposal: str) -> str:
    """Return ``proposal`` with a capital where ``words`` began with one."""
    return proposal[:1].upper() + proposal[1:] if words[:1].isupper() else proposal
