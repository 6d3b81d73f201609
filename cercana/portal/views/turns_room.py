"""The public pages of a waiting room: its screen, the page of one's own turn, and the link of a device."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from cercana.channels.counter import commands, queries
from cercana.channels.counter.errors import TooManyQuestions
from cercana.database import counting
from cercana.database.counting import Allowance, Portion
from cercana.database.throttle import place_of
from cercana.portal.turn_words import average_words, place_words, wait_words
from cercana.rules.promises import to_lima

_COOKIE = "cercana_equipo"
_COOKIE_AGE = timedelta(days=400)
# A phone asks every ten seconds; a family behind one address follows several turns.
_QUESTIONS_OF_PLACE = Allowance(300, timedelta(seconds=1))


def device_for(request: HttpRequest, kind: queries.DeviceKind, site: str) -> queries.Device:
    """Return the device that asks; raise DeviceUnknown if it is not linked to this room as such."""
    return queries.linked_device(request.COOKIES.get(_COOKIE, ""), kind, site)


@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Make this browser the kiosk or the screen that an administrator named, and lead it to its page."""
    device = queries.device_of(token)
    response = redirect(
        "turns:kiosk" if device.kind == queries.DeviceKind.KIOSK else "turns:screen", site=device.room_id
    )
    response.set_cookie(
        _COOKIE,
        token,
        max_age=_COOKIE_AGE,
        path="/turnos/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def screen(request: HttpRequest, site: str) -> HttpResponse:
    """Show who is called where and who comes next; to a screen that asks again, only what changed."""
    device = device_for(request, queries.DeviceKind.SCREEN, site)
    now = timezone.now()
    # Waits change with the minute even when nothing happens.
    version = f'"{device.room.version}.{now:%H%M}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == version:
        return HttpResponseNotModified(headers={"ETag": version})
    board = queries.board_of(device.room, now)
    with translation.override("es"):
        shown = {
            "room": device.room,
            "board": board,
            "wait": average_words(board.wait),
            "preferential_wait": average_words(board.preferential_wait),
            "version": version,
            "now": to_lima(now),
        }
        is_part = request.headers.get("HX-Request") == "true"
        response = render(request, "portal/turns/_screen.html" if is_part else "portal/turns/screen.html", shown)
    response.headers["ETag"] = version
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show whoever holds the QR code of a turn where it stands, or give the turn up for them."""
    now = timezone.now()
    if counting.take([Portion(f"turn questions {place_of(request.META['REMOTE_ADDR'])}", _QUESTIONS_OF_PLACE)], now):
        raise TooManyQuestions
    if request.method == "POST":
        commands.leave_turn(key=key, now=now)
        return redirect("turns:follow", key=key)
    turn = queries.followed(key, now)
    version = f'"{turn.version}.{now:%H%M}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == version:
        return HttpResponseNotModified(headers={"ETag": version})
    with translation.override("en" if turn.language == "en" else "es"):
        shown = {"turn": turn, "place": place_words(turn), "wait": wait_words(turn.expected), "version": version}
        is_part = request.headers.get("HX-Request") == "true"
        response = render(request, "portal/turns/_follow.html" if is_part else "portal/turns/follow.html", shown)
    response.headers["ETag"] = version
    response.headers["Cache-Control"] = "no-store"
    return response
