"""How long somebody waits who keeps trying, and what is more than usual: counted in the cache that all nodes share."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection, transaction

_FREE_TRIES = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_REMEMBERED = timedelta(days=1)
# Somebody who tries many numbers; a family or an office behind one address does not get there.
_FREE_TRIES_OF_ADDRESS = 40
# Many drafts full of files from one place are no longer a citizen's.
_FREE_UPLOADS = 300
# A family, or a module with a shared computer, registers less in an hour; a person far less in a day.
_USUAL_OF_ADDRESS, _HOUR = 20, timedelta(hours=1)
_USUAL_OF_DOCUMENT, _DAY = 5, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Tries:
    """How often it was tried, and until when the next try waits or the count holds."""

    count: int
    waits_until: datetime


def wait_before_try(number: str, address: str, now: datetime) -> timedelta:
    """
    Return how long whoever asks from ``address`` still has to wait before trying ``number``; zero counts as a try.

    The wait doubles from half a minute up to an hour. ``forgive`` after a success begins anew.
    """
    return max(_try(_key(f"{number} {address}"), _FREE_TRIES, now), _try(_key(address), _FREE_TRIES_OF_ADDRESS, now))


def wait_before_upload(address: str, now: datetime) -> timedelta:
    """Return how long whoever uploads from ``address`` before sending a case still has to wait; zero counts as one."""
    return _try(_key(f"upload {address}"), _FREE_UPLOADS, now)


def is_beyond_usual(address: str, document: str, now: datetime) -> bool:
    """Count a registration, and tell whether ``address`` or ``document`` (may be "") has had more than is usual."""
    beyond = _count(_key(f"registration {address}"), _HOUR, now) > _USUAL_OF_ADDRESS
    if document:
        beyond |= _count(_key(f"registration of {document}"), _DAY, now) > _USUAL_OF_DOCUMENT
    return beyond


def forgive(number: str, address: str) -> None:
    """Forget the tries of ``number`` from ``address``: they ended well."""
    cache.delete(_key(f"{number} {address}"))


@transaction.atomic
def _count(key: str, span: timedelta, now: datetime) -> int:
    """Return how often ``key`` was counted in its current span of time, this time included."""
    _take_turn(key)
    known: _Tries | None = cache.get(key)
    if known is None or now >= known.waits_until:
        known = _Tries(0, now + span)
    counted = _Tries(known.count + 1, known.waits_until)
    cache.set(key, counted, timeout=(counted.waits_until - now).total_seconds())
    return counted.count


def _take_turn(key: str) -> None:
    """Have two tries at once wait for each other, so that none is left uncounted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])


@transaction.atomic
def _try(key: str, free: int, now: datetime) -> timedelta:
    _take_turn(key)
    known: _Tries = cache.get(key) or _Tries(0, now)
    if now < known.waits_until:
        return known.waits_until - now
    count = known.count + 1
    beyond = count - free
    wait = min(_FIRST_WAIT * 2 ** min(beyond, 16), _LONGEST_WAIT) if beyond >= 0 else timedelta()
    cache.set(key, _Tries(count, now + wait), timeout=_REMEMBERED.total_seconds())
    return timedelta()


def _key(what: str) -> str:
    return f"portal.tries.{hashlib.sha256(what.encode()).hexdigest()}"
