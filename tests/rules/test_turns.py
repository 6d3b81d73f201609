"""The order of the calls, the waits that are told, and when a wait is too long."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.calendar import Calendar
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import to_lima
from cercana.rules.turn_figures import TurnRecord, by_hour, figures_of
from cercana.rules.turns import (
    MOST_CALLS,
    Interval,
    Topic,
    TurnState,
    Waiting,
    ahead_of,
    average_wait,
    expected_wait,
    in_order,
    is_beyond,
    is_open,
    letter_of,
    may_be_absent,
    next_turn,
    ticket_of,
)

MORNING = to_lima(datetime.fromisoformat("2026-11-23T09:00"))
MINUTE = timedelta(minutes=1)


def waiting() -> st.SearchStrategy[list[Waiting]]:
    """Return people who wait, each with a number of their own."""
    one = st.tuples(st.integers(0, 240), st.booleans(), st.sampled_from([None, 1, 2, 3]))
    return st.lists(one, max_size=12).map(
        lambda rows: [
            Waiting(id_, MORNING + minutes * MINUTE, is_preferential, window)
            for id_, (minutes, is_preferential, window) in enumerate(rows)
        ]
    )


class TestTheOrder:
    @given(waiting())
    def test_lets_nobody_wait_behind_who_is_not_preferential_if_they_are(self, people: list[Waiting]) -> None:
        ordered = in_order(people)

        assert sorted(ordered, key=lambda each: not each.is_preferential) == ordered
        for group in (True, False):
            arrivals = [each.arrived_at for each in ordered if each.is_preferential is group]
            assert arrivals == sorted(arrivals)

    @given(waiting(), st.sets(st.integers(1, 3)))
    def test_forgets_nobody_who_may_be_called(self, people: list[Waiting], attended: set[int]) -> None:
        left, called = list(people), []
        while (found := next_turn(left, 1, attended)) is not None:
            called.append(found)
            left.remove(found)

        assert all(each.window in attended - {1} for each in left)
        assert called == in_order(called)

    @given(waiting().filter(bool))
    def test_tells_everybody_how_many_come_before(self, people: list[Waiting]) -> None:
        assert sorted(ahead_of(each, people) for each in people) == list(range(len(people)))

    def test_leaves_who_was_passed_on_to_their_window_while_somebody_attends_there(self) -> None:
        passed = Waiting(1, MORNING, is_preferential=True, window=2)

        assert next_turn([passed], 1, {1, 2}) is None
        assert next_turn([passed], 2, {1, 2}) == passed
        assert next_turn([passed], 1, {1}) == passed


class TestATicket:
    def test_names_the_topic_or_preferential_attention(self) -> None:
        assert [letter_of(topic, is_preferential=False) for topic in Topic] == ["R", "C", "S"]
        assert {letter_of(topic, is_preferential=True) for topic in Topic} == {"P"}
        assert (ticket_of("R", 31), ticket_of("C", 1204)) == ("R 031", "C 1204")

    def test_is_absent_only_after_the_calls_that_are_promised(self) -> None:
        assert [may_be_absent(calls) for calls in range(MOST_CALLS + 2)] == [False, False, False, True, True]


class TestTheExpectedWait:
    def test_says_nothing_without_anybody_who_attends_or_enough_turns_before(self) -> None:
        assert expected_wait(3, [4 * MINUTE] * 10, 0) is None
        assert expected_wait(3, [4 * MINUTE] * 4, 2) is None

    def test_is_told_in_steps_that_promise_no_false_precision(self) -> None:
        assert expected_wait(0, [4 * MINUTE] * 10, 2) == Interval(0, 4)
        assert expected_wait(9, [6 * MINUTE] * 10, 2) == Interval(25, 35)

    @given(st.integers(0, 40), st.lists(st.integers(30, 1800), min_size=5, max_size=20), st.integers(1, 8))
    def test_never_ends_before_it_begins_and_grows_with_who_comes_before(
        self, ahead: int, seconds: list[int], windows: int
    ) -> None:
        attentions = [timedelta(seconds=each) for each in seconds]
        now, later = expected_wait(ahead, attentions, windows), expected_wait(ahead + 1, attentions, windows)

        assert now is not None
        assert later is not None
        assert 0 <= now.least <= now.most
        assert later.most >= now.most

    @given(st.floats(0, 1), st.floats(0, 1))
    def test_is_longer_the_more_are_called_before(self, few: float, many: float) -> None:
        attentions = [timedelta(minutes=minutes) for minutes in (3, 4, 5, 6, 7)]
        few, many = sorted((few, many))
        one, other = (expected_wait(5, attentions, 2, overtaken=each) for each in (few, many))

        assert one is not None
        assert other is not None
        assert one.most <= other.most

    @pytest.mark.parametrize("windows", [1, 3, 6])
    def test_holds_for_four_of_five_people_in_a_hall_that_is_played_through(self, windows: int) -> None:
        told, kept = _play(windows, random.Random(windows))  # noqa: S311

        assert told > 300
        assert kept / told >= 0.8


def _play(windows: int, dice: random.Random) -> tuple[int, int]:
    """Return how many were told a wait in many mornings with a full hall, and for how many it held."""
    told = kept = 0
    for _ in range(60):
        attentions = [timedelta(minutes=dice.lognormvariate(1.5, 0.6)) for _ in range(20)]
        ahead = dice.randrange(12)
        expected = expected_wait(ahead, attentions, windows)
        assert expected is not None
        # The hall has been full for a while: every window is somewhere in the middle of an attention.
        for _ in range(10):
            wait = _wait(ahead, windows, dice)
            told += 1
            kept += expected.least <= wait <= expected.most
    return told, kept


def _wait(ahead: int, windows: int, dice: random.Random) -> float:
    free = sorted(dice.lognormvariate(1.5, 0.6) * dice.random() for _ in range(windows))
    for _ in range(ahead):
        free[0] += dice.lognormvariate(1.5, 0.6)
        free.sort()
    return free[0]


class TestALongWait:
    def test_begins_once_the_bound_has_passed(self) -> None:
        bound = 20 * MINUTE
        assert not is_beyond(MORNING, bound, MORNING + bound)
        assert is_beyond(MORNING, bound, MORNING + bound + timedelta(seconds=1))

    def test_has_a_mean_only_if_somebody_was_called(self) -> None:
        assert average_wait([]) is None
        assert average_wait([3 * MINUTE, 4 * MINUTE]) == 4


class TestTheHours:
    hours = OfficeHours({0: (Slot(MORNING.time(), MORNING.replace(hour=13).time()),)})
    peru: Calendar = peru_calendar()

    def test_open_the_room_within_a_slot_of_a_working_day(self) -> None:
        assert is_open(MORNING, self.hours, self.peru)
        assert not is_open(MORNING.replace(hour=14), self.hours, self.peru)
        assert not is_open(MORNING + timedelta(days=1), self.hours, self.peru)

    def test_do_not_open_it_on_a_holiday(self) -> None:
        # The Immaculate Conception, in a year in which it is a Monday.
        assert not is_open(to_lima(datetime.fromisoformat("2025-12-08T10:00")), self.hours, self.peru)


class TestTheFigures:
    def test_tell_waits_by_arrival_apart_from_preferential_ones(self) -> None:
        def record(
            hour: int, minutes: int, state: TurnState = TurnState.ATTENDED, *, first: bool = False
        ) -> TurnRecord:
            is_attended = state is TurnState.ATTENDED
            wait = None if state is TurnState.LEFT else minutes * MINUTE
            return TurnRecord(hour, state, first, wait, 5 * MINUTE if is_attended else None, is_attended, minutes > 30)

        records = [
            *(record(9, minutes) for minutes in range(1, 11)),
            record(9, 2, first=True),
            record(11, 45, TurnState.ABSENT),
            record(11, 0, TurnState.LEFT),
        ]

        whole, hours = figures_of(records), by_hour(records)

        assert list(hours) == [9, 11]
        assert (hours[9].wait, hours[9].most_waits, hours[9].preferential_wait) == (6, 9, 2)
        assert (whole.taken, whole.attended, whole.abandoned, whole.late, whole.cases) == (13, 11, 2, 1, 11)
        assert whole.attention == 5
        assert whole.abandoned_share == pytest.approx(2 / 13)

    def test_of_nothing_are_nothing(self) -> None:
        none = figures_of([])
        assert (none.taken, none.wait, none.most_waits, none.attention, none.abandoned_share) == (
            0,
            None,
            None,
            None,
            None,
        )
