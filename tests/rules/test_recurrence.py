"""When a complaint that comes again is proposed as critical (M5.1b)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.classification import CriticalReason
from cercana.rules.critical_states import Proposal
from cercana.rules.recurrence import EarlierCase, with_recurrence

ATTENDED = EarlierCase()
LATE, UNANSWERED, REOPENED = (
    EarlierCase(is_late=True),
    EarlierCase(is_unanswered=True),
    EarlierCase(is_reopened=True),
)
SAYS_SO = Proposal((CriticalReason.RECURRENCE,), "ya van tres veces")
GAS = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas")
earlier_ones = st.lists(st.builds(EarlierCase, st.booleans(), st.booleans(), st.booleans()), max_size=5)


class TestHistory:
    @pytest.mark.parametrize(
        ("earlier", "proposes"),
        [
            ([], False),
            ([LATE], False),
            ([ATTENDED, ATTENDED], False),
            ([ATTENDED, LATE], True),
            ([UNANSWERED, ATTENDED], True),
            ([REOPENED, ATTENDED], True),
            ([ATTENDED, ATTENDED, ATTENDED, LATE], True),
        ],
    )
    def test_proposes_two_earlier_cases_with_one_unattended(self, earlier: list[EarlierCase], proposes: bool) -> None:
        proposal = with_recurrence(None, earlier)

        assert (proposal is not None) is proposes
        if proposal is not None:
            assert proposal.reasons == (CriticalReason.RECURRENCE,)

    def test_says_what_it_counted(self) -> None:
        proposal = with_recurrence(None, [LATE, UNANSWERED])

        assert proposal is not None
        assert proposal.words == (
            "Es la vez número 3 en 60 días. De las anteriores: 1 fuera de plazo, 1 sin respuesta."
        )

    @given(earlier_ones)
    def test_proposes_by_the_rule_and_by_nothing_else(self, earlier: list[EarlierCase]) -> None:
        expected = len(earlier) >= 2 and any(each.is_late or each.is_unanswered or each.is_reopened for each in earlier)
        assert (with_recurrence(None, earlier) is not None) is expected

    @given(earlier_ones)
    def test_never_loses_another_danger(self, earlier: list[EarlierCase]) -> None:
        proposal = with_recurrence(GAS, earlier)
        assert proposal is not None
        assert CriticalReason.HEALTH_SAFETY in proposal.reasons
        assert GAS.words in proposal.words


class TestWhatTheCitizenSays:
    @pytest.mark.parametrize("earlier", [[], [ATTENDED], [LATE], [ATTENDED, LATE]])
    def test_is_believed_unless_history_denies_it(self, earlier: list[EarlierCase]) -> None:
        proposal = with_recurrence(SAYS_SO, earlier)

        assert proposal is not None
        assert CriticalReason.RECURRENCE in proposal.reasons

    def test_is_denied_by_cases_that_were_all_attended(self) -> None:
        assert with_recurrence(SAYS_SO, [ATTENDED, ATTENDED]) is None

    def test_denied_leaves_the_other_reasons(self) -> None:
        both = Proposal((CriticalReason.VULNERABILITY, CriticalReason.RECURRENCE), "vive sola")

        assert with_recurrence(both, [ATTENDED, ATTENDED]) == Proposal((CriticalReason.VULNERABILITY,), "vive sola")
