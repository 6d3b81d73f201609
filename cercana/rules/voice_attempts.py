"""
When a critical case has been asked about often enough: three attempts by voice, two hours apart, within a day.

Then its supervisor may agree to close it without the yes, counted apart. Source: domain.md, Critical protocol (M6.1a).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cercana.rules.classification import Means

BY_VOICE = frozenset({Means.PHONE, Means.COUNTER})
_APART = timedelta(hours=2)
_WITHIN = timedelta(hours=24)
_NEEDED = 3


def are_enough(attempts: Sequence[datetime]) -> bool:
    """Tell whether ``attempts`` by voice, oldest first, hold three that are two hours apart and within 24 hours."""
    return any(_counted_from(attempts[start:]) >= _NEEDED for start in range(len(attempts)))


def _counted_from(attempts: Sequence[datetime]) -> int:
    """Return how many of ``attempts`` count with the first: each two hours after the one counted before it."""
    first = last = attempts[0]
    counted = 1
    for attempt in attempts[1:]:
        if attempt - last >= _APART and attempt - first <= _WITHIN:
            counted, last = counted + 1, attempt
    return counted
