"""When silence marks a case, what a proposal says, and from when on rejections are listed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.classification import CriticalReason
from cercana.rules.critical_states import (
    TIME_TO_ANSWER,
    Proposal,
    joined,
    listed_since,
    marked_by_silence_at,
    waits_for_answer,
)
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import to_lima

PERU = peru_calendar()
SAFETY, AGAIN = CriticalReason.HEALTH_SAFETY, CriticalReason.RECURRENCE
FIRST, LAST = datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-01")
instants = st.datetimes(FIRST, LAST).map(to_lima)
proposals = st.builds(Proposal, st.lists(st.sampled_from(CriticalReason), max_size=3).map(tuple), st.text(max_size=9))


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


class TestSilence:
    @pytest.mark.parametrize(
        ("now", "waits"),
        [
            ("2026-11-23T10:00:00", True),
            ("2026-11-23T10:14:59", True),
            ("2026-11-23T10:14:59.999999", True),
            ("2026-11-23T10:15:00", False),
            ("2026-11-23T18:00:00", False),
        ],
    )
    def test_marks_from_fifteen_minutes_on_to_the_second(self, now: str, waits: bool) -> None:
        assert waits_for_answer(lima("2026-11-23T10:00"), lima(now)) is waits

    def test_marks_nothing_that_was_not_proposed(self) -> None:
        assert not waits_for_answer(None, lima("2026-11-23T10:00"))

    @given(proposed_at=instants, after=st.timedeltas(timedelta(), timedelta(days=2)))
    def test_either_waits_or_has_marked(self, proposed_at: datetime, after: timedelta) -> None:
        now = proposed_at + after
        assert waits_for_answer(proposed_at, now) is (now < marked_by_silence_at(proposed_at))
        assert marked_by_silence_at(proposed_at) - proposed_at == TIME_TO_ANSWER


class TestJoined:
    @pytest.mark.parametrize(
        ("given_", "expected"),
        [
            ((), None),
            ((None, None), None),
            ((Proposal(()),), None),
            ((Proposal((SAFETY,), " gas "), None), Proposal((SAFETY,), "gas")),
            (
                (Proposal((SAFETY,), "gas"), Proposal((AGAIN, SAFETY), "tercera vez")),
                Proposal((SAFETY, AGAIN), "gas\ntercera vez"),
            ),
        ],
    )
    def test_is_all_that_was_proposed(self, given_: tuple[Proposal | None, ...], expected: Proposal | None) -> None:
        assert joined(given_) == expected

    @given(st.lists(st.none() | proposals, max_size=4))
    def test_loses_no_reason_and_says_each_once(self, given_: list[Proposal | None]) -> None:
        result = joined(given_)
        reasons = {reason for each in given_ if each for reason in each.reasons}
        assert set(result.reasons if result else ()) == reasons
        assert result is None or len(result.reasons) == len(reasons)


class TestListedSince:
    @pytest.mark.parametrize(
        ("now", "since"),
        [
            ("2026-11-24T09:00", "2026-11-24T00:00"),
            ("2026-11-23T09:00", "2026-11-21T00:00"),
            ("2026-11-22T23:00", "2026-11-21T00:00"),
            ("2026-12-10T08:00", "2026-12-08T00:00"),
        ],
        ids=["Tuesday", "Monday, with the weekend", "Sunday", "after two holidays"],
    )
    def test_is_the_midnight_after_the_last_working_day(self, now: str, since: str) -> None:
        assert listed_since(lima(now), PERU) == lima(since)

    @given(instants)
    def test_reaches_back_over_days_off_alone(self, now: datetime) -> None:
        since = listed_since(now, PERU)
        days = [since.date() + timedelta(days=each) for each in range((now.date() - since.date()).days)]
        assert since <= now
        assert PERU.is_working_day(since.date() - timedelta(days=1))
        assert not any(PERU.is_working_day(day) for day in days)
