"""How often triage is right about people it never learnt from; ``docs/referencia/triaje.md`` has all figures."""

from collections.abc import Sequence

import pytest

from cercana.rules.triage.duplicates import SAME_FROM, same_matter_score
from tools.triage.corpus import read_messages, read_pairs
from tools.triage.figures import macro_f1, share
from tools.triage.report import Judged, claims_of, judge, pairs_of

CRITICAL_RECALL, CRITICAL_PRECISION = 0.97, 0.80
# Pairs were made to mislead: the same matter in other words, another one in the same.
SAME_PRECISION, SAME_RECALL = 0.67, 0.74


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return judge([message for message in read_messages() if message.is_test])


class TestTriageOfUnknownWriters:
    def test_misses_few_critical_messages(self, judged: Sequence[Judged]) -> None:
        found = share((each.message.labels.critical, each.said.critical) for each in judged)
        assert found.recall >= CRITICAL_RECALL
        assert found.precision >= CRITICAL_PRECISION

    def test_tells_inquiries_from_claims(self, judged: Sequence[Judged]) -> None:
        assert macro_f1(pairs_of(judged, "kind")) >= 0.90

    def test_knows_the_type_of_a_claim(self, judged: Sequence[Judged]) -> None:
        assert macro_f1(claims_of(judged)) >= 0.80

    def test_knows_the_area(self, judged: Sequence[Judged]) -> None:
        assert macro_f1(pairs_of(judged, "area")) >= 0.80


class TestSameMatterOfUnknownPairs:
    def test_is_right_more_often_than_not(self) -> None:
        pairs = [pair for pair in read_pairs() if pair.is_test]
        found = share((pair.same_matter, same_matter_score(pair.a, pair.b) >= SAME_FROM) for pair in pairs)
        assert found.precision >= SAME_PRECISION
        assert found.recall >= SAME_RECALL
