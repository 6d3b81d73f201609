import os
import signal
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.cases import commands, storage
from cercana.cases.errors import NotProposedCritical
from cercana.cases.models import Attachment, Case, Event, Reaction
from cercana.command_line.worker import worker
from cercana.config import reactions
from cercana.conversation.models import Delivery, Template
from cercana.rules.access import Role
from cercana.rules.classification import CriticalReason, TaskKind
from cercana.rules.critical_states import Proposal
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from tests.config.workers import wait_until, worker_process
from tests.factories import NOW, PUBLIC, make_actor, make_case, make_municipality, make_person, make_reception
from tests.jobs import forget, queued, run_job, work_off

SOON = NOW + timedelta(minutes=2)


def kinds() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("kind", flat=True))


def breaking_template(code: str) -> None:
    """Store a text that cannot be filled, as somebody could who goes round the admin."""
    Template.objects.create(
        code=code, language="es", version=1, subject="{nada}", body="{nada}", valid_from=NOW.replace(year=2020)
    )


@pytest.mark.usefixtures("db")
class TestReactions:
    @pytest.fixture(autouse=True)
    def municipality(self, db: None) -> None:
        make_municipality()

    def test_follow_an_event_once_it_is_recorded(self) -> None:
        make_case()

        assert kinds() == []
        work_off()
        assert kinds() == ["receipt"]

    def test_do_nothing_for_a_command_that_was_rolled_back(self) -> None:
        with transaction.atomic():
            make_case()
            transaction.set_rollback(True)

        assert queued() == []

    def test_are_harmless_when_a_job_runs_twice(self) -> None:
        make_case()
        [job] = queued(reactions.REACT)

        run_job(job)
        run_job(job)
        assert len(queued(reactions.HANDLE)) == 2
        work_off()

        assert kinds() == ["receipt"]
        assert Reaction.objects.count() == 1

    def test_hold_up_no_other_when_one_fails(self) -> None:
        breaking_template("referred")
        make_case(Stage.IN_FOLLOW_UP)
        work_off(reactions.REACT)

        for job in queued(reactions.HANDLE):
            try:
                run_job(job)
            except KeyError:
                continue

        assert kinds() == ["receipt", "taken"]
        assert not Reaction.objects.filter(event__type=EventType.REFERRED).exists()

    def test_leave_nothing_of_one_that_fails(self) -> None:
        breaking_template("referred")
        make_case(Stage.REFERRED)
        event = Event.objects.get(type=EventType.REFERRED)

        with pytest.raises(KeyError):
            reactions.run_handler(event.pk, "tell_citizen", now=NOW)

        assert kinds() == []
        assert Reaction.objects.count() == 0

    def test_delete_the_files_of_an_erased_person_and_nobody_elses(self) -> None:
        erased, other = make_case(), make_case()
        keys = {}
        for case in (erased, other):
            keys[case.pk] = uuid.uuid4()
            stored = storage.store(keys[case.pk], [b"foto"])
            Attachment.objects.create(
                case=case, key=keys[case.pk], name="foto.jpg", size=stored.size, sha256=stored.sha256, added_at=NOW
            )
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        commands.erase_citizen(erased.citizen_id, reason="lo pidió", actor=keeper, now=NOW)

        work_off()

        assert not storage.path_of(keys[erased.pk]).exists()
        assert storage.path_of(keys[other.pk]).exists()

    def test_of_a_critical_case_go_through_the_queue_of_alarms(self) -> None:
        make_case(category="violence_or_child")
        [job] = queued(reactions.REACT)
        run_job(job)

        assert {each.queue for each in queued()} == {"alarm"}


@pytest.mark.usefixtures("db")
class TestRequeueUnfinished:
    @pytest.fixture(autouse=True)
    def municipality(self, db: None) -> None:
        make_municipality()

    @pytest.mark.parametrize("lost", [reactions.REACT, reactions.HANDLE])
    def test_makes_good_for_a_job_that_was_lost(self, lost: str) -> None:
        make_case()
        if lost == reactions.HANDLE:
            work_off(reactions.REACT)
        for job in queued(lost):
            forget(job)
        work_off()
        assert kinds() == []

        assert reactions.requeue_unfinished(now=SOON) == 1
        work_off()

        assert kinds() == ["receipt"]

    def test_leaves_alone_what_is_done(self) -> None:
        make_case()
        work_off()

        assert reactions.requeue_unfinished(now=SOON) == 0

    @pytest.mark.parametrize("waiting", [reactions.REACT, reactions.HANDLE])
    def test_leaves_alone_what_is_waiting(self, waiting: str) -> None:
        make_case()
        if waiting == reactions.HANDLE:
            work_off(reactions.REACT)

        assert reactions.requeue_unfinished(now=SOON) == 0

    def test_leaves_alone_what_has_only_just_happened(self) -> None:
        make_case()
        for job in queued():
            forget(job)

        assert reactions.requeue_unfinished(now=NOW + timedelta(seconds=30)) == 0

    def test_queues_nothing_twice(self) -> None:
        make_case()
        for job in queued():
            forget(job)

        assert [reactions.requeue_unfinished(now=SOON) for _ in range(2)] == [1, 0]


@pytest.fixture
def every_minute() -> Iterator[None]:
    """Have a harmless task due whenever a worker starts."""
    known = app.periodic_registry.periodic_tasks
    task = app.tasks["cercana.sweep_files"]
    app.periodic_registry.register_task(task=task, cron="* * * * *", periodic_id="minute", configure_kwargs={})
    yield
    del known[(task.name, "minute")]


def statuses(task: str) -> list[str]:
    return list(ProcrastinateJob.objects.filter(task_name=task).order_by("id").values_list("status", flat=True))


def work_once(*options: str) -> None:
    result = CliRunner().invoke(worker, ["--once", *options], catch_exceptions=False)
    assert result.exit_code == 0


@pytest.mark.usefixtures("committed")
class TestWorker:
    def test_tries_a_failing_reaction_again_later_and_the_others_now(self) -> None:
        breaking_template("referred")
        make_case(Stage.IN_FOLLOW_UP)

        work_once()

        # The worker takes several jobs at a time: which of the two comes first is chance.
        assert sorted(kinds()) == ["receipt", "taken"]
        [failed] = ProcrastinateJob.objects.filter(task_name=reactions.HANDLE, status="todo")
        assert failed.attempts == 1
        assert failed.scheduled_at is not None
        assert failed.scheduled_at > timezone.now()

    def test_keeps_what_a_reaction_defers_inside_its_transaction(self) -> None:
        person = make_person(contacts=(), no_contact_reason="no quiso dejarlo")
        case = make_case(Stage.IN_FOLLOW_UP, person=person)
        officer = make_actor(Role.SUPERVISOR, "obras_infraestructura")
        commands.write_to_citizen(number=case.number, text="Mañana pasa la cuadrilla.", actor=officer, now=NOW)

        work_once()

        [task] = Case.objects.get(pk=case.pk).tasks.all()
        assert task.kind == TaskKind.REACH_OTHERWISE
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT task.xmin = deferral.xmin FROM cases_task task, procrastinate_events deferral"
                " JOIN procrastinate_jobs job ON job.id = deferral.job_id AND deferral.type = 'deferred'"
                " WHERE job.args->>'first' = %s",
                [str(task.ordinal)],
            )
            assert cursor.fetchall() == [(True,)]

    def test_marks_danger_that_nobody_answered_once_whoever_else_does(self) -> None:
        now = timezone.now()
        danger = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas")
        case = make_case(danger=danger, now=now - timedelta(minutes=16))
        agent = make_actor(Role.AGENT, "atencion_ciudadano")

        def race(_turn: int) -> None:
            try:
                commands.mark_unanswered(now=now)
                with suppress(NotProposedCritical):
                    commands.confirm_critical(number=case.number, actor=agent, now=now)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(race, range(4)))
        work_once()

        [marked] = case.events.filter(type=EventType.CRITICAL_MARKED)
        assert (marked.actor, marked.occurred_at) == ("system", now - timedelta(minutes=1))

    def test_marks_danger_after_it_was_down_with_the_true_instant(self) -> None:
        now = timezone.now()
        danger = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas")
        case = make_case(danger=danger, now=now - timedelta(hours=5))

        work_once()

        [marked] = case.events.filter(type=EventType.CRITICAL_MARKED)
        assert marked.occurred_at == now - timedelta(hours=5) + timedelta(minutes=15)
        assert Delivery.objects.filter(case=case, kind="receipt_critical").exists()

    @pytest.mark.parametrize(
        ("queues", "left"), [(["first"], ["second"]), (["first", "second"], []), ([], [])], ids=str
    )
    def test_takes_jobs_of_the_queues_that_were_named(self, queues: list[str], left: list[str]) -> None:
        for queue in ("first", "second"):
            app.configure_task("cercana.sweep_files", queue=queue).defer(timestamp=0)

        work_once(*(f"--queue={queue}" for queue in queues))

        waiting = ProcrastinateJob.objects.filter(queue_name__in=["first", "second"]).exclude(status="succeeded")
        assert [job.queue_name for job in waiting] == left

    @pytest.mark.usefixtures("every_minute")
    def test_keeps_no_connection_of_the_periodic_tasks_it_defers(self) -> None:
        def has_deferred() -> bool:
            # A worker without work may end before it has looked at the clock.
            work_once()
            return ProcrastinateJob.objects.filter(queue_name="bulk").exists()

        wait_until(has_deferred)

        database = connections["default"]
        assert isinstance(database, DatabaseWrapper)
        database.close()
        counted = database.pool.get_stats()
        assert counted["pool_available"] == counted["pool_size"]

    def test_does_exactly_once_what_a_killed_one_was_doing(self) -> None:
        case = commands.register_case(make_reception(), actor=PUBLIC, now=NOW)
        with worker_process() as first:
            with transaction.atomic():
                # Holding the case holds the reaction in the middle of its transaction.
                Case.objects.select_for_update().get(pk=case.pk)
                wait_until(lambda: statuses(reactions.HANDLE) == ["doing"])
                os.kill(first.pid, signal.SIGKILL)
                first.wait()
            assert kinds() == []

        with connection.cursor() as cursor:
            # Half a minute without a sign of life.
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
        with worker_process():
            wait_until(lambda: {*statuses(reactions.REACT), *statuses(reactions.HANDLE)} == {"succeeded"})

        assert kinds() == ["receipt"]
        assert Reaction.objects.count() == 1
