"""Registering without connection: one form for everything, which the phone keeps and sends when it can."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cercana.cases import queries
from cercana.cases.commands import LARGEST_FILE, MOST_FILES
from cercana.organization import queries as organization
from cercana.portal import labels
from cercana.portal.carrying import register_carried, state_of
from cercana.portal.catalogue import catalogue
from cercana.portal.district_plan import marking
from cercana.portal.drafting import discard_same, writing_in
from cercana.portal.forms import LONGEST_TEXT
from cercana.portal.holding import for_holder
from cercana.portal.kept_case import kept_case
from cercana.rules.access import Actor
from cercana.rules.promises import to_lima

# 32 random bytes in base64url, made by the phone.
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@require_safe
def one_page(request: HttpRequest) -> HttpResponse:
    """Show the form of everything at once; it holds nothing of anybody, so that a phone may keep it."""
    shown = {
        "tellings": labels.TELLINGS,
        "longest": LONGEST_TEXT,
        "by_area": catalogue().by_area(),
        "when": labels.WHEN,
        "channels": labels.CHANNELS,
        "preferences": labels.PREFERENCES,
        "today": to_lima(timezone.now()).date().isoformat(),
        "most_files": MOST_FILES,
        "largest_file": LARGEST_FILE,
        "emergency": organization.emergency_numbers(),
    }
    return render(request, "portal/one_page.html", shown | marking())


@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest) -> HttpResponse:
    """Give the phone the token with which it may send, or take what it carried and answer with the case."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    secret, now = request.POST.get("clave", ""), timezone.now()
    if not _SECRET.fullmatch(secret):
        return JsonResponse({"faults": []}, status=400)
    carried = register_carried(request, secret, now)
    if not carried.number:
        return JsonResponse({"faults": list(carried.faults)}, status=422)
    discard_same(writing_in(request, now), request.POST.get("relato", ""))
    return JsonResponse(state_of(carried.number, now))


@csrf_exempt
def share(request: HttpRequest) -> HttpResponse:
    """Lead to the form; what another app shared was kept by the phone on its way here, and is not taken."""
    return redirect("portal:one_page")


@require_safe
def on_phone(request: HttpRequest) -> HttpResponse:
    """Show the frame in which a phone shows what it keeps itself."""
    return render(request, "portal/on_phone.html", {})


@require_safe
@for_holder
def for_phone(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Give the phone of the holder what it may keep of the case, to be read without connection."""
    return JsonResponse(kept_case(queries.tracked_case(actor, number=number), timezone.now()))
