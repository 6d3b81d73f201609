"""Several watches on the same promises, and one that is cut off: each warning exactly once."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import close_old_connections, connection, transaction

from cercana.cases import commands, queries
from cercana.cases.models import Case, Event
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_case

HOUR = timedelta(hours=1)


def levels(case: Case) -> list[int]:
    """Return the warnings of the resolution in the history of ``case``."""
    told = Event.objects.filter(case=case, type=EventType.WARNED, payload__clock="resolution").order_by("sequence")
    return [each.payload["level"] for each in told]


def watch(*moments: datetime) -> int:
    return sum(commands.watch_promises(now=moment).warned for moment in moments)


def is_sound() -> bool:
    return not any(progress.found for progress in queries.verify_cases())


class CutOff(Exception):
    """Stands for a worker that dies."""


@pytest.mark.usefixtures("committed")
class TestTwoWatches:
    def test_at_once_warn_exactly_once(self) -> None:
        cases = [make_case(Stage.IN_FOLLOW_UP, category="noise") for _ in range(12)]
        start, problems = threading.Barrier(3), list[BaseException]()

        def look() -> None:
            try:
                start.wait()
                commands.watch_promises(now=NOW + 40 * HOUR, most=2)
            except BaseException as error:  # noqa: BLE001 - a thread that failed fails the test
                problems.append(error)
            finally:
                close_old_connections()
                connection.close()

        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        watch(NOW + 40 * HOUR)

        assert problems == []
        assert [levels(case) for case in cases] == [[50, 80]] * 12
        assert is_sound()

    def test_after_one_that_was_cut_off_warn_exactly_once(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, category="noise")

        def cut_off() -> None:
            with transaction.atomic():
                watch(NOW + 25 * HOUR)
                raise CutOff

        with pytest.raises(CutOff):
            cut_off()
        assert levels(case) == []

        watch(NOW + 26 * HOUR, NOW + 26 * HOUR)

        assert levels(case) == [50]

    def test_pass_over_a_case_that_somebody_holds_and_meet_it_later(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, category="noise")
        held, released = threading.Event(), threading.Event()

        def hold() -> None:
            with transaction.atomic():
                Case.objects.select_for_update().get(pk=case.pk)
                held.set()
                released.wait(30)
            connection.close()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(30)
        assert watch(NOW + 25 * HOUR) == 0
        released.set()
        holder.join()

        assert watch(NOW + 25 * HOUR) == 1
