"""Calling back whoever called and spoke with nobody: the list, one key for each act, and how calls went by hour."""

import uuid
from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cercana.channels.phone import commands, queries
from cercana.conversation.queries import sends_texts
from cercana.desk.act_fields import other_case
from cercana.desk.callback_words import LIST_PARTS, OUTCOMES, WAYS
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, key_in, shell, whole_number
from cercana.desk.versions import digest
from cercana.rules.callbacks import MOST_ATTEMPTS, Outcome, PreferredWay
from cercana.rules.promises import LIMA, Due, to_lima
from cercana.rules.time_words import time_left

_PERIODS = {1: "Hoy", 7: "Últimos 7 días", 30: "Últimos 30 días"}
_NOBODY_NOW = "Por ahora no hay a quién llamar. La lista se actualiza sola."
_NOTED = {
    Outcome.NO_ANSWER: "Anotado: no contestó. Vuelve a la lista dentro de dos horas.",
    Outcome.BUSY: "Anotado: ocupado. Vuelve a la lista dentro de diez minutos.",
    Outcome.SPOKE: "Anotado: habló. Ahora registre el caso, únalo a uno o diga por qué no hace falta.",
    Outcome.WRONG_NUMBER: "Anotado: número equivocado. Busque otra vía o diga por qué no hace falta un caso.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def callbacks(request: StaffRequest) -> HttpResponse:
    """Show who waits to be called back, or do what was pressed."""
    if request.method == "POST":
        return _press(request)
    found = queries.call_back_list(request.actor, sends_texts=sends_texts(), now=request.now)
    version = f'"{digest(repr(found), f"{request.now:%H%M}")}"'
    if is_fragment(request) and request.headers.get("If-None-Match", "").removeprefix("W/") == version:
        return HttpResponseNotModified(headers={"ETag": version})
    mine, calendar = found.mine, request.institution.calendar
    everybody = [*found.lines, *([mine] if mine else [])]
    context = {
        "found": found,
        "parts": LIST_PARTS,
        "outcomes": OUTCOMES,
        "ways": WAYS,
        "most": MOST_ATTEMPTS,
        "lefts": {each.key: time_left(Due(each.until, inclusive=True), request.now, calendar) for each in everybody},
        "preferred": f"{to_lima(mine.preferred_at):%Y-%m-%dT%H:%M}" if mine and mine.preferred_at else "",
        "version": version,
        "now": request.now,
    }
    if is_fragment(request):
        response = render(request, "desk/_callbacks.html", context)
    else:
        response = render(request, "desk/callbacks.html", context | {"shell": shell(request)})
    response.headers["ETag"] = version
    return response


@require_safe
@for_staff
def figures(request: StaffRequest) -> HttpResponse:
    """Show how calls went over some days, by the hour at which they rang."""
    days = whole_number(request.GET.get("dias", "")) or 7
    found = queries.call_days(request.actor, days=days if days in _PERIODS else 7, now=request.now)
    busiest = max((each.calls for each in found.hours.values()), default=1)
    context = {"found": found, "periods": _PERIODS, "busiest": busiest, "shell": shell(request)}
    return render(request, "desk/callback_figures.html", context)


def _press(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, request.now
    match request.POST.get("paso", ""):
        case "siguiente":
            if commands.take_next(actor=actor, now=now) is None:
                messages.info(request, _NOBODY_NOW)
        case "tomar":
            commands.take_up(key=_key(request), actor=actor, now=now)
        case "devolver":
            commands.put_back(actor=actor, now=now)
        case "anotar":
            _note(request)
        case "deshacer":
            commands.undo_attempt(key=_key(request), actor=actor, now=now)
        case "prefiere":
            way = _way(request)
            commands.prefer(key=_key(request), preferred_at=_moment(request), way=way, actor=actor, now=now)
            messages.success(request, "Anotado cómo y cuándo prefiere.")
        case "unir":
            _join(request)
        case "sin-caso":
            reason = request.POST.get("por_que", "")
            commands.dismiss_caller(key=_key(request), reason=reason, actor=actor, now=now)
            messages.success(request, "Queda sin caso, con su motivo. Puede recuperarlo en «Por registrar».")
        case _:
            raise Http404
    return redirect("desk:callbacks")


def _note(request: StaffRequest) -> None:
    with suppress(ValueError):
        outcome = Outcome(request.POST.get("resultado", ""))
        commands.note_attempt(key=_key(request), outcome=outcome, actor=request.actor, now=request.now)
        messages.success(request, _NOTED[outcome])
        return
    raise Http404


def _join(request: StaffRequest) -> None:
    number = other_case(request, "numero")
    commands.join_caller(key=_key(request), number=number, actor=request.actor, now=request.now)
    messages.success(request, f"Quedó en el caso {number}.")


def _key(request: StaffRequest) -> uuid.UUID:
    key = key_in(request.POST.get("llamada", ""))
    if key is None:
        raise Http404
    return key


def _way(request: StaffRequest) -> PreferredWay | None:
    typed = request.POST.get("via", "")
    return PreferredWay(typed) if typed in set(PreferredWay) else None


def _moment(request: StaffRequest) -> datetime | None:
    """Return the hour typed, as people in Lima mean it; None if none was typed that can be read."""
    with suppress(ValueError):
        return datetime.fromisoformat(request.POST.get("hora", "")).replace(tzinfo=LIMA)
    return None
