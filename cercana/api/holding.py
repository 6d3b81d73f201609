"""Whoever holds a case by its number and code, through a client of the institution."""

from datetime import datetime, timedelta
from typing import Annotated

from django.conf import settings
from ninja import Header

from cercana.api.callers import ApiRequest
from cercana.api.errors import CodeRefused, TriesTooMany
from cercana.cases import queries
from cercana.database import throttle
from cercana.rules.access import Actor, ActorKind

CaseCode = Annotated[
    str,
    Header(
        alias="Case-Code",
        description="El código de seguimiento que recibió la persona.",
        # No blank at either end: HTTP takes it off.
        pattern=r"^[0-9A-Za-z-][0-9A-Za-z -]{2,38}[0-9A-Za-z-]$",
        examples=["7KQM-4T2P"],
    ),
]


def holder_of(request: ApiRequest, number: str, code: str) -> Actor:
    """
    Return the citizen of the case; a wrong code and an unknown number are refused alike, after the same work.

    Raise CodeRefused, or TriesTooMany if too many codes were tried.
    """
    # Not by the client as a whole: one person who guesses must not lock out all others who use the same app.
    place = f"api {request.caller.client_id} {number}"
    check_wait(throttle.wait_before_try(number, place, request.now))
    entrance = queries.entrance_by_code(number, code, secret=settings.SECRET_KEY.encode())
    if entrance is None:
        raise CodeRefused
    throttle.forgive(number, place, request.now)
    return Actor(ActorKind.CITIZEN, case_key=str(entrance.key))


def check_decision(number: str, now: datetime) -> None:
    """Count a decision of a citizen; raise TriesTooMany if they decided too often."""
    check_wait(throttle.wait_before_decision(number, now))


def check_message(request: ApiRequest, number: str, files: int) -> None:
    """Count a message with so many files; raise TriesTooMany if there were too many."""
    place = f"api {request.caller.client_id} {number}"
    check_wait(throttle.wait_before_message(number, place, files, request.now))


def check_wait(wait: timedelta) -> None:
    """Raise TriesTooMany if there is something to wait for."""
    if wait > timedelta():
        raise TriesTooMany(retry_after=int(wait.total_seconds()) + 1)
