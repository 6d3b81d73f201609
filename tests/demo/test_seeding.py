"""Very many cases to measure with: their chains and projections hold like those of any other."""

import pytest

from cercana.cases.models import Case, CaseText
from cercana.cases.queries import unfinished, verify_cases
from cercana.demo.errors import DemonstrationMissing
from cercana.demo.seeding import seed_cases
from cercana.demo.today import play_today
from cercana.rules import case_number
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.factories import NOW

SEED = 7


class TestSeedCases:
    def test_refuses_to_begin_without_the_demonstration(self, db: None) -> None:
        with pytest.raises(DemonstrationMissing):
            next(seed_cases(cases=1, seed=SEED, now=NOW))

    @pytest.mark.usefixtures("demonstration")
    def test_adds_cases_that_verification_finds_in_order(self) -> None:
        play_today(seed=SEED, now=NOW)
        before = Case.objects.count()

        progress = list(seed_cases(cases=200, seed=SEED, now=NOW, most_open=60))

        assert (progress[-1].done, progress[-1].total) == (200, 200)
        assert Case.objects.count() == before + 200
        assert Case.objects.exclude(stage=Stage.CLOSED).count() == 60
        assert [each for checked in verify_cases() for each in checked.found] == []
        assert all(case_number.parse(case.number, "SI") for case in Case.objects.all())
        assert CaseText.objects.count() == Case.objects.count()

    @pytest.mark.usefixtures("demonstration")
    def test_leaves_nothing_for_the_sweep_of_reactions(self) -> None:
        play_today(seed=SEED, now=NOW)
        newest = Case.objects.latest("id").pk

        list(seed_cases(cases=20, seed=SEED, now=NOW))

        left = unfinished("any", EventType, since=NOW.replace(year=2020), until=NOW.replace(year=2030), most=9999)
        assert [each for each in left if each.case_id > newest] == []
