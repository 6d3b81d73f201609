"""How well triage proposes, in figures."""

from dataclasses import replace
from datetime import date

from cercana.rules.classification import CriticalReason, CriticalState, RequestKind
from cercana.rules.triage.agreement import Decision
from cercana.rules.triage.labels import Area
from cercana.rules.triage.quality import FEWEST_FOR_A_SHARE, Judged, Tally, corrected, quality_of
from tests.rules.triage.test_agreement import AS_PROPOSED, DANGEROUS, HARMLESS, MARKED

MONDAY = date(2026, 11, 23)
AGREED = Judged("A", MONDAY, HARMLESS, AS_PROPOSED)
REJECTED = Judged("B", date(2026, 11, 29), DANGEROUS, AS_PROPOSED)
CONFIRMED = Judged("C", date(2026, 11, 30), DANGEROUS, MARKED)
WAITING = Judged("D", MONDAY, DANGEROUS, replace(MARKED, critical=CriticalState.PROPOSED))
MISSED = Judged("E", MONDAY, HARMLESS, MARKED)


class TestQualityOf:
    def test_counts_each_decision(self) -> None:
        tally = quality_of([AGREED, REJECTED, CONFIRMED, WAITING]).by_decision[Decision.CRITICAL]

        assert (tally.agreed, tally.corrected, tally.waiting) == (2, 1, 1)

    def test_counts_each_signal_that_was_proposed(self) -> None:
        found = quality_of([AGREED, REJECTED, CONFIRMED]).by_signal

        assert (found[CriticalReason.HEALTH_SAFETY].agreed, found[CriticalReason.HEALTH_SAFETY].corrected) == (1, 1)
        assert found[CriticalReason.RECURRENCE].decided == 0

    def test_counts_the_danger_that_was_missed(self) -> None:
        assert quality_of([AGREED, REJECTED, MISSED]).missed == 1

    def test_counts_areas_by_what_was_proposed(self) -> None:
        elsewhere = replace(AGREED, decided=replace(AS_PROPOSED, area=Area.PARKS))

        tally = quality_of([AGREED, elsewhere]).by_area[Area.WORKS]
        assert (tally.agreed, tally.corrected) == (1, 1)

    def test_begins_weeks_on_monday_oldest_first(self) -> None:
        assert list(quality_of([CONFIRMED, REJECTED]).by_week) == [MONDAY, date(2026, 11, 30)]

    def test_says_no_share_of_a_small_group(self) -> None:
        assert Tally(agreed=FEWEST_FOR_A_SHARE - 1).share is None
        assert Tally(agreed=FEWEST_FOR_A_SHARE // 2, corrected=FEWEST_FOR_A_SHARE // 2).share == 0.5

    def test_is_empty_of_nothing(self) -> None:
        assert quality_of([]).total == 0


class TestCorrected:
    def test_lists_each_correction_newest_first(self) -> None:
        asks = replace(AS_PROPOSED, kind=RequestKind.INQUIRY, claim_type=None)
        both = Judged("F", MONDAY, DANGEROUS, asks)

        assert [(case.number, each) for case, each in corrected([AGREED, both, REJECTED])] == [
            ("B", Decision.CRITICAL),
            ("F", Decision.KIND),
            ("F", Decision.CRITICAL),
        ]

    def test_can_be_of_one_decision(self) -> None:
        assert [case.number for case, _ in corrected([REJECTED, AGREED], Decision.KIND)] == []
