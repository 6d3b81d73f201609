"""
How danger is proposed and who answers within which time (domain.md, Triage, «Two states»; M5.2b).

A proposal waits a quarter of an hour for a yes or a no; silence marks the case, and never lowers it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cercana.rules.calendar import Calendar
from cercana.rules.classification import CaseClass, CriticalReason
from cercana.rules.promises import LIMA, to_lima

TIME_TO_ANSWER = timedelta(minutes=15)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why a case may be critical (M5.1), and the words that led to it, "" if a choice in a form did."""

    reasons: tuple[CriticalReason, ...]
    words: str = ""


_BY_MOTIVE = Proposal((CriticalReason.HEALTH_SAFETY,))
# What the manual calls a recurring complaint, as its person tells it (M5.1b).
TOLD_TWICE = Proposal((CriticalReason.RECURRENCE,), "La persona dice que ya avisó dos veces o más.")


def joined(proposals: Iterable[Proposal | None]) -> Proposal | None:
    """Return all that was proposed as one proposal, each reason once; None if nothing was."""
    given = [each for each in proposals if each is not None and each.reasons]
    if not given:
        return None
    reasons = dict.fromkeys(reason for each in given for reason in each.reasons)
    return Proposal(tuple(reasons), "\n".join(each.words.strip() for each in given if each.words.strip()))


def proposed_by_form(class_: str, *, told_twice: bool) -> Proposal | None:
    """
    Return what somebody chose in a form proposes for a person to confirm (domain.md, Triage); None if nothing.

    A motive whose ``class_`` is critical is danger; who told us twice before tells of the third time.
    """
    is_critical = class_ == CaseClass.CRITICAL
    return joined((_BY_MOTIVE if is_critical else None, TOLD_TWICE if told_twice else None))


def marked_by_silence_at(proposed_at: datetime) -> datetime:
    """Return the first instant at which nobody's answer has marked a case proposed at ``proposed_at``."""
    return proposed_at + TIME_TO_ANSWER


def waits_for_answer(proposed_at: datetime | None, now: datetime) -> bool:
    """Tell whether a proposal can still be confirmed or rejected at ``now``: 14:59 after it yes, 15:00 no more."""
    return proposed_at is not None and now < marked_by_silence_at(proposed_at)


def listed_since(now: datetime, calendar: Calendar) -> datetime:
    """
    Return from when on rejections are listed at ``now``: the Lima midnight after the last working day before today.

    So a supervisor reads on Monday what was rejected on Saturday and Sunday, too.
    """
    day = to_lima(now).date() - _ONE_DAY
    while not calendar.is_working_day(day):
        day -= _ONE_DAY
    return datetime.combine(day + _ONE_DAY, time.min, tzinfo=LIMA)
