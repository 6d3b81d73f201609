import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.voice_attempts import are_enough
from tests.critical.scenes import HOUR, SECOND
from tests.factories import NOW


@pytest.mark.parametrize(
    ("hours", "enough"),
    [
        ([0, 2, 4], True),
        ([0, 12, 24], True),
        ([0, 2], False),
        ([0, 1, 2, 3], False),
        ([0, 1, 2, 3, 4], True),
        ([0, 12, 25], False),
        ([0, 10, 30, 33, 36], True),
    ],
)
def test_three_attempts_two_hours_apart_within_a_day_are_enough(hours: list[int], *, enough: bool) -> None:
    assert are_enough([NOW + each * HOUR for each in hours]) is enough


def test_a_second_too_early_or_too_late_does_not_count() -> None:
    assert not are_enough([NOW, NOW + 2 * HOUR - SECOND, NOW + 4 * HOUR - SECOND])
    assert not are_enough([NOW, NOW + 2 * HOUR, NOW + 24 * HOUR + SECOND])


@given(minutes=st.lists(st.integers(0, 5000), max_size=9))
def test_a_further_attempt_never_takes_away_what_was_enough(minutes: list[int]) -> None:
    instants = [NOW + each * HOUR / 60 for each in sorted(minutes)]

    for end in range(len(instants)):
        assert not are_enough(instants[:end]) or are_enough(instants)
