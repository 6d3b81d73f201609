"""The schedule of alarms in a real worker, which is killed in the middle of it."""

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Manager
from django.utils import timezone

from cercana.cases.models import Case, Event
from cercana.cases.queries import verify_cases
from cercana.command_line.doctor import examine
from cercana.config.environment import Environment, read_environment
from cercana.critical import commands
from cercana.critical.models import AlarmLetter, Vigil
from cercana.rules.history import EventType
from tests.config.test_reactions import statuses
from tests.config.workers import wait_until, worker_process
from tests.critical.scenes import alarms, make_chain, make_critical, ring
from tests.jobs import queued


@pytest.mark.usefixtures("committed")
class TestAKilledWorker:
    # Before the step has done anything, and when all it wrote waits for its last statement.
    @pytest.mark.parametrize("held", [Case.objects, Vigil.objects], ids=["at once", "at the end"])
    def test_leaves_exactly_the_same_alarms_as_one_that_lives(self, held: Manager[Any]) -> None:
        chain = make_chain()
        chain.duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
        case = make_critical()
        ring(case, timezone.now() - timedelta(minutes=10))
        with worker_process() as first, transaction.atomic():
            held.select_for_update().get(pk=case.pk)
            wait_until(lambda: statuses(commands.STEP_TASK) == ["doing"] and is_waiting())
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]

        with connection.cursor() as cursor:
            # Half a minute without a sign of life.
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
        with worker_process():
            wait_until(lambda: set(statuses(commands.STEP_TASK)) == {"succeeded"})

        assert alarms(case) == [("alarm_raised", [chain.duty.pk]), ("alarm_escalated", [chain.head.pk])]
        assert list(AlarmLetter.objects.order_by("pk").values_list("person", flat=True)) == [
            chain.duty.pk,
            chain.head.pk,
        ]
        assert not any(each.found for each in verify_cases())


def is_waiting() -> bool:
    """Tell whether somebody waits for a lock that this test holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.usefixtures("committed")
class TestQueueDueSteps:
    def test_queues_one_step_for_each_case_that_is_due(self) -> None:
        now = timezone.now()
        make_chain()
        due, later = make_critical(), make_critical()
        ring(due, now - timedelta(minutes=10))
        ring(later, now - timedelta(minutes=9, seconds=50))

        assert [commands.queue_due_steps(now=now) for _ in range(2)] == [1, 0]

        assert [job.task_kwargs for job in queued(commands.STEP_TASK)] == [{"case_id": due.pk}]
        assert not Event.objects.filter(type=EventType.ALARM_ESCALATED).exists()


@pytest.mark.usefixtures("committed")
class TestDoctor:
    @pytest.mark.parametrize(
        ("state", "attempts", "is_wrong"), [("failed", 8, True), ("queued", 1, True), ("sent", 2, False)]
    )
    def test_shows_the_letters_of_alarms_that_do_not_leave(self, state: str, attempts: int, *, is_wrong: bool) -> None:
        make_chain().duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
        ring(make_critical(), timezone.now())
        AlarmLetter.objects.update(state=state, attempts=attempts)

        [finding] = [each for each in examine(of_this_test()) if each.subject == "Alarmas"]

        assert bool(finding.remedy) is is_wrong


def of_this_test() -> Environment:
    """Return the environment of an installation that uses the database of the test."""
    given = connection.settings_dict
    address = (
        f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={given['HOST']}&port={given['PORT']}"
    )
    return read_environment({**os.environ, "DATABASE_URL": address})
