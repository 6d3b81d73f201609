"""Prints how long triage takes for a message, and asking for earlier cases about the same matter."""

import json
import statistics
import sys
import time

from cercana.command_line.database import set_up_django
from tools.triage.corpus import read_messages

_LETTERS = 1000
_MESSAGES = 300
_ASKED = 400


def main() -> None:
    """Write JSON with ``triage_ms`` (processor, 1,000 letters) and ``recurrence_p99_ms`` to standard output."""
    set_up_django()
    sys.stdout.write(json.dumps({"triage_ms": _triage_ms(), **_recurrence_ms()}))


def _triage_ms() -> float:
    from cercana.rules.triage.assessment import assess

    long = [(each.text * 4)[:_LETTERS] for each in read_messages() if len(each.text) > _LETTERS // 4][:_MESSAGES]
    assess(long[0])
    began = time.process_time()
    for text in long:
        assess(text)
    return round((time.process_time() - began) / len(long) * 1000, 2)


def _recurrence_ms() -> dict[str, float]:
    """Ask about the newest cases that have a place, as registering the same again would."""
    from django.utils import timezone

    from cercana.cases.models import Case
    from cercana.cases.queries.recurrence import earlier_cases
    from cercana.rules.near_places import spot_of

    rows = Case.objects.exclude(text__place="").order_by("-pk").values_list("category", "citizen", "text__place")
    asked, now = list(rows[:_ASKED]), timezone.now()
    took = []
    for category, citizen, place in asked:
        began = time.perf_counter()
        earlier_cases(category=category, citizen=citizen, spot=spot_of(place), now=now)
        took.append((time.perf_counter() - began) * 1000)
    if not took:
        return {"recurrence_p50_ms": 0.0, "recurrence_p99_ms": 0.0}
    return {
        "recurrence_p50_ms": round(statistics.median(took), 2),
        "recurrence_p99_ms": round(statistics.quantiles(took, n=100)[-1], 2),
    }


if __name__ == "__main__":
    main()
