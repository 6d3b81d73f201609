from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.escalation import Alarm, AlarmCause, MadeCall, Rung
from cercana.rules.promises import to_lima
from cercana.rules.vigilance import Deed, Watch, check_in_due, real_entries
from tests.factories import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def at(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


def alarm(cause: AlarmCause = AlarmCause.CRITICAL, *, acknowledged_at: datetime | None = None) -> Alarm:
    call = MadeCall(Rung.DUTY, "", (1,), NOW)
    return Alarm(3, cause, NOW, (call,), acknowledged_at, "staff:1" if acknowledged_at else "")


class TestCheckInDue:
    @pytest.mark.parametrize(
        ("last", "due"),
        [
            ("2026-11-23T10:00:00", "2026-11-24T20:00:00"),
            ("2026-11-23T23:59:59", "2026-11-24T20:00:00"),
            ("2026-11-24T00:00:00", "2026-11-25T20:00:00"),
            ("2026-11-27T19:00:00", "2026-11-28T20:00:00"),
        ],
    )
    def test_is_eight_in_the_evening_of_the_next_day_once_answered(self, last: str, due: str) -> None:
        assert check_in_due(at(last), is_answered=True) == at(due)

    @given(seconds=st.integers(0, 10**8))
    def test_is_two_hours_later_until_then(self, seconds: int) -> None:
        last = NOW + timedelta(seconds=seconds)

        assert check_in_due(last, is_answered=False) - last == 2 * HOUR


class TestRealEntries:
    def test_leave_out_the_same_text_said_twice(self) -> None:
        deeds = [Deed(NOW, "Cuadrilla en camino."), Deed(NOW + HOUR, "  cuadrilla EN CAMINO ")]

        assert list(real_entries(deeds)) == deeds[:1]

    def test_leave_out_a_text_without_words(self) -> None:
        assert list(real_entries([Deed(NOW, " … ")])) == []

    @given(texts=st.lists(st.text(), max_size=8))
    def test_are_the_same_when_everything_is_repeated(self, texts: list[str]) -> None:
        once = [Deed(NOW + n * MINUTE, text) for n, text in enumerate(texts)]
        again = [Deed(NOW + (n + 100) * MINUTE, text) for n, text in enumerate(texts)]

        assert list(real_entries([*once, *again])) == list(real_entries(once))


class TestWatch:
    def test_passes_the_call_on_after_ten_minutes(self) -> None:
        assert Watch(alarm(), (), is_answered=False).due_at == NOW + 10 * MINUTE

    def test_waits_for_an_entry_once_somebody_took_charge(self) -> None:
        watch = Watch(alarm(acknowledged_at=NOW + MINUTE), (), is_answered=False)

        assert (watch.is_ringing, watch.due_at) == (False, NOW + MINUTE + 2 * HOUR)

    @pytest.mark.parametrize(("cause", "rings"), [(AlarmCause.CRITICAL, True), (AlarmCause.SILENCE, False)])
    def test_lets_an_entry_answer_an_alarm_about_silence_and_no_other(self, cause: AlarmCause, *, rings: bool) -> None:
        watch = Watch(alarm(cause), [Deed(NOW + MINUTE, "Llegó la cuadrilla.")], is_answered=False)

        assert watch.is_ringing is rings

    def test_has_nothing_to_do_without_an_alarm(self) -> None:
        assert Watch(None, (), is_answered=False).due_at is None
