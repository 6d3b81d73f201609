"""What became of a proposal of triage (domain.md, Triage)."""

from dataclasses import replace

import pytest

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, CriticalState, RequestKind
from cercana.rules.triage.agreement import Decided, Decision, Verdict, verdicts
from cercana.rules.triage.labels import Area
from cercana.rules.triage.proposal import Proposed

HARMLESS = Proposed(
    kind=RequestKind.CLAIM,
    claim_type=ClaimType.DELAY,
    class_=CaseClass.SIMPLE,
    area=Area.WORKS,
    reasons=(),
    about_staff=False,
    safer_won=False,
    confidence={},
    spans=(),
    model="1",
)
DANGEROUS = replace(HARMLESS, class_=CaseClass.CRITICAL, reasons=(CriticalReason.HEALTH_SAFETY,))
AS_PROPOSED = Decided(
    kind=RequestKind.CLAIM,
    claim_type=ClaimType.DELAY,
    class_=CaseClass.SIMPLE,
    critical=CriticalState.NONE,
    area=Area.WORKS,
    about_staff=False,
)
MARKED = replace(AS_PROPOSED, class_=CaseClass.CRITICAL, critical=CriticalState.MARKED)


class TestVerdicts:
    def test_agree_with_a_case_that_stands_as_proposed(self) -> None:
        assert set(verdicts(HARMLESS, AS_PROPOSED).values()) == {Verdict.AGREED}

    @pytest.mark.parametrize(
        ("decision", "decided"),
        [
            (Decision.CLAIM_TYPE, replace(AS_PROPOSED, claim_type=ClaimType.ERROR)),
            (Decision.CLASS, replace(AS_PROPOSED, class_=CaseClass.COMPLEX)),
            (Decision.AREA, replace(AS_PROPOSED, area=Area.PARKS)),
            (Decision.ABOUT_STAFF, replace(AS_PROPOSED, about_staff=True)),
            (Decision.KIND, replace(AS_PROPOSED, kind=RequestKind.INQUIRY, claim_type=None)),
        ],
    )
    def test_name_what_a_person_decided_otherwise(self, decision: Decision, decided: Decided) -> None:
        found = verdicts(HARMLESS, decided)

        assert [each for each, verdict in found.items() if verdict is Verdict.CORRECTED] == [decision]

    @pytest.mark.parametrize(
        ("proposed", "decided", "verdict"),
        [
            (DANGEROUS, MARKED, Verdict.AGREED),
            (DANGEROUS, AS_PROPOSED, Verdict.CORRECTED),
            (HARMLESS, MARKED, Verdict.CORRECTED),
            (DANGEROUS, replace(MARKED, critical=CriticalState.PROPOSED), Verdict.WAITING),
        ],
    )
    def test_tell_danger_confirmed_from_rejected_missed_and_waiting(
        self, proposed: Proposed, decided: Decided, verdict: Verdict
    ) -> None:
        assert verdicts(proposed, decided)[Decision.CRITICAL] is verdict

    def test_leave_simple_or_complex_out_where_one_says_critical(self) -> None:
        assert Decision.CLASS not in verdicts(DANGEROUS, AS_PROPOSED)

    def test_leave_the_type_out_where_one_says_inquiry(self) -> None:
        asks = replace(AS_PROPOSED, kind=RequestKind.INQUIRY, claim_type=None)

        assert Decision.CLAIM_TYPE not in verdicts(HARMLESS, asks)
