"""What every request of the desk carries: who asks, and the one moment at which everything is decided."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from cercana.accounts import queries as accounts
from cercana.cases.queries import Beside, CriticalCounts, critical_counts
from cercana.conversation.queries import waiting_total
from cercana.desk.places import places_of
from cercana.organization.queries import Outline, outline
from cercana.rules.access import Actor, Role
from cercana.rules.entitlements import may_register
from cercana.rules.promises import to_lima
from cercana.ui.shell import Shell

P = ParamSpec("P")
# The tag of a message whose act can be taken back; after it come the numbers.
CAN_BE_UNDONE = "deshacer"
# In digits: below the largest sequence of a case.
_LONGEST_NUMBER = 9


class StaffRequest(HttpRequest):
    """A request of the member of staff ``actor``, judged at ``now`` as the institution is on that day."""

    actor: Actor
    now: datetime
    institution: Outline


def for_staff(
    view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give ``view`` the actor behind the session and the moment of the request; nothing of the desk is stored."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise PermissionDenied
        staff = cast("StaffRequest", request)
        staff.now = timezone.now()
        staff.institution = outline(to_lima(staff.now).date())
        staff.actor = accounts.actor_for(request.user, staff.now, parents=staff.institution.parents)
        response = view(staff, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return asked


def whole_number(typed: str) -> int | None:
    """Return what was typed if it is a number that an id or a sequence can have, else None («²» is a digit, too)."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER
    return int(typed) if is_number else None


def key_in(typed: str) -> uuid.UUID | None:
    """Return the key that was sent, or None if it is none."""
    with suppress(ValueError):
        return uuid.UUID(typed)
    return None


def shell(request: StaffRequest, alarm: CriticalCounts | None = None) -> Shell:
    """Return what the frame of the desk shows; ``alarm`` is asked for unless a page knows it already."""
    if alarm is None:
        alarm = critical_counts(request.actor, now=request.now, beside=counted_beside(request.actor))
    state = "De guardia" if request.actor.on_duty else "Disponible"
    return Shell(
        request.actor.name,
        state,
        request.now,
        alarm.open,
        alarm.unanswered,
        places_of(request.actor, unregistered=alarm.beside),
        may_register(request.actor).allowed,
        alarm.notices,
        request.actor.signature,
    )


def counted_beside(actor: Actor) -> Beside | None:
    """Return what the frame counts along with the cases: who has none yet, for who registers them (M4.1a)."""
    return waiting_total if actor.has(Role.AGENT) else None


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"
