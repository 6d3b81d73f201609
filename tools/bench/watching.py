"""
Prints how many due clocks a second the watch works off, each with one warning recorded and told.

By the clock on the wall, and by the time of the processor, PostgreSQL's included: a busy machine slows only the first.

Every running clock has given all warnings but the last, and is looked at from a day on which it has broken. Its history
does not know of that, so this is only for a database that is thrown away, and whose histories have been proved.
"""

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from cercana.command_line.database import set_up_django

_LATER = timedelta(days=60)


def main() -> None:
    """Write JSON with ``watch_clocks_per_s`` and ``watch_clocks_per_cpu_s`` to standard output."""
    set_up_django()
    from django.db import connection
    from django.utils import timezone

    from cercana.cases.commands import watch_promises
    from cercana.cases.models import Case, Clock

    Clock.objects.filter(look_at__isnull=False).update(warned=80)
    Case.objects.update(silence_look_at=None)
    now = timezone.now() + _LATER
    # A worker runs for weeks: what the first look of a process works out is not measured.
    turns = iter([True, False, False])
    watch_promises(now=now, goes_on=lambda: next(turns), most=100)
    due = Clock.objects.filter(look_at__lte=now).count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    began, worked = time.perf_counter(), time.process_time() + _worked(backend)
    watch_promises(now=now)
    lasted, took = time.perf_counter() - began, time.process_time() + _worked(backend) - worked
    sys.stdout.write(
        json.dumps({"watch_clocks_per_s": round(due / lasted), "watch_clocks_per_cpu_s": round(due / took)})
    )


def _worked(process: int) -> float:
    """Return the seconds of the processor that ``process`` has used."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
