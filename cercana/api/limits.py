"""How many calls a client may make: one row in the database that every node counts in, and the header fields for it."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

_MINUTE = timedelta(minutes=1)
_SECONDS = 60

# The whole allowance may be used at once, and refills evenly (a leaky bucket, kept as the instant it is empty again).
_COUNT = """
UPDATE api_client SET used_until = greatest(used_until, %(now)s) + %(one)s * interval '1 second'
WHERE id = %(client)s AND greatest(used_until, %(now)s) + %(one)s * interval '1 second' <= %(now)s + interval '1 minute'
RETURNING used_until
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a client: so many of ``calls`` a minute, all of them again in ``refills_in`` seconds."""

    calls: int
    left: int
    refills_in: int
    is_spent: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """The header fields that tell a client (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"client";q={self.calls};w={_SECONDS}',
            "RateLimit": f'"client";r={self.left};t={self.refills_in}',
        }


def count_call(client: int, calls: int, now: datetime) -> Allowance:
    """Count a call of ``client``, who may make so many ``calls`` a minute, and return what is left."""
    one = _MINUTE / calls
    with transaction.atomic(), connection.cursor() as cursor:
        # A counter that a crash of the machine sets back by a moment is no loss.
        cursor.execute("SET LOCAL synchronous_commit TO off")
        cursor.execute(_COUNT, {"client": client, "now": now, "one": one.total_seconds()})
        row = cursor.fetchone()
    if row is None:
        return Allowance(calls, 0, max(1, math.ceil(one.total_seconds())), is_spent=True)
    used = row[0] - now
    return Allowance(calls, int((_MINUTE - used) / one), max(1, math.ceil(used.total_seconds())))
