"""What waits in a table to be tried again, found when its job was lost."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

_Row = TypeVar("_Row", bound=Model)


def requeue_late(late: QuerySet[_Row], queue: Callable[[_Row], object], *, now: datetime, most: int) -> int:
    """
    Queue ``most`` of the rows again whose ``next_attempt_at`` has passed, whatever became of its job; return how many.

    Of two who look at once, one queues a row: what the other holds is passed over.
    """
    with transaction.atomic():
        rows = list(late.select_for_update(skip_locked=True)[:most])
        late.filter(pk__in=[row.pk for row in rows]).update(next_attempt_at=now)
        for row in rows:
            queue(row)
    return len(rows)
