"""How often somebody may try a password: by account from one address, by account, and by address."""

from datetime import timedelta
from math import ceil

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

TOO_MANY = "too_many_login_attempts"

_APP = "cercana.accounts"
# Failures only, in the order in which they are asked: who is refused by the first uses up nothing of the others. An
# address alone cannot shut an account to its owner, who comes from another; many together can, after a hundred tries.
_LIMITS = {
    "password_from_address": "5/10m/key",
    "password_of_account": "100/h/key",
    "password_at_address": "40/10m/key",
}


class Attempt:
    """
    One try to open an account with a password; it counts until it is ``taken_back``.

    ``account`` is the mail address as it was typed: one that nobody has is counted like any other.
    """

    def __init__(self, request: HttpRequest, account: str) -> None:
        self._request = request
        address, name = ratelimit.get_ip(request), account.strip().lower()
        self._keys = {
            "password_from_address": f"{address} {name}",
            "password_of_account": name,
            "password_at_address": address,
        }
        self._usages: list[ratelimit.RateLimitUsage] = []

    def count(self) -> None:
        """Count the try; raise ValidationError, which says how long to wait, if it is one too many."""
        for action, key in self._keys.items():
            usage = ratelimit.consume(self._request, app=_APP, action=action, config=_LIMITS, key=key)
            if usage is None:
                raise too_many(self._wait(action, key))
            self._usages.append(usage)

    def take_back(self) -> None:
        """Count the try no more: it was the right password."""
        for usage in self._usages:
            usage.rollback()

    def forget_all(self) -> None:
        """Forget the failures of the account: its owner has a new password."""
        for action in ("password_from_address", "password_of_account"):
            ratelimit.clear(self._request, app=_APP, action=action, config=_LIMITS, key=self._keys[action])

    def _wait(self, action: str, key: str) -> timedelta:
        (rate,) = ratelimit.get_rates(app=_APP, action=action, config=_LIMITS)
        name = ratelimit.get_cache_key(self._request, app=_APP, action=action, rate=rate, key=key)
        tries: list[float] = cache.get(name) or [timezone.now().timestamp()]
        return timedelta(seconds=tries[-1] + rate.duration - timezone.now().timestamp())


def too_many(wait: timedelta) -> ValidationError:
    """Return the refusal that asks for ``wait``, in whole minutes."""
    minutes = max(1, ceil(wait / timedelta(minutes=1)))
    words = "1 minuto" if minutes == 1 else f"{minutes} minutos"
    return ValidationError(f"Demasiados intentos. Espere {words}.", code=TOO_MANY)
