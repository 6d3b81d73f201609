"""The kiosk of a waiting room: what for, preferential or not, with a document or without, and the ticket."""

import re
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from cercana.channels.counter import commands, queries
from cercana.channels.counter.commands import Wish
from cercana.channels.counter.errors import RoomClosed
from cercana.database import counting
from cercana.database.counting import Allowance, Portion
from cercana.portal.turn_words import GROUPS, INTERPRETED, KIOSK_LANGUAGES, TOPICS, place_words, wait_words
from cercana.portal.views.turns_room import device_for
from cercana.rules.turns import PreferentialGroup, Topic
from cercana.ui.qr import qr_svg

_NOBODY = "ninguno"
_DOCUMENT = re.compile(r"[0-9A-Za-z]{6,15}")
# A busy hall in the morning; a child who plays with the screen gets no further.
_TURNS_OF_KIOSK = Allowance(40, timedelta(seconds=10))


@dataclass(frozen=True, slots=True)
class _Pressed:
    """What was pressed so far; None and "" stand for what was not asked yet."""

    key: uuid.UUID
    language: str
    topic: Topic | None
    group: str
    document: str

    @property
    def step(self) -> str:
        """What is asked next."""
        if self.topic is None:
            return "tema"
        return "documento" if self.group else "grupo"

    @property
    def is_document_readable(self) -> bool:
        """Whether what was typed can be a document, if anything was."""
        return not self.document or _DOCUMENT.fullmatch(self.document) is not None

    def wish(self) -> Wish:
        """Return what is asked for, once everything was pressed."""
        group = None if self.group == _NOBODY else PreferentialGroup(self.group)
        return Wish(self.key, self.topic or Topic.INQUIRY, group, self.language, self.document)


@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, site: str) -> HttpResponse:
    """Ask one thing after the other, and give out the turn."""
    device = device_for(request, queries.DeviceKind.KIOSK, site)
    now, pressed = timezone.now(), _pressed(request)
    is_asked = "tomar" in request.POST and pressed.step == "documento"
    is_busy = False
    if is_asked and pressed.is_document_readable:
        # Said on the page itself: a kiosk that shows a refusal would never find back.
        is_busy = counting.take([Portion(f"turns of {device.key}", _TURNS_OF_KIOSK)], now) > timedelta()
        with suppress(RoomClosed):
            if not is_busy:
                turn = commands.give_turn(pressed.wish(), site=device.room_id, now=now)
                return redirect("turns:ticket", site=site, key=turn.key)
    shown = {
        "room": device.room,
        "pressed": pressed,
        "is_open": queries.is_open_room(device.room, now),
        "topics": TOPICS,
        "groups": GROUPS,
        "nobody": _NOBODY,
        "languages": KIOSK_LANGUAGES,
        "interpreted": INTERPRETED.get(pressed.language, ""),
        "is_refused": is_asked and not pressed.is_document_readable,
        "is_busy": is_busy,
        "now": now,
    }
    with translation.override(_page_language(pressed.language)):
        return render(request, "portal/turns/kiosk.html", shown, status=429 if is_busy else 200)


@require_safe
def ticket(request: HttpRequest, site: str, key: uuid.UUID) -> HttpResponse:
    """Show the turn, print it where no printer does, and go back to the beginning."""
    device = device_for(request, queries.DeviceKind.KIOSK, site)
    turn = queries.followed(key, timezone.now())
    with translation.override(_page_language(turn.language)):
        label = translation.gettext("Código QR para seguir tu turno en el celular")
        shown = {
            "room": device.room,
            "turn": turn,
            "place": place_words(turn),
            "wait": wait_words(turn.expected),
            "qr": qr_svg(queries.follow_link(key), label),
            "interpreted": INTERPRETED.get(turn.language, ""),
        }
        return render(request, "portal/turns/ticket.html", shown)


def _pressed(request: HttpRequest) -> _Pressed:
    given = request.POST
    topic, group, language = given.get("tema", ""), given.get("grupo", ""), given.get("idioma", "")
    key = uuid.uuid4()
    with suppress(ValueError):
        key = uuid.UUID(given.get("clave", ""))
    return _Pressed(
        key=key,
        language=language if language in KIOSK_LANGUAGES else "es",
        topic=Topic(topic) if topic in set(Topic) else None,
        group=group if group == _NOBODY or group in set(PreferentialGroup) else "",
        document="".join(given.get("documento", "").split()),
    )


def _page_language(chosen: str) -> str:
    return "en" if chosen == "en" else "es"
