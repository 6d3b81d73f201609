"""Several watches on the same promises, and one that is cut off: each warning exactly once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cercana.cases import commands, queries
from cercana.cases.models import Case, Event, StaffNotice
from cercana.rules.access import Actor, Role
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.config.workers import held_up, is_held_up, wait_until, worker_process
from tests.factories import NOW, make_actor, make_case

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
        start = threading.Barrier(3)

        def look(moment: datetime) -> None:
            start.wait()
            try:
                commands.watch_promises(now=moment, most=2)
            finally:
                connection.close()

        # The clocks of their machines differ by a quarter of an hour.
        with ThreadPoolExecutor() as threads:
            list(threads.map(look, [NOW + 40 * HOUR, NOW + 39.75 * HOUR, NOW + 40.25 * HOUR]))
        watch(NOW + 40 * HOUR)

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


def all_warnings() -> list[tuple[int, str, int]]:
    """Return case, clock and level of every warning there is."""
    told = Event.objects.filter(type=EventType.WARNED).values_list("case", "payload__clock", "payload__level")
    return sorted(told)


def make_late_cases(owner: Actor) -> list[tuple[int, str, int]]:
    """Make cases of ``owner`` that are late by the clock of this machine; return the warnings that they need."""
    cases = [make_case(Stage.IN_FOLLOW_UP, category="noise", officer=owner, now=LONG_AGO) for _ in range(3)]
    kinds = [("resolution", level) for level in (50, 80, 100)] + [("silence", 0)]
    return sorted((case.pk, kind, level) for case in cases for kind, level in kinds)


# Jobs are not what these tests are about.
NO_JOBS = ("--queue", "of_nobody")
LONG_AGO = NOW - timedelta(days=30)
# Between the clocks, whose transaction is over, and the silences: their first event cannot be written.
BEFORE_SILENCES = """
    INSERT INTO cases_event (case_id, sequence, occurred_at, recorded_at, actor, on_behalf_of, type, schema_version,
                             payload, previous_hash, hash)
    SELECT id, last_sequence + 4, now(), now(), 'system', '', 'warned', 1, '{}', '', '' FROM cases_case
"""


KILL_POINTS = (
    *(f"LOCK TABLE cases_{table} IN SHARE MODE" for table in ("event", "case", "clock", "staffnotice")),
    BEFORE_SILENCES,
)


@pytest.mark.usefixtures("committed")
class TestWorkersKilledInARound:
    def test_leave_each_warning_to_the_next_exactly_once(self) -> None:
        needed = make_late_cases(make_actor(Role.AREA_OFFICER, "fiscalizacion"))

        for point in KILL_POINTS:
            with held_up(point), worker_process(*NO_JOBS) as worker:
                wait_until(is_held_up)
                worker.kill()
                worker.wait()
            # The server ends what a dead client left half done as soon as it meets it.
            wait_until(lambda: not is_held_up())
        with worker_process(*NO_JOBS), worker_process(*NO_JOBS):
            wait_until(lambda: all_warnings() == needed)
            wait_until(lambda: not Case.objects.filter(silence_look_at__lte=timezone.now()).exists())
        watch(timezone.now(), timezone.now() - HOUR, timezone.now() + HOUR)

        assert all_warnings() == needed
        assert sorted(StaffNotice.objects.values_list("case", "level")) == sorted(
            (case, level) for case, clock, level in needed if level == 100 or clock == "silence"
        )
        assert is_sound()


@pytest.mark.usefixtures("committed")
class TestAClockOfTheMachineThatJumps:
    def test_forward_and_back_warns_exactly_once(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, category="noise")

        watch(NOW + 25 * HOUR, NOW - 24 * HOUR, NOW + 39 * HOUR, NOW + HOUR, NOW + 25 * HOUR, NOW + 60 * HOUR, NOW)

        assert levels(case) == [50, 80, 100]
        assert is_sound()
