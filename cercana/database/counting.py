"""
Counting in the cache that all nodes share: allowances that refill, waits that grow, and counts of a span of time.

Whoever counts takes the turn of what is counted, so that of two at once none is left uncounted.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction

from cercana.database.turns import take_turn

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, and one more each time ``refill`` has passed."""

    most: int
    refill: timedelta


@dataclass(frozen=True, slots=True)
class Portion:
    """``amount`` out of the ``allowance`` of whatever ``of`` names."""

    of: str
    allowance: Allowance
    amount: int = 1

    @property
    def key(self) -> str:
        """Where it is counted."""
        return _key(self.of)

    def used_until(self, now: datetime) -> datetime:
        """Return when all that was taken so far will have been refilled; ``now`` if nothing is missing."""
        known: datetime | None = cache.get(self.key)
        return max(known, now) if known else now


@dataclass(frozen=True, slots=True)
class _Tries:
    """How often it was tried, and until when the next try waits or the count holds."""

    count: int
    waits_until: datetime


@transaction.atomic
def take(portions: Sequence[Portion], now: datetime) -> timedelta:
    """Take all of ``portions`` and return zero, or none of them and return how long until all can be taken."""
    # In one order for everybody, so that two never wait for each other.
    for each in sorted(portions, key=lambda portion: portion.key):
        take_turn(each.key)
    until = [each.used_until(now) + each.amount * each.allowance.refill for each in portions]
    full = [now + each.allowance.most * each.allowance.refill for each in portions]
    wait = max(end - limit for end, limit in zip(until, full, strict=True))
    if wait > timedelta():
        return wait
    for each, end in zip(portions, until, strict=True):
        cache.set(each.key, end, timeout=(end - now).total_seconds())
    return timedelta()


@transaction.atomic
def give_back(portion: Portion, now: datetime) -> None:
    """Undo that ``portion`` was taken."""
    take_turn(portion.key)
    until = portion.used_until(now) - portion.amount * portion.allowance.refill
    cache.set(portion.key, until, timeout=max((until - now).total_seconds(), 0))


def is_spent(portion: Portion, now: datetime) -> bool:
    """Tell whether ``portion`` can not be taken now; nothing is taken."""
    until = portion.used_until(now) + portion.amount * portion.allowance.refill
    return until > now + portion.allowance.most * portion.allowance.refill


@transaction.atomic
def wait_before_try(of: str, free: int, now: datetime) -> timedelta:
    """Return how long the next try of ``of`` waits, twice as long each time beyond ``free``; zero counts as a try."""
    key = _key(of)
    take_turn(key)
    known: _Tries = cache.get(key) or _Tries(0, now)
    if now < known.waits_until:
        return known.waits_until - now
    count = known.count + 1
    beyond = count - free
    wait = min(_FIRST_WAIT * 2 ** min(beyond, 16), _LONGEST_WAIT) if beyond >= 0 else timedelta()
    cache.set(key, _Tries(count, now + wait), timeout=_REMEMBERED.total_seconds())
    return timedelta()


def forget_tries(of: str) -> None:
    """Begin anew with the tries of ``of``."""
    cache.delete(_key(of))


@transaction.atomic
def count(of: str, span: timedelta, now: datetime) -> int:
    """Return how often ``of`` was counted in its current span of time, this time included."""
    key = _key(of)
    take_turn(key)
    known: _Tries | None = cache.get(key)
    if known is None or now >= known.waits_until:
        known = _Tries(0, now + span)
    counted = _Tries(known.count + 1, known.waits_until)
    cache.set(key, counted, timeout=(counted.waits_until - now).total_seconds())
    return counted.count


def _key(what: str) -> str:
    return f"portal.tries.{hashlib.sha256(what.encode()).hexdigest()}"
