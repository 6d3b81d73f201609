"""Reading the warnings of the watch: each member of staff marks their own."""

from collections.abc import Collection
from datetime import datetime

from cercana.cases.models import StaffNotice
from cercana.rules.access import Actor


def read_notices(*, ids: Collection[int], actor: Actor, now: datetime) -> int:
    """Mark those of ``ids`` that were given to ``actor`` as read; return how many were not yet."""
    own = StaffNotice.objects.filter(user=actor.staff_id or 0, pk__in=ids, read_at=None)
    return own.update(read_at=now)
