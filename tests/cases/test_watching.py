"""The watch on promises: each warning once, with its true instant, to whom it concerns (domain.md, Clocks)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cercana.cases import commands, queries
from cercana.cases.models import Case, Event
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from tests.factories import NOW, make_case


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


def warnings(case: Case, clock: str = "resolution") -> list[tuple[int, datetime]]:
    """Return level and true instant of each warning in the history of ``case``."""
    told = Event.objects.filter(case=case, type=EventType.WARNED, payload__clock=clock).order_by("sequence")
    return [(each.payload["level"], to_lima(each.occurred_at)) for each in told]


def watch(*moments: datetime) -> int:
    return sum(commands.watch_promises(now=moment).warned for moment in moments)


def faults() -> Sequence[object]:
    return [each for progress in queries.verify_cases() for each in progress.found]


class TestAWarning:
    def test_comes_at_half_at_four_fifths_and_at_the_end_of_a_clock(self) -> None:
        # Due on Wednesday at ten, within the hours of the area: the shares are those of 48 hours.
        case = make_case(Stage.IN_FOLLOW_UP, category="noise")

        watch(*(NOW + timedelta(hours=hour, seconds=1) for hour in range(50)))

        assert warnings(case) == [
            (50, NOW + timedelta(hours=24)),
            (80, NOW + timedelta(hours=38, minutes=24)),
            (100, NOW + timedelta(hours=48, microseconds=1)),
        ]
        assert faults() == []
