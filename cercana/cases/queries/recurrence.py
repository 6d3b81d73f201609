"""The earlier cases about the same matter: same category, and the same citizen or a place within 150 metres (M5.1b)."""

import uuid
from datetime import datetime
from typing import Any

from django.db import connection

from cercana.rules.near_places import Spot
from cercana.rules.recurrence import LOOKED_BACK, EarlierCase

# Of a matter told so often, more would say nothing new.
_MOST = 50
# Written out, since it is asked at every registration: to build it would take longer than to answer it. Each way walks
# one index (cases_by_citizen, cases_text_street) and stops early.
_EARLIER = """
    WITH own AS (
        SELECT id FROM cases_case
        WHERE citizen_id = %(citizen)s AND category_id = %(category)s AND received_at >= %(since)s
        ORDER BY received_at DESC LIMIT %(most)s
    ), near AS (
        SELECT told.case_id AS id FROM cases_casetext told JOIN cases_case at_it ON at_it.id = told.case_id
        WHERE told.street = %(street)s AND told.street <> '' AND told.told_at >= %(since)s
          AND (told.metre BETWEEN %(from_metre)s AND %(to_metre)s
               OR told.metre IS NULL AND %(from_metre)s::integer IS NULL)
          AND at_it.category_id = %(category)s
        ORDER BY told.told_at DESC LIMIT %(most)s
    )
    SELECT
        EXISTS (
            SELECT 1 FROM cases_clock promise
            WHERE promise.case_id = earlier.id AND promise.kind IN ('first_response', 'resolution')
              AND promise.status <> 'void'
              AND (promise.breached_at IS NOT NULL
                   OR promise.ended_at IS NULL AND promise.status <> 'suspended'
                      AND CASE WHEN promise.inclusive THEN promise.due_at < %(now)s ELSE promise.due_at <= %(now)s END)
        ),
        earlier.answered_at IS NULL AND earlier.stage <> 'closed',
        earlier.reopened_count > 0
    FROM cases_case earlier
    WHERE earlier.id IN (SELECT id FROM own UNION SELECT id FROM near) AND earlier.outcome <> 'withdrawn'
      AND NOT earlier.is_drill
"""


def earlier_cases(*, category: str, citizen: uuid.UUID, spot: Spot | None, now: datetime) -> list[EarlierCase]:
    """
    Return what became of the cases of the last sixty days about the same matter, whoever may see them.

    What the citizen withdrew does not count.
    """
    from_metre, to_metre = (spot.nearby if spot else None) or (None, None)
    asked: dict[str, Any] = {
        "category": category,
        "citizen": citizen,
        "street": spot.street if spot else "",
        "from_metre": from_metre,
        "to_metre": to_metre,
        "since": now - LOOKED_BACK,
        "now": now,
        "most": _MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, asked)
        return [EarlierCase(*row) for row in cursor.fetchall()]
