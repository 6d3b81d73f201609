"""Turns at the desk: the window, who is called, and what is done by one key each; figures and devices beside it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cercana.channels.counter import commands, queries
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell, whole_number
from cercana.desk.turn_words import LANGUAGES, POSTURE, TOPICS
from cercana.ui.qr import qr_svg

_NOBODY_WAITS = "Nadie espera. Puede seguir atento: la lista se actualiza sola."


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def turns(request: StaffRequest) -> HttpResponse:
    """Show the turns before one's window, or do what was pressed."""
    if request.method == "POST":
        return _press(request)
    room = queries.attended_room(request.actor)
    version = f'"{room.version if room else 0}.{request.now:%H%M}"'
    if is_fragment(request) and request.headers.get("If-None-Match", "").removeprefix("W/") == version:
        return HttpResponseNotModified(headers={"ETag": version})
    desk = queries.desk_of(request.actor, request.now)
    context = {"desk": desk, "topics": TOPICS, "languages": LANGUAGES, "version": version, "now": request.now}
    if is_fragment(request):
        response = render(request, "desk/_turns.html", context)
    else:
        context |= {"shell": shell(request), "posture": POSTURE}
        response = render(request, "desk/turns.html", context)
    response.headers["ETag"] = version
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def print_receipt(request: StaffRequest, number: str) -> HttpResponse:
    """Print the receipt of a case registered just now: on the printer of the room, or from the browser."""
    if request.method == "POST":
        commands.order_receipt(number=number, actor=request.actor, now=request.now)
        messages.success(request, "La constancia va a la impresora de la sala.")
        return redirect(f"{reverse('desk:intake')}?registrado={number}")
    slip = queries.case_slip(request.actor, number, now=request.now)
    code = qr_svg(slip.link, slip.link_note)
    return render(request, "desk/receipt_slip.html", {"slip": slip, "qr": code})


def _press(request: StaffRequest) -> HttpResponse:
    actor, now = request.actor, request.now
    match request.POST.get("paso", ""):
        case "sentarse":
            commands.sit_at(window=_number(request, "ventanilla"), actor=actor, now=now)
        case "liberar":
            commands.free_window(window=_number(request, "ventanilla"), actor=actor, now=now)
        case "levantarse":
            commands.stand_up(actor=actor, now=now)
        case "siguiente":
            if commands.call_next(actor=actor, now=now) is None:
                messages.info(request, _NOBODY_WAITS)
        case "otra-vez":
            commands.call_again(actor=actor, now=now)
        case "ausente":
            commands.mark_absent(actor=actor, now=now)
        case "terminar":
            commands.end_turn(actor=actor, now=now)
        case "pasar":
            window = _number(request, "ventanilla") or None
            commands.pass_on(window=window, note=request.POST.get("nota", ""), actor=actor, now=now)
        case "abrir":
            commands.answer_wait(site=request.POST.get("sala", ""), actor=actor, now=now)
        case "volvio":
            commands.bring_back(turn=_number(request, "turno"), actor=actor, now=now)
        case _:
            raise Http404
    return redirect("desk:turns")


def _number(request: StaffRequest, name: str) -> int:
    return whole_number(request.POST.get(name, "")) or 0
