"""
What became of a proposal of triage: agreed, corrected, or still waiting (domain.md, Triage: corrections are measured).

Nothing of it is stored. It follows from what was proposed and how the case stands now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cercana.rules.classification import CaseClass, ClaimType, CriticalState, RequestKind
from cercana.rules.triage.labels import Area
from cercana.rules.triage.proposal import Proposed


class Decision(StrEnum):
    """What triage proposes and a person decides."""

    KIND = "kind"
    CLAIM_TYPE = "claim_type"
    CRITICAL = "critical"
    CLASS = "class"
    AREA = "area"
    ABOUT_STAFF = "about_staff"


class Verdict(StrEnum):
    """How the case stands to what was proposed."""

    AGREED = "agreed"
    CORRECTED = "corrected"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Decided:
    """How a case stands: what people made of it. ``area`` is the area of triage that the resolving area is."""

    kind: RequestKind
    claim_type: ClaimType | None
    class_: CaseClass
    critical: CriticalState
    area: Area
    about_staff: bool


def verdicts(proposed: Proposed, decided: Decided) -> Mapping[Decision, Verdict]:
    """
    Return the verdict on each decision that can be compared.

    A type is compared between claims, and simple with complex only where neither says critical.
    """
    found = {
        Decision.KIND: _verdict(is_same=proposed.kind is decided.kind),
        Decision.CRITICAL: _on_danger(proposed, decided.critical),
        Decision.AREA: _verdict(is_same=proposed.area is decided.area),
        Decision.ABOUT_STAFF: _verdict(is_same=proposed.about_staff is decided.about_staff),
    }
    if proposed.claim_type is not None and decided.claim_type is not None:
        found[Decision.CLAIM_TYPE] = _verdict(is_same=proposed.claim_type is decided.claim_type)
    if CaseClass.CRITICAL not in (proposed.class_, decided.class_):
        found[Decision.CLASS] = _verdict(is_same=proposed.class_ is decided.class_)
    return found


def _on_danger(proposed: Proposed, critical: CriticalState) -> Verdict:
    """Return the verdict on danger; a case that only a form or the history proposed waits, too."""
    if critical is CriticalState.PROPOSED:
        return Verdict.WAITING
    return _verdict(is_same=bool(proposed.reasons) is (critical is CriticalState.MARKED))


def _verdict(*, is_same: bool) -> Verdict:
    return Verdict.AGREED if is_same else Verdict.CORRECTED
