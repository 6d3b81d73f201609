"""What the queue of jobs does by itself."""

from django.db import connection
from django.utils import timezone
from procrastinate import App, JobContext

_KEPT_HOURS = 7 * 24


def on_ready(app: App) -> None:
    """Have finished jobs deleted every night, and the cache swept (Django's setting PROCRASTINATE_ON_APP_READY)."""
    task = app.task(name="delete_old_jobs", queue="bulk", pass_context=True)(delete_old_jobs)
    # Procrastinate watches its listener and its heartbeat only while it has a periodic task to defer.
    app.periodic(cron="17 3 * * *")(task)
    app.periodic(cron="41 * * * *")(app.task(name="sweep_cache", queue="bulk")(sweep_cache))


async def delete_old_jobs(context: JobContext, timestamp: int) -> None:
    """Delete the jobs that ended well a week ago; those that failed stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)


def sweep_cache(timestamp: int) -> None:
    """Delete what the cache may forget: Django does so only once the table is full."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM config_cache WHERE expires < %s", [timezone.now()])
