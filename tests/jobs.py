"""Working off what a test has left in the queues, in its own transaction and without a worker."""

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job


def queued(task: str = "") -> list[Job]:
    """Return the jobs that are due, oldest first; of one task if named."""
    rows = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    due = [row.procrastinate_job for row in rows if row.scheduled_at is None or row.scheduled_at <= timezone.now()]
    return [job for job in due if not task or job.task_name == task]


def work_off(*tasks: str) -> None:
    """Do every job that is due, and what follows from it, until none is left; only those of ``tasks`` if named."""
    while waiting := [job for job in queued() if not tasks or job.task_name in tasks]:
        for job in waiting:
            run_job(job)


def run_job(job: Job) -> None:
    """Do one job and take it off the queue, as a worker does."""
    # Imports the modules of the tasks, at the first call.
    app.configure_task(job.task_name)
    task = app.tasks[job.task_name]
    arguments = (
        [JobContext(start_timestamp=0, app=app, job=job, abort_reason=lambda: None)] if task.pass_context else []
    )
    task(*arguments, **job.task_kwargs)
    forget(job)


def forget(job: Job) -> None:
    """Lose a job."""
    app.connector.get_sync_connector().execute_query("DELETE FROM procrastinate_jobs WHERE id = %(id)s", id=job.id)
