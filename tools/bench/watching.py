"""
Prints how many due clocks a second the watch works off, each with one warning recorded and told.

Every running clock has given all warnings but the last, and is looked at from a day on which it has broken. Its history
does not know of that, so this is only for a database that is thrown away, and whose histories have been proved.
"""

import json
import sys
import time
from datetime import timedelta

from cercana.command_line.database import set_up_django

_LATER = timedelta(days=60)


def main() -> None:
    """Write JSON with ``watch_clocks_per_s`` to standard output."""
    set_up_django()
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
    began = time.perf_counter()
    watch_promises(now=now)
    sys.stdout.write(json.dumps({"watch_clocks_per_s": round(due / (time.perf_counter() - began))}))


if __name__ == "__main__":
    main()
