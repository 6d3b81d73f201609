"""Who holds a case in this browser: a signed cookie of two hours, sent to the pages of that one case only."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from cercana.cases import queries
from cercana.cases.queries import Entrance
from cercana.rules.access import Actor, ActorKind

_COOKIE = "caso"
_SALT = "portal.holding"
# As long as the page may be opened without the code: no longer does a borrowed phone keep it.
SECONDS = 2 * 60 * 60
_P = ParamSpec("_P")


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever proved that a case is theirs; it holds while ``generation`` is that of the case."""

    key: uuid.UUID
    generation: int

    @property
    def actor(self) -> Actor:
        """The citizen of that case."""
        return Actor(ActorKind.CITIZEN, case_key=str(self.key))


def let_in(response: HttpResponse, entrance: Entrance) -> HttpResponse:
    """Give the browser that gets ``response`` the case of ``entrance`` for two hours."""
    response.set_signed_cookie(
        _COOKIE,
        f"{entrance.key} {entrance.generation}",
        salt=_SALT,
        max_age=SECONDS,
        path=_pages_of(entrance.number),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def let_out(response: HttpResponse, number: str) -> HttpResponse:
    """Take the case away from the browser that gets ``response``."""
    response.delete_cookie(_COOKIE, path=_pages_of(number), samesite="Lax")
    return response


def holder_in(request: HttpRequest) -> Holder | None:
    """Return who ``request`` says it is; whoever uses it compares the generation with that of the case."""
    said = request.get_signed_cookie(_COOKIE, default=None, salt=_SALT, max_age=SECONDS)
    if said is None:
        return None
    key, generation = said.split()
    return Holder(uuid.UUID(key), int(generation))


def for_holder(
    view: Callable[Concatenate[HttpRequest, Actor, str, _P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let only the holder of the case ``number`` come to ``view``; others are asked for its code."""

    def guarded(request: HttpRequest, number: str, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        holder = holder_in(request)
        entrance = queries.entrance_by_key(holder.key, holder.generation) if holder else None
        if holder is None or entrance is None or entrance.number != number:
            return ask_for_code(number)
        return view(request, holder.actor, number, *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded


def ask_for_code(number: str) -> HttpResponse:
    """Send whoever does not hold the case to where number and code are asked; so no search engine sees a case."""
    return unlisted(redirect(f"{reverse('portal:find')}?numero={number}"))


def unlisted(response: HttpResponse) -> HttpResponse:
    """Ask search engines not to list the address of ``response``, which is of one case or opens one."""
    response["X-Robots-Tag"] = "noindex"
    return response


def _pages_of(number: str) -> str:
    return reverse("portal:track", kwargs={"number": number})
