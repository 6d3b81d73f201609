"""«Mis avisos»: by what ways alarms find a person beside mail and screen; an administrator sees to those of others."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cercana.accounts import queries as accounts
from cercana.critical import commands, queries
from cercana.desk.alert_lines import alert_lines
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell, whole_number


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def alerts(request: StaffRequest) -> HttpResponse:
    """Show the targets of a person's alarms, or add, try and remove one; to a page that waits, the list alone."""
    person = _person(request)
    if request.method == "POST":
        _change(request, person)
        return redirect(_address(request, person))
    lines = alert_lines(queries.targets_of(person), request.now)
    is_waiting = any(line.is_waiting for line in lines)
    context = {"lines": lines, "is_waiting": is_waiting, "address": _address(request, person)}
    if is_fragment(request):
        return render(request, "desk/_alerts.html", context)
    others = accounts.names_of(accounts.active_staff(request.now)) if accounts.may_configure(request.user) else {}
    context |= {
        "is_own": person == request.actor.staff_id,
        "name": accounts.names_of([person]).get(person, ""),
        "mail": accounts.addresses_of([person]).get(person, ""),
        "person": person,
        "others": sorted(others.items(), key=lambda other: other[1]),
        "public_key": queries.public_key(),
        "shell": shell(request),
    }
    return render(request, "desk/alerts.html", context)


@require_GET
@for_staff
def push_worker(request: StaffRequest) -> HttpResponse:
    """Return the script that shows pushes, which may see the desk and nothing else."""
    found = finders.find("cercana/push_worker.js")
    if not isinstance(found, str):
        raise Http404
    with Path(found).open("rb") as script:
        # Its own folder would be the widest scope that a browser grants without this.
        allowed = {"Service-Worker-Allowed": reverse("desk:queue")}
        return HttpResponse(script.read(), content_type="text/javascript", headers=allowed)


def _person(request: StaffRequest) -> int:
    """Return whose targets are meant: one's own, or for an administrator those of somebody else."""
    own = request.actor.staff_id or 0
    typed = request.POST.get("persona") or request.GET.get("persona") or ""
    named = whole_number(typed) if typed else own
    if named == own:
        return own
    if named is None or not accounts.may_configure(request.user) or accounts.active_user(named) is None:
        raise Http404
    return named


def _address(request: StaffRequest, person: int) -> str:
    own = person == request.actor.staff_id
    return reverse("desk:alerts") + ("" if own else f"?persona={person}")


def _change(request: StaffRequest, person: int) -> None:
    typed, now = request.POST, request.now
    target = whole_number(typed.get("destino", "")) or 0
    match typed.get("paso"):
        # Only who sits before a device may subscribe it, and only for themselves.
        case "equipo" if person == request.actor.staff_id:
            given = [typed.get(name, "") for name in ("endpoint", "p256dh", "auth")]
            found = commands.read_subscription(*given)
            commands.add_phone(person=person, subscription=found, label=typed.get("nombre", "")[:40], now=now)
        case "servicio":
            label = typed.get("nombre", "")
            commands.add_service(person=person, address=typed.get("direccion", ""), label=label, now=now)
        case "probar":
            commands.ask_for_trial(person=person, target_pk=target, now=now)
        case "quitar":
            commands.remove_target(person=person, target_pk=target)
        case _:
            raise Http404
