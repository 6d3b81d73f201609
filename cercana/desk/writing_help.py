"""The help beside what somebody writes to a citizen: what the assistant found, field by field, ready to be taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cercana.rules.classification import RequestKind
from cercana.rules.writing.findings import Finding, apply, apply_all
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.parts import BETWEEN, reviewed
from cercana.rules.writing.review import Review, Situation

# What each verb writes to the citizen, in the order in which it is read.
WRITTEN: Mapping[str, tuple[str, ...]] = {
    "responder": ("done", "next_step", "by_when"),
    "avisar-envio": ("done", "next_step", "by_when"),
    "mensaje": ("text",),
    "disculpa": ("text",),
}
GOAL = 65
# With one key each: Alt and a figure.
_KEYS = 9
# What can be missing, rather than words that could be better: what is said when it is there, and when it is not.
_COURTESIES: Mapping[Fault, tuple[str, str]] = {
    Fault.NO_GREETING: ("Saluda a la persona", "Falta saludar"),
    Fault.NO_EMPATHY: ("Reconoce lo que vive la persona", "Falta reconocer lo que vive la persona"),
    Fault.NO_APOLOGY: ("Pide disculpas", "Falta pedir disculpas"),
    Fault.NO_NEXT_STEP: ("Dice qué sigue y cuándo", "Falta decir qué sigue y cuándo"),
    Fault.NO_ANSWER: ("Responde lo que se preguntó", "Falta responder lo que se preguntó"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A finding in one field of the form; ``taken`` is what stands between ``start`` and ``end`` once it is taken.

    The places count UTF-16 units, as a browser does. ``number`` is its key, 0 if it has none.
    """

    finding: Finding
    field: str
    start: int
    end: int
    taken: str
    number: int

    @property
    def is_missing(self) -> bool:
        """Whether something is missing, rather than there."""
        return self.finding.fault in _COURTESIES


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Something the manual asks of every message: done, or missing with what could be added."""

    text: str
    rule: str
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class WritingHelp:
    """What stands at the side of ``texts``: how easily they are read, what could change, and how they would be then."""

    texts: Mapping[str, str]
    review: Review
    courtesies: tuple[Courtesy, ...]
    swaps: tuple[Proposal, ...]
    takeable: tuple[Proposal, ...]
    all_taken: Mapping[str, str]
    later: Review

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return not any(text.strip() for text in self.texts.values())

    @property
    def count(self) -> int:
        """How many things could be better."""
        return len(self.swaps) + sum(each.proposal is not None for each in self.courtesies)

    def words_in(self, field: str) -> list[str]:
        """Return the words of ``field`` that something was said about, each once."""
        return list(dict.fromkeys(each.finding.words for each in self.swaps if each.field == field and _short(each)))


def _short(proposal: Proposal) -> bool:
    return proposal.finding.fault is not Fault.LONG_SENTENCE and bool(proposal.finding.words)


def help_for(verb: str, texts: Mapping[str, str], situation: Situation) -> WritingHelp:
    """Return the help for ``texts``, the fields of ``verb`` by their name; advice never blocks."""
    told = reviewed(texts, situation)
    findings = list(_in_fields(texts, told.findings))
    proposals = tuple(_numbered(texts, findings))
    takeable = tuple(each for each in proposals if each.finding.proposal)
    taken = {
        name: apply_all(text, [finding for field, finding in findings if field == name]) for name, text in texts.items()
    }
    return WritingHelp(
        texts=texts,
        review=told,
        courtesies=tuple(_courtesies(proposals, situation)) if any(texts.values()) else (),
        swaps=tuple(each for each in proposals if not each.is_missing),
        takeable=takeable,
        all_taken=taken,
        later=reviewed(taken, situation) if takeable else told,
    )


def _in_fields(texts: Mapping[str, str], findings: Sequence[Finding]) -> Iterator[tuple[str, Finding]]:
    """Yield each finding with the field in which it stands, its places counted within that field."""
    spans: list[tuple[str, int, int]] = []
    at = 0
    for name, text in texts.items():
        if text:
            spans.append((name, at, at + len(text)))
            at += len(text) + len(BETWEEN)
    for each in findings:
        if each.fault is Fault.NO_NEXT_STEP and "next_step" in texts:
            end = len(texts["next_step"])
            yield "next_step", replace(each, start=end, end=end)
            continue
        name, start, end = next(span for span in spans if each.start <= span[2])
        yield name, replace(each, start=each.start - start, end=min(each.end, end) - start)


def _numbered(texts: Mapping[str, str], findings: list[tuple[str, Finding]]) -> Iterator[Proposal]:
    number = 0
    for name, finding in findings:
        number += bool(finding.proposal)
        text = texts[name]
        changed = apply(text, finding)
        taken = changed[finding.start : len(changed) - (len(text) - finding.end)] if finding.proposal else ""
        yield Proposal(
            finding=finding,
            field=name,
            start=_units(text[: finding.start]),
            end=_units(text[: finding.end]),
            taken=taken,
            number=number if finding.proposal and number <= _KEYS else 0,
        )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _courtesies(proposals: tuple[Proposal, ...], situation: Situation) -> Iterator[Courtesy]:
    missing = {each.finding.fault: each for each in proposals if each.is_missing}
    is_vague = any(each.finding.fault is Fault.VAGUE_PROMISE for each in proposals)
    for fault, (done, lacking) in _COURTESIES.items():
        if fault in missing:
            yield Courtesy(lacking, missing[fault].finding.rule, missing[fault])
        elif _is_due(fault, situation) and not (is_vague and fault is Fault.NO_NEXT_STEP):
            yield Courtesy(done, "", None)


def _is_due(fault: Fault, situation: Situation) -> bool:
    """Tell whether the manual asks for it in this situation, so that it is worth a tick when it is there."""
    if fault is Fault.NO_EMPATHY:
        return situation.kind is not RequestKind.INQUIRY
    if fault is Fault.NO_APOLOGY:
        return situation.is_late or situation.is_our_fault is True
    return fault is not Fault.NO_ANSWER or "?" in situation.question
