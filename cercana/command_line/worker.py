"""``cercana worker``: the process that works off jobs."""

import asyncio
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ClassVar

import click
import structlog
from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone
from procrastinate import PsycopgConnector
from procrastinate.app import App, WorkerOptions
from procrastinate.contrib.django import app as project_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from cercana.api.webhooks import commands as webhooks
from cercana.cases import commands as cases
from cercana.channels.email import commands as email
from cercana.config import reactions
from cercana.conversation import commands as conversation
from cercana.critical import commands as critical
from cercana.rules.errors import DomainError

SWEEP_SECONDS = 10
WATCH_SECONDS = 30
# The worker writes its heartbeat every ten seconds: three missed ones, and it is gone.
STALLED_SECONDS = 30
_PATIENCE = 8.0
# The lanes end after the others: together within what a supervisor waits.
_PATIENCE_BESIDE = 1.0
# Each queue of these is worked off on the side, with so many jobs at a time: alarms wait for nothing else, and nothing
# waits for the services outside, which may take their time or never answer.
LANES = {"alarm": 4, "outside": 16}
QUEUES = ("mail", "notify", "bulk", "default", "builtin")
_THREADS_BESIDE = 8
_DATABASE_SECONDS = 5.0

_IS_LEFT = """
    SELECT EXISTS (
        SELECT 1 FROM procrastinate_jobs
        WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
          AND (%(queues)s::text[] IS NULL OR queue_name = ANY(%(queues)s::text[]))
    ) AS is_left
"""

_log = structlog.get_logger(__name__)


class DatabaseLost(DomainError):
    """The database went away while the worker was at it; whoever supervises it starts it again."""

    code: ClassVar[str] = "command_line.database_lost"
    message: ClassVar[str] = "La base de datos dejó de responder; los trabajos siguen cuando vuelva."
    status: ClassVar[int] = 503


@click.command()
@click.option("--queue", "queues", multiple=True, help="Only this queue; may be repeated. All of them if absent.")
@click.option("--concurrency", type=click.IntRange(1, 32), default=4, show_default=True, help="Jobs at a time.")
@click.option("--once", is_flag=True, help="End when no job is left.")
def worker(queues: tuple[str, ...], concurrency: int, *, once: bool) -> None:
    """Work off jobs, watch the promises every half minute, and take up what a killed worker left."""
    # A second app beside the first: what tasks defer goes through the first, and so into Django's transactions.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=8, timeout=_DATABASE_SECONDS)
    app = project_app.with_connector(connector)
    options: WorkerOptions = {
        "concurrency": concurrency,
        "wait": not once,
        "shutdown_graceful_timeout": _PATIENCE,
        "stalled_worker_timeout": STALLED_SECONDS,
    }
    if queues or not once:
        options["queues"] = list(queues or (*LANES, *QUEUES))
    try:
        asyncio.run(_work(app, options))
    except ConnectorException as error:
        raise DatabaseLost from error


async def _work(app: App, options: WorkerOptions) -> None:
    lanes = _lanes_of(options)
    threads = options["concurrency"] + sum(lane["concurrency"] for lane in lanes) + _THREADS_BESIDE
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(threads))
    async with app.open_async():
        await _sweep(app)
        stopping = threading.Event()
        workers = [_work_off(app, options), *(app.run_worker_async(**lane) for lane in lanes)]
        beside = [_sweep_for_ever(app), _watch_for_ever(stopping)]
        if options["wait"] and "mail" in (options.get("queues") or ()):
            beside += [_take_mail_for_ever(), _collect_mail_for_ever(stopping)]
        tasks = [asyncio.create_task(each) for each in (*workers, *beside)]
        try:
            # The first ends when it is told to, another only by an error.
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            stopping.set()
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError, ConnectorException):
                    await task
            # Periodic tasks are deferred through Django, in the one thread that asgiref keeps for such calls.
            await sync_to_async(close_old_connections)()


async def _work_off(app: App, options: WorkerOptions) -> None:
    """Work off jobs until told to end; if it need not wait for any, until none is left."""
    await app.run_worker_async(**options)
    # A worker that does not wait ends at the first look that finds nothing, whatever running jobs still defer.
    while not options["wait"] and await _is_job_left(app, options.get("queues")):
        await app.run_worker_async(**options)


def _lanes_of(options: WorkerOptions) -> list[WorkerOptions]:
    """Take the queues with a lane of their own from ``options``, unless none would be left; return their workers."""
    queues = list(options.get("queues") or ())
    apart = [queue for queue in queues if queue in LANES] if options["wait"] and len(queues) > 1 else []
    if apart:
        options["queues"] = [queue for queue in queues if queue not in apart] or [apart.pop()]
    return [
        {**options, "queues": [queue], "concurrency": LANES[queue], "install_signal_handlers": False} for queue in apart
    ]


async def _is_job_left(app: App, queues: Iterable[str] | None) -> bool:
    found = await app.connector.execute_query_one_async(_IS_LEFT, queues=None if queues is None else list(queues))
    return bool(found["is_left"])


async def _sweep_for_ever(app: App) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        await _sweep(app)


async def _take_mail_for_ever() -> None:
    """Take mail where the settings say; while another program has the place, ask for it again."""
    while True:
        try:
            server = await email.start_listener()
        except OSError as error:
            _log.warning("mail_listener_failed", reason=error.strerror or type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS)
            continue
        if server is None:
            await asyncio.Event().wait()
        else:
            async with server:
                await server.serve_forever()


async def _collect_mail_for_ever(stopping: threading.Event) -> None:
    """Fetch mail from the hosted mailbox of the settings, if there is one, in a thread that ends with the worker."""
    await sync_to_async(email.collect_mail, thread_sensitive=False)(stopping)
    await asyncio.Event().wait()


async def _watch_for_ever(stopping: threading.Event) -> None:
    """Look at the promises every half minute, from the start on; a batch under way ends before the worker does."""
    while True:
        try:
            await sync_to_async(watch, thread_sensitive=False)(stopping)
        except (DatabaseError, InterfaceError) as error:
            _log.warning("watch_failed", reason=type(error).__name__)
        await asyncio.sleep(WATCH_SECONDS)


def watch(stopping: threading.Event) -> None:
    """Give the warnings that have come, until ``stopping`` is set."""
    try:
        done = cases.watch_promises(now=timezone.now(), goes_on=lambda: not stopping.is_set())
        if done.warned:
            _log.info("promises_watched", looked=done.looked, warned=done.warned)
    finally:
        close_old_connections()


async def _sweep(app: App) -> None:
    """
    Take up what a kill left undone, and mark the danger that nobody answered.

    Whether a database that is away ends the worker is for its heartbeat to say.
    """
    try:
        await requeue_stalled(app)
        await sync_to_async(requeue_forgotten, thread_sensitive=False)()
        await sync_to_async(mark_unanswered, thread_sensitive=False)()
    except (ConnectorException, DatabaseError, InterfaceError) as error:
        _log.warning("sweep_failed", reason=type(error).__name__)


async def requeue_stalled(app: App) -> int:
    """Queue again the jobs whose worker has shown no sign of life for half a minute; return how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS))
    for job in stalled:
        # Another worker's sweep may have been quicker.
        with suppress(ConnectorException):
            await app.job_manager.retry_job(job)
            _log.warning("job_requeued", job=job.id, task=job.task_name)
    return len(stalled)


def requeue_forgotten() -> None:
    """Queue what should have followed an event, left by mail or rung by now, and has no job."""
    now = timezone.now()
    try:
        critical.queue_due_steps(now=now)
        critical.requeue_lost_messages(now=now)
        reactions.requeue_unfinished(now=now)
        conversation.requeue_lost(now=now)
        conversation.requeue_lost_texts(now=now)
        conversation.requeue_lost_notices(now=now)
        email.requeue_lost(now=now)
        webhooks.queue_due(now=now)
    finally:
        close_old_connections()


def mark_unanswered() -> None:
    """Mark as critical what was proposed a quarter of an hour ago and nobody answered (M5.2b)."""
    try:
        cases.mark_unanswered(now=timezone.now())
    finally:
        close_old_connections()
