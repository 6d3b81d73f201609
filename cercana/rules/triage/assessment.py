"""Triage of one message: what it is, how sure that is, and the words that say so."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from heapq import nlargest
from typing import TypeVar

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.triage.features import features_of, hashed
from cercana.rules.triage.grammar import Finding, Reading, read
from cercana.rules.triage.labels import (
    PLAIN_DANGERS,
    SIGNALS,
    TAKEN_BACK,
    Area,
)
from cercana.rules.triage.weights import Model, shipped_model

_MOST_REASONS = 3
ABOUT_STAFF = "about_staff"
CRITICAL = "critical_any"
_Label = TypeVar("_Label", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Because:
    """Words of the message, from ``start`` to ``end``, that led to ``label``."""

    label: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """
    What triage proposes for a message; a person confirms or corrects it.

    ``confidence`` has a probability, 0 to 1, for each decision: kind, claim_type, area, class, critical, about_staff
    and each critical reason. ``safer_won`` tells that grammar and model disagreed about danger.
    """

    kind: RequestKind
    claim_type: ClaimType | None
    critical_reasons: tuple[CriticalReason, ...]
    class_: CaseClass
    area: Area
    about_staff: bool
    confidence: dict[str, float]
    why: tuple[Because, ...]
    safer_won: bool

    @property
    def critical(self) -> bool:
        """Whether it is to be treated as critical (M5.1)."""
        return bool(self.critical_reasons)


def assess(text: str) -> Assessment:
    """Return the triage of ``text``; every text gets one, the empty one, too."""
    reading = read(text)
    model = shipped_model()
    scores = model.scores(features_of(reading))
    kind_sure = probability(scores[RequestKind.CLAIM])
    kind = RequestKind.CLAIM if kind_sure >= model.thresholds[RequestKind.CLAIM] else RequestKind.INQUIRY
    claim_type, type_sure = _likeliest(ClaimType, scores)
    area, area_sure = _likeliest(Area, scores)
    chances = {reason: probability(scores[reason]) for reason in CriticalReason}
    danger = criticality(chances.values(), probability(scores[CRITICAL]))
    plain = _plain_dangers(reading)
    seen = danger >= model.thresholds[CRITICAL]
    reasons = _reasons(chances, model, seen=seen, plain=bool(plain))
    staff = probability(scores[ABOUT_STAFF])
    about_staff = staff >= model.thresholds[ABOUT_STAFF]
    complex_ = probability(scores[CaseClass.COMPLEX])
    class_ = _class(critical=bool(reasons), is_complex=complex_ >= 0.5 or about_staff)
    labels: list[StrEnum | str] = [kind, area, *reasons]
    labels += [claim_type] if kind is RequestKind.CLAIM else []
    labels += [ABOUT_STAFF] if about_staff else []
    return Assessment(
        kind=kind,
        claim_type=claim_type if kind is RequestKind.CLAIM else None,
        critical_reasons=reasons,
        class_=class_,
        area=area,
        about_staff=about_staff,
        confidence={
            "kind": max(kind_sure, 1 - kind_sure),
            "claim_type": type_sure,
            "area": area_sure,
            "class": max(complex_, 1 - complex_) if not reasons else max(danger, model.thresholds[CRITICAL]),
            "critical": danger,
            ABOUT_STAFF: staff,
            **{reason.value: chance for reason, chance in chances.items()},
        },
        why=tuple(because for label in labels for because in _because(reading, label, plain)),
        safer_won=bool(plain) and not seen,
    )


def probability(score: float) -> float:
    """Return the probability for a log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def criticality(reasons: Iterable[float], any_reason: float) -> float:
    """Return how likely a message is critical: the mean of its likeliest reason and of the model for all of them."""
    return (max(reasons) + any_reason) / 2


def _likeliest(labels: type[_Label], scores: dict[str, float]) -> tuple[_Label, float]:
    """Return the label of highest score and its share (softmax)."""
    best = max(labels, key=lambda label: scores[label])
    return best, 1 / sum(math.exp(min(30.0, scores[label] - scores[best])) for label in labels)


def _plain_dangers(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings no model may overrule: plain, not denied, and nothing in the message takes them back."""
    signals = reading.signals()
    if signals & TAKEN_BACK:
        return ()
    return tuple(each for each in reading.findings if each.signal in PLAIN_DANGERS and not each.denied)


def _reasons(
    chances: dict[CriticalReason, float], model: Model, *, seen: bool, plain: bool
) -> tuple[CriticalReason, ...]:
    certain = {CriticalReason.HEALTH_SAFETY} if plain else set()
    if seen:
        certain.add(max(chances, key=lambda reason: chances[reason]))
        certain |= {reason for reason, chance in chances.items() if chance >= model.thresholds[reason]}
    return tuple(reason for reason in CriticalReason if reason in certain)


def _class(*, critical: bool, is_complex: bool) -> CaseClass:
    if critical:
        return CaseClass.CRITICAL
    return CaseClass.COMPLEX if is_complex else CaseClass.SIMPLE


def _because(reading: Reading, label: StrEnum | str, plain: Collection[Finding]) -> list[Because]:
    """Return the words behind ``label``: the cues found, or else the words that weigh most in the model."""
    signals = SIGNALS.get(label) if isinstance(label, CriticalReason) else None
    if signals:
        found = [each for each in reading.findings if each.signal in signals and not each.denied]
        first = sorted(found, key=lambda each: (each not in plain, each.last - each.first))[:_MOST_REASONS]
        if first:
            return [_quote(reading, str(label), *reading.span(each)) for each in first]
    return _heaviest(reading, str(label))


def _heaviest(reading: Reading, label: str) -> list[Because]:
    model = shipped_model()
    lane, sign = (label, 1) if label in model.lanes else (RequestKind.CLAIM.value, -1)
    first = {word.sound: word for word in reversed(reading.words)}
    weights = {sound: sign * model.weight(_feature_of(sound), lane) for sound in first}
    best = nlargest(_MOST_REASONS, (sound for sound in weights if weights[sound] > 0), key=weights.__getitem__)
    return [_quote(reading, label, first[sound].start, first[sound].end) for sound in best]


@lru_cache(maxsize=50_000)
def _feature_of(sound: str) -> int:
    return hashed(f"w {sound}")


def _quote(reading: Reading, label: str, start: int, end: int) -> Because:
    return Because(label, reading.text[start:end], start, end)
