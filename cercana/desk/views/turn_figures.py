"""How turns went: waits, attentions and abandoned turns by hour, for who supervises or analyses."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cercana.channels.counter import queries
from cercana.desk.requests import StaffRequest, for_staff, shell, whole_number
from cercana.desk.turn_words import GROUPS

_PERIODS = {1: "Hoy", 7: "Últimos 7 días", 30: "Últimos 30 días"}


@require_safe
@for_staff
def figures(request: StaffRequest) -> HttpResponse:
    """Show the figures of a room, or of all of them, over some days."""
    days = whole_number(request.GET.get("dias", "")) or 7
    days = days if days in _PERIODS else 7
    found = queries.room_figures(request.actor, site=request.GET.get("sala", ""), days=days, now=request.now)
    busiest = max((each.taken for each in found.hours.values()), default=1)
    context = {"found": found, "periods": _PERIODS, "groups": GROUPS, "busiest": busiest, "shell": shell(request)}
    return render(request, "desk/turn_figures.html", context)
