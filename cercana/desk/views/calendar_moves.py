"""What a change of the calendar does to open promises: numbers and dues, nothing else of a case, and moving them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cercana.cases import commands
from cercana.desk.calendar_words import proposed_reason
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell
from cercana.organization import queries as organization
from cercana.rules.calendar import calendar_mark

_MOST_SHOWN = 100
_LONGEST_REASON = 200
_REASON_MISSING = "Escriba el motivo. Las personas lo leerán."
_CALENDAR_CHANGED = "El calendario cambió mientras usted miraba. Esta es la lista de ahora: revísela."


@require_http_methods(["GET", "POST"])
@for_staff
def moved_promises(request: StaffRequest) -> HttpResponse:
    """Show which open promises the calendar of today moves, or move them; the list alone while the worker does."""
    if request.method == "GET":
        return _page(request)
    why = request.POST.get("motivo", "").strip()[:_LONGEST_REASON]
    if not why:
        return _page(request, error=_REASON_MISSING)
    if request.POST.get("calendario") != calendar_mark(organization.added_days()):
        return _page(request, why=why, changed=_CALENDAR_CHANGED)
    if commands.order_moved_promises(why=why, actor=request.actor, now=request.now):
        messages.success(request, "Plazos movidos. Las personas reciben el aviso en horario de atención.")
    return redirect("desk:moved-promises")


def _page(request: StaffRequest, *, why: str = "", error: str = "", changed: str = "") -> HttpResponse:
    preview = commands.preview_moved_promises(request.now, actor=request.actor)
    days = organization.added_days()
    context = {
        "promises": preview.promises[:_MOST_SHOWN],
        "total": len(preview.promises),
        "citizens": preview.citizens,
        "earlier": sum(not each.is_later for each in preview.promises),
        "is_moving": commands.is_moving_promises(),
        "why": why or proposed_reason(days, preview.promises, request.GET.get("dia", "")),
        "seen": calendar_mark(days),
        "error": error,
        "changed": changed,
        "longest": _LONGEST_REASON,
        "now": request.now,
    }
    if is_fragment(request):
        return render(request, "desk/_moved_promises.html", context)
    context["shell"] = shell(request)
    status = 422 if error else 409 if changed else 200
    return render(request, "desk/moved_promises.html", context, status=status)
