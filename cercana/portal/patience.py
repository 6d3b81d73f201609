"""Asking people to wait who try or send too often: the refusal says for how long, in words and in a header."""

import math
from collections.abc import Collection
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import ngettext

from cercana.database import throttle
from cercana.organization import queries as organization
from cercana.portal.errors import TooManyTries, TooMuchSent
from cercana.rules.errors import DomainError
from cercana.ui.contacts import phone

_MINUTE = timedelta(minutes=1)


def check_tries(request: HttpRequest, number: str, now: datetime) -> None:
    """Count a try of ``number``; raise TooManyTries if there were too many from this address."""
    _check(TooManyTries, throttle.wait_before_try(number, address_of(request), now))


def check_uploads(request: HttpRequest, now: datetime) -> None:
    """Count an upload; raise TooMuchSent if there were too many from this address."""
    _check(TooMuchSent, throttle.wait_before_upload(address_of(request), now))


def check_reading(request: HttpRequest, now: datetime) -> None:
    """Count that an unsent text is read; raise TooMuchSent if there were too many from this address."""
    _check(TooMuchSent, throttle.wait_before_reading(address_of(request), now))


def check_message(request: HttpRequest, number: str, files: int, now: datetime) -> None:
    """Count a message with so many files; raise TooMuchSent if this address or this case has had too many."""
    _check(TooMuchSent, throttle.wait_before_message(number, address_of(request), files, now))


def check_decision(number: str, now: datetime) -> None:
    """Count that the citizen closes or reopens a case; raise TooMuchSent if they do so again and again."""
    _check(TooMuchSent, throttle.wait_before_decision(number, now))


def is_beyond_usual(request: HttpRequest, identities: Collection[str], now: datetime) -> bool:
    """Count a registration; tell whether this address, or one of ``identities``, has had more than is usual."""
    return throttle.is_beyond_usual(address_of(request), identities, now)


def address_of(request: HttpRequest) -> str:
    """Return the address of the person, as the proxies we trust say it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _check(refusal: type[DomainError], wait: timedelta) -> None:
    if not wait:
        return
    minutes = math.ceil(wait / _MINUTE)
    raise refusal(
        wait=ngettext("%(n)d minuto", "%(n)d minutos", minutes) % {"n": minutes},
        phone=phone(organization.municipality().phone),
        retry_after=math.ceil(wait.total_seconds()),
    )
