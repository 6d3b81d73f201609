"""Who held a case, hour by hour, on days of November without holidays."""

from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.held_time import Happened, Held, Holder, HolderKind, time_held
from cercana.rules.history import EventType
from cercana.rules.office_hours import OfficeHours, Slot, working_time
from cercana.rules.promises import to_lima
from tests.rules.reckoning import PERU

HOUR = timedelta(hours=1)
OFFICE = OfficeHours({day: (Slot(time(8), time(13)), Slot(time(14), time(17))) for day in range(5)})
NOBODY, CITIZEN = Holder(HolderKind.NOBODY), Holder(HolderKind.CITIZEN)
WORKS = Holder(HolderKind.AREA, "works")


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


def happened(type_: EventType, at: str, **payload: object) -> Happened:
    return Happened(type_, lima(at), payload)


def held(*history: Happened, now: str) -> list[Held]:
    return time_held(history, now=lima(now), hours_of=lambda _area: OFFICE, calendar=PERU)


class TestTimeHeld:
    def test_runs_from_nobody_to_the_area_to_the_citizen(self) -> None:
        told = held(
            happened(EventType.RECEIVED, "2026-11-23T09:00", area="intake"),
            happened(EventType.REGISTERED, "2026-11-23T09:00"),
            happened(EventType.REFERRED, "2026-11-23T11:00", area="works"),
            happened(EventType.TAKEN, "2026-11-23T12:00", owner=4),
            happened(EventType.ANSWERED, "2026-11-24T10:00"),
            happened(EventType.CLOSED, "2026-11-24T16:00"),
            now="2026-12-01T00:00",
        )

        assert told == [
            Held(NOBODY, 2 * HOUR, 2 * HOUR),
            Held(WORKS, 23 * HOUR, 7 * HOUR),
            Held(CITIZEN, 6 * HOUR, 5 * HOUR),
        ]

    def test_adds_up_who_held_it_twice(self) -> None:
        told = held(
            happened(EventType.RECEIVED, "2026-11-23T09:00"),
            happened(EventType.REFERRED, "2026-11-23T10:00", area="works"),
            happened(EventType.HANDED_BACK, "2026-11-23T11:00", area="intake"),
            happened(EventType.REFERRED, "2026-11-23T12:00", area="parks"),
            happened(EventType.REFERRED, "2026-11-23T14:00", area="works"),
            now="2026-11-23T15:00",
        )

        assert [(each.holder.area, each.elapsed) for each in told] == [
            ("", 2 * HOUR),
            ("works", 2 * HOUR),
            ("parks", 2 * HOUR),
        ]

    def test_goes_on_with_the_area_when_it_is_contested(self) -> None:
        told = held(
            happened(EventType.RECEIVED, "2026-11-23T09:00"),
            happened(EventType.REFERRED, "2026-11-23T09:00", area="works"),
            happened(EventType.ANSWERED, "2026-11-23T10:00"),
            happened(EventType.CONTESTED, "2026-11-23T11:00"),
            now="2026-11-23T13:00",
        )

        assert told == [Held(WORKS, 3 * HOUR, 3 * HOUR), Held(CITIZEN, HOUR, HOUR)]

    def test_counts_no_time_while_it_is_closed(self) -> None:
        told = held(
            happened(EventType.RECEIVED, "2026-11-23T09:00"),
            happened(EventType.REFERRED, "2026-11-23T09:00", area="works"),
            happened(EventType.CLOSED, "2026-11-23T10:00"),
            happened(EventType.REOPENED, "2026-11-27T10:00"),
            now="2026-11-27T11:00",
        )

        assert told == [Held(WORKS, 2 * HOUR, 2 * HOUR)]

    @given(st.lists(st.sampled_from(list(EventType)), max_size=12), st.integers(0, 40))
    def test_never_counts_an_hour_twice(self, types: list[EventType], gap: int) -> None:
        began = lima("2026-11-02T09:00")
        history = [Happened(EventType.RECEIVED, began, {})]
        history += [
            Happened(each, began + gap * HOUR * place, {"area": "works"}) for place, each in enumerate(types, 1)
        ]
        now = began + gap * HOUR * (len(types) + 1)

        told = time_held(history, now=now, hours_of=lambda _area: OFFICE, calendar=PERU)

        assert sum((each.elapsed for each in told), timedelta()) <= now - began
        assert all(timedelta() <= each.working <= each.elapsed for each in told)


class TestWorkingTime:
    def test_leaves_out_lunch_nights_weekends_and_holidays(self) -> None:
        assert working_time(lima("2026-12-04T12:00"), lima("2026-12-10T09:30"), OFFICE, PERU) == 4 * HOUR + 8 * HOUR + (
            HOUR + HOUR / 2
        )

    def test_of_a_moment_is_none(self) -> None:
        assert working_time(lima("2026-12-04T12:00"), lima("2026-12-04T12:00"), OFFICE, PERU) == timedelta()
