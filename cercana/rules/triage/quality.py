"""How well triage proposes: how often people left it as proposed, by decision, signal, area and week."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cercana.rules.classification import CriticalReason
from cercana.rules.triage.agreement import Decided, Decision, Verdict, verdicts
from cercana.rules.triage.labels import Area
from cercana.rules.triage.proposal import Proposed

# Of fewer cases a share says more about chance than about triage.
FEWEST_FOR_A_SHARE = 30


@dataclass(slots=True)
class Tally:
    """How many proposals stand as proposed, were corrected, and wait for a person."""

    agreed: int = 0
    corrected: int = 0
    waiting: int = 0

    @property
    def decided(self) -> int:
        """How many people have decided."""
        return self.agreed + self.corrected

    @property
    def share(self) -> float | None:
        """The part that stands as proposed, 0 to 1; None for a group too small to say."""
        return self.agreed / self.decided if self.decided >= FEWEST_FOR_A_SHARE else None

    def count(self, verdict: Verdict) -> None:
        """Count one more."""
        self.agreed += verdict is Verdict.AGREED
        self.corrected += verdict is Verdict.CORRECTED
        self.waiting += verdict is Verdict.WAITING


@dataclass(frozen=True, slots=True)
class Judged:
    """One case: what triage proposed on which day of Lima, and how it stands."""

    number: str
    day: date
    proposed: Proposed
    decided: Decided

    @property
    def verdicts(self) -> Mapping[Decision, Verdict]:
        """The verdict on each decision."""
        return verdicts(self.proposed, self.decided)

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return self.day - timedelta(days=self.day.weekday())


@dataclass(frozen=True, slots=True)
class Quality:
    """
    The figures of many cases.

    ``missed`` counts cases in danger that triage did not see. ``by_week`` has the weeks oldest first.
    """

    total: int = 0
    missed: int = 0
    by_decision: Mapping[Decision, Tally] = field(default_factory=dict)
    by_signal: Mapping[CriticalReason, Tally] = field(default_factory=dict)
    by_area: Mapping[Area, Tally] = field(default_factory=dict)
    by_week: Mapping[date, Mapping[Decision, Tally]] = field(default_factory=dict)


def quality_of(cases: Sequence[Judged]) -> Quality:
    """Return the figures of ``cases``."""
    by_decision: dict[Decision, Tally] = {each: Tally() for each in Decision}
    by_signal: dict[CriticalReason, Tally] = {each: Tally() for each in CriticalReason}
    by_area: dict[Area, Tally] = {}
    by_week: dict[date, dict[Decision, Tally]] = defaultdict(lambda: {each: Tally() for each in Decision})
    missed = 0
    for case in cases:
        found = case.verdicts
        for decision, verdict in found.items():
            by_decision[decision].count(verdict)
            by_week[case.week][decision].count(verdict)
        for reason in case.proposed.reasons:
            by_signal[reason].count(found[Decision.CRITICAL])
        by_area.setdefault(case.proposed.area, Tally()).count(found[Decision.AREA])
        missed += not case.proposed.reasons and found[Decision.CRITICAL] is Verdict.CORRECTED
    return Quality(
        total=len(cases),
        missed=missed,
        by_decision=by_decision,
        by_signal=by_signal,
        by_area=dict(sorted(by_area.items(), key=lambda pair: -pair[1].decided)),
        by_week=dict(sorted(by_week.items())),
    )


def corrected(cases: Iterable[Judged], decision: Decision | None = None) -> list[tuple[Judged, Decision]]:
    """Return what people corrected, newest first: of ``decision``, or of all."""
    found = [
        (case, each)
        for case in cases
        for each, verdict in case.verdicts.items()
        if verdict is Verdict.CORRECTED and decision in (None, each)
    ]
    return sorted(found, key=lambda pair: pair[0].day, reverse=True)
