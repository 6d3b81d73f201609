"""The schedule of alarms in a real worker: killed, or left without its database, in the middle of it."""

import os
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cercana.cases.models import Event
from cercana.cases.queries import verify_cases
from cercana.command_line.doctor import examine
from cercana.config.environment import Environment, read_environment
from cercana.critical import commands
from cercana.critical.models import AlarmMessage
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima
from tests.config.test_reactions import statuses
from tests.config.workers import end_every_session, held_up, is_held_up, wait_until, worker_process
from tests.critical.scenes import alarms, make_chain, make_critical, ring
from tests.jobs import queued

# What a step cannot get past while the worker is killed, in the order in which it comes there.
KILL_POINTS = {
    "before it has done anything": "LOCK TABLE cases_case IN EXCLUSIVE MODE",
    "when the case changes": "LOCK TABLE cases_case IN SHARE MODE",
    "at the event of the call": "LOCK TABLE cases_event IN SHARE MODE",
    "at the messages of the call": "LOCK TABLE critical_alarmmessage IN SHARE MODE",
    "at its last statement": "LOCK TABLE critical_vigil IN SHARE MODE",
}


@pytest.mark.usefixtures("committed")
class TestAKilledWorker:
    @pytest.mark.parametrize("point", KILL_POINTS)
    def test_leaves_exactly_the_same_alarms_as_one_that_lives(self, point: str) -> None:
        chain = make_chain()
        chain.duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
        case = make_critical()
        ring(case, timezone.now() - timedelta(minutes=10))
        with held_up(KILL_POINTS[point]), worker_process() as first:
            wait_until(lambda: statuses(commands.STEP_TASK) == ["doing"] and is_held_up())
            first.kill()
            first.wait()
        # The server ends what a dead client left half done as soon as it meets it.
        wait_until(lambda: not is_held_up())
        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]

        forget_heartbeats()
        with worker_process():
            wait_until(lambda: set(statuses(commands.STEP_TASK)) == {"succeeded"})

        assert alarms(case) == [("alarm_raised", [chain.duty.pk]), ("alarm_escalated", [chain.head.pk])]
        assert list(AlarmMessage.objects.order_by("pk").values_list("person", flat=True)) == [
            chain.duty.pk,
            chain.head.pk,
        ]
        assert not any(each.found for each in verify_cases())


@pytest.mark.usefixtures("committed")
class TestARestartedDatabase:
    @pytest.mark.parametrize("point", KILL_POINTS)
    def test_leaves_exactly_the_same_alarms_as_one_that_lives(self, point: str) -> None:
        chain = make_chain()
        chain.duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
        case = make_critical()
        ring(case, timezone.now() - timedelta(minutes=10))
        with held_up(KILL_POINTS[point]), worker_process() as worker:
            wait_until(lambda: statuses(commands.STEP_TASK) == ["doing"] and is_held_up())
            end_every_session()
            # It goes on with new sessions, or ends to be started again by whoever supervises it.
            wait_until(lambda: worker.poll() is not None or set(statuses(commands.STEP_TASK)) == {"succeeded"})

        if set(statuses(commands.STEP_TASK)) != {"succeeded"}:
            forget_heartbeats()
            with worker_process():
                wait_until(lambda: set(statuses(commands.STEP_TASK)) == {"succeeded"})

        assert alarms(case) == [("alarm_raised", [chain.duty.pk]), ("alarm_escalated", [chain.head.pk])]
        called = AlarmMessage.objects.order_by("pk").values_list("person", flat=True)
        assert list(called) == [chain.duty.pk, chain.head.pk]
        assert not any(each.found for each in verify_cases())


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
        ("state", "error", "is_wrong"),
        [
            ("failed", "smtp.550", True),
            ("queued", "smtp.unreachable", True),
            ("queued", "", False),
            ("sent", "", False),
        ],
    )
    def test_shows_the_messages_of_alarms_that_do_not_leave(self, state: str, error: str, *, is_wrong: bool) -> None:
        make_chain().duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
        ring(make_critical(), timezone.now())
        AlarmMessage.objects.update(state=state, last_error=error)

        [finding] = [each for each in examine(of_this_test()) if each.subject == "Alarmas"]

        assert bool(finding.remedy) is is_wrong

    def test_counts_them_by_way_and_says_since_when(self) -> None:
        make_chain().duty.duty_shifts.update(ends_at=timezone.now() + timedelta(days=1))
        first = timezone.now() - timedelta(minutes=20)
        for minutes in (0, 10):
            ring(make_critical(), first + timedelta(minutes=minutes))
        AlarmMessage.objects.update(state="queued", last_error="smtp.unreachable")
        AlarmMessage.objects.filter(pk=AlarmMessage.objects.latest("pk").pk).update(way="push")

        [finding] = [each for each in examine(of_this_test()) if each.subject == "Alarmas"]

        since = f"{to_lima(first):%H:%M} del {to_lima(first):%d/%m}"
        assert finding.state == f"2 sin salir desde las {since}: correo 1, celular 1"


def forget_heartbeats() -> None:
    """Let half a minute pass without a sign of life of any worker."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")


def of_this_test() -> Environment:
    """Return the environment of an installation that uses the database of the test."""
    given = connection.settings_dict
    address = (
        f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={given['HOST']}&port={given['PORT']}"
    )
    return read_environment({**os.environ, "DATABASE_URL": address})
