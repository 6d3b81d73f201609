"""A working day played live, with the clock in the hands of the test."""

from datetime import timedelta

import pytest

from cercana.cases.commands import withdraw
from cercana.cases.models import Case
from cercana.demo.cues import Verb
from cercana.demo.errors import DemonstrationMissing, NotADemonstration
from cercana.demo.simulation import Happening, WorkingDay
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, citizen_of, make_municipality

SPEED = 60


def play(day: WorkingDay, most: int = 10_000) -> list[Happening]:
    """Return what happens in ``day``, up to ``most`` things, with the clock put forward from one to the next."""
    seen: list[Happening] = []
    while day.next_at is not None and len(seen) < most:
        seen += day.advance(day.next_at)
    return seen


class TestWorkingDay:
    def test_refuses_to_play_where_there_is_no_demonstration(self, db: None) -> None:
        with pytest.raises(DemonstrationMissing):
            WorkingDay(seed=7, now=NOW, speed=SPEED)

    def test_refuses_to_play_in_a_real_municipality(self, db: None) -> None:
        make_municipality()

        with pytest.raises(NotADemonstration):
            WorkingDay(seed=7, now=NOW, speed=SPEED)

    @pytest.mark.usefixtures("demonstration")
    def test_brings_cases_from_arrival_to_closure_within_its_nine_minutes(self) -> None:
        day = WorkingDay(seed=7, now=NOW, speed=SPEED)

        seen = play(day)

        assert {Verb.REGISTER, Verb.REFER, Verb.TAKE, Verb.ANSWER, Verb.CONFIRM} <= {each.verb for each in seen}
        assert None not in {each.verb for each in seen}
        assert {Stage.ANSWERED, Stage.CLOSED} <= set(Case.objects.values_list("stage", flat=True))
        assert max(each.at for each in seen) <= NOW + timedelta(minutes=9)

    @pytest.mark.usefixtures("demonstration")
    def test_leaves_a_case_to_whoever_acts_on_it_meanwhile(self) -> None:
        day = WorkingDay(seed=7, now=NOW, speed=SPEED)
        seen = play(day, most=1)
        case = Case.objects.get(number=seen[0].number)
        withdraw(number=case.number, words="", actor=citizen_of(case), now=seen[0].at)

        later = [each for each in play(day, most=80) if each.number == case.number]

        assert [each.verb for each in later] == [None]
