"""``cercana worker``: the process that works off jobs."""

import asyncio
from contextlib import suppress
from itertools import count

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

from cercana.config import reactions
from cercana.conversation import commands as conversation

SWEEP_SECONDS = 10
# The worker writes its heartbeat every ten seconds: three missed ones, and it is gone.
STALLED_SECONDS = 30
_KEPT_HOURS = 7 * 24
_SWEEPS_AN_HOUR = 60 * 60 // SWEEP_SECONDS
_PATIENCE = 8.0

_log = structlog.get_logger(__name__)


@click.command()
@click.option("--queue", "queues", multiple=True, help="Only this queue; may be repeated. All of them if absent.")
@click.option("--concurrency", type=click.IntRange(1, 32), default=4, show_default=True, help="Jobs at a time.")
@click.option("--once", is_flag=True, help="End when no job is left.")
def worker(queues: tuple[str, ...], concurrency: int, *, once: bool) -> None:
    """Work off jobs as they come; every ten seconds take up those of a worker that was killed."""
    connector = project_app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(connector)
    # A second app beside the first: what tasks defer goes through the first, and so into Django's transactions.
    app = project_app.with_connector(connector.get_worker_connector())
    options: WorkerOptions = {
        "concurrency": concurrency,
        "wait": not once,
        "shutdown_graceful_timeout": _PATIENCE,
        "stalled_worker_timeout": STALLED_SECONDS,
    }
    if queues:
        options["queues"] = queues
    asyncio.run(_work(app, options))


async def _work(app: App, options: WorkerOptions) -> None:
    async with app.open_async():
        await requeue_stalled(app)
        sweep = asyncio.create_task(_sweep_for_ever(app))
        try:
            await app.run_worker_async(**options)
        finally:
            sweep.cancel()
            with suppress(asyncio.CancelledError):
                await sweep


async def requeue_stalled(app: App) -> int:
    """Queue again the jobs whose worker has shown no sign of life for half a minute; return how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS))
    for job in stalled:
        # Another worker's sweep may have been quicker.
        with suppress(ConnectorException):
            await app.job_manager.retry_job(job)
            _log.warning("job_requeued", job=job.id, task=job.task_name)
    return len(stalled)


async def _sweep_for_ever(app: App) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            await requeue_stalled(app)
        except ConnectorException:
            # The database is away. Whether that ends the worker is for its heartbeat to decide.
            _log.warning("sweep_failed")
