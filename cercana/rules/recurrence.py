"""When a complaint that comes again may be critical (M5.1b; domain.md, Triage, «Recurrence»)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from cercana.rules.classification import CriticalReason
from cercana.rules.critical_states import Proposal, joined

LOOKED_BACK = timedelta(days=60)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """What became of an earlier case about the same matter, of the same citizen or within 150 metres."""

    is_late: bool = False
    is_unanswered: bool = False
    is_reopened: bool = False

    @property
    def is_unattended(self) -> bool:
        """Whether it was not attended as promised."""
        return self.is_late or self.is_unanswered or self.is_reopened


def with_recurrence(said: Proposal | None, earlier: Sequence[EarlierCase]) -> Proposal | None:
    """
    Return what a form or triage ``said`` of danger, together with what the ``earlier`` cases of 60 days say.

    Two of them, one at least unattended, propose the case; two or more that were all attended deny that it recurs.
    """
    if len(earlier) < _FEWEST:
        return said
    if not any(each.is_unattended for each in earlier):
        return _without_recurrence(said)
    return joined((said, Proposal((CriticalReason.RECURRENCE,), _words(earlier))))


def _without_recurrence(said: Proposal | None) -> Proposal | None:
    if said is None:
        return None
    reasons = tuple(reason for reason in said.reasons if reason is not CriticalReason.RECURRENCE)
    return replace(said, reasons=reasons) if reasons else None


def _words(earlier: Sequence[EarlierCase]) -> str:
    counted = (
        (sum(each.is_late for each in earlier), "fuera de plazo"),
        (sum(each.is_unanswered for each in earlier), "sin respuesta"),
        (sum(each.is_reopened for each in earlier), "con reapertura"),
    )
    found = ", ".join(f"{amount} {what}" for amount, what in counted if amount)
    return f"Es la vez número {len(earlier) + 1} en {LOOKED_BACK.days} días. De las anteriores: {found}."
