"""Who may call: anybody may read, at a pace; whoever reports brings a token of the API as their key."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cercana.api.callers import ApiRequest, Caller, caller_of
from cercana.api.errors import CallsTooMany, MethodRefused, TokenMissing
from cercana.api.limits import Allowance
from cercana.api.open311.errors import JurisdictionUnknown
from cercana.api.scopes import Scope
from cercana.database import counting
from cercana.database.counting import Portion
from cercana.database.throttle import place_of
from cercana.organization import queries as organization

View: TypeAlias = Callable[..., HttpResponse]
# A map that shows every report of a month asks for a few pages, not for two a second all day.
_READS_A_MINUTE = 120
_READS = counting.Allowance(_READS_A_MINUTE, timedelta(minutes=1) / _READS_A_MINUTE)


def door(read: View, report: View | None = None) -> View:
    """Return what answers an address: GET with ``read``, POST with ``report`` for whoever brings a key."""
    views = {"GET": read, "HEAD": read} | ({"POST": report} if report else {})

    @csrf_exempt
    @login_not_required
    def opened(request: HttpRequest, **given: object) -> HttpResponse:
        if request.method not in views:
            raise MethodRefused(method=request.method, allow=", ".join(views))
        call = cast("ApiRequest", request)
        call.now = timezone.now()
        if request.method == "POST":
            call.caller = _caller(call)
        else:
            _let_read(call)
        _check_jurisdiction(call)
        return views[request.method](call, **given)

    return opened


def argument(request: HttpRequest, name: str) -> str:
    """Return an argument of the body or, if it is not there, of the address; "" if it is in neither."""
    return (request.POST.get(name) or request.GET.get(name) or "").strip()


def jurisdictions() -> frozenset[str]:
    """Return by which names this municipality may be asked for: the host of the site, and the prefix of its cases."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    return frozenset({host.lower(), organization.municipality().prefix.lower()})


def _check_jurisdiction(request: HttpRequest) -> None:
    asked = argument(request, "jurisdiction_id")
    if asked and asked.lower() not in jurisdictions():
        raise JurisdictionUnknown(jurisdiction=asked)


def _let_read(request: ApiRequest) -> None:
    """Count a reading: of the client if it brings its key, otherwise of the place it comes from."""
    if argument(request, "api_key"):
        _caller(request)
    else:
        request.allowance = _allowance_of(str(request.META.get("REMOTE_ADDR", "")), request.now)
        if request.allowance.is_spent:
            raise CallsTooMany(retry_after=request.allowance.refills_in)


def _allowance_of(address: str, now: datetime) -> Allowance:
    portion = Portion(f"open311 {place_of(address)}", _READS)
    if wait := counting.take([portion], now):
        return Allowance(_READS_A_MINUTE, 0, math.ceil(wait.total_seconds()), is_spent=True)
    used = portion.used_until(now) - now
    left = _READS_A_MINUTE - math.ceil(used / _READS.refill)
    return Allowance(_READS_A_MINUTE, max(left, 0), max(1, math.ceil(used.total_seconds())))


def _caller(request: ApiRequest) -> Caller:
    """Return who calls; the argument «api_key» stands for the header in which a token comes otherwise."""
    key = argument(request, "api_key")
    head = f"Bearer {key}" if key else request.headers.get("Authorization", "")
    if not head:
        raise TokenMissing
    signed = HttpRequest()
    signed.META["HTTP_AUTHORIZATION"] = head
    try:
        return caller_of(signed, Scope.OPEN311, request.now)
    finally:
        # Refusals tell what is left, too.
        if (allowance := getattr(signed, "allowance", None)) is not None:
            request.allowance = allowance
