"""How long somebody waits who keeps trying numbers and codes: counted in the cache that all nodes share."""

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


@dataclass(frozen=True, slots=True)
class _Tries:
    """How often it was tried, and until when the next try waits."""

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


def forgive(number: str, address: str) -> None:
    """Forget the tries of ``number`` from ``address``: they ended well."""
    cache.delete(_key(f"{number} {address}"))


@transaction.atomic
def _try(key: str, free: int, now: datetime) -> timedelta:
    with connection.cursor() as cursor:
        # Two tries at once wait for each other here, so that none is left uncounted.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
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
