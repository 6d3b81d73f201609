"""What the queue of jobs does by itself."""

from procrastinate import App, JobContext

_KEPT_HOURS = 7 * 24


def on_ready(app: App) -> None:
    """Have finished jobs deleted every night (Django's setting PROCRASTINATE_ON_APP_READY)."""
    task = app.task(name="delete_old_jobs", queue="bulk", pass_context=True)(delete_old_jobs)
    # Procrastinate watches its listener and its heartbeat only while it has a periodic task to defer.
    app.periodic(cron="17 3 * * *")(task)


async def delete_old_jobs(context: JobContext, timestamp: int) -> None:
    """Delete the jobs that ended well a week ago; those that failed stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)
