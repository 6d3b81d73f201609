"""«Necesito apoyo»: what to say and do when a conversation turns abusive, and the supervisor called by one key."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell, whole_number
from cercana.rules.classification import Channel
from cercana.workplace import commands, queries


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def support(request: StaffRequest) -> HttpResponse:
    """Show the help, call the supervisor, or note what happened; a page in progress stays as it is behind it."""
    fields = request.POST if request.method == "POST" else request.GET
    place = fields.get("channel", fields.get("donde", ""))
    step = request.POST.get("paso", "")
    if step == "llamar":
        commands.call_supervisor(actor=request.actor, place=place, now=request.now)
    elif step == "anotar":
        hurt, said = (request.POST.get(name, "") for name in ("a_quien", "que"))
        commands.note_incident(actor=request.actor, hurt=hurt, said=said, place=place, now=request.now)
    if step and not is_fragment(request):
        return redirect("desk:support")
    context = {
        "limits": queries.words_of_limit(Channel.COUNTER if place == Channel.COUNTER else Channel.PHONE),
        "nearest": queries.nearest_help(request.actor, request.now),
        "call": queries.latest_call(request.actor, request.now),
        "is_noted": step == "anotar",
        "where": place,
    }
    if "estado" in request.GET:
        return render(request, "desk/_support_state.html", context)
    if is_fragment(request):
        return render(request, "desk/_support.html", context)
    return render(request, "desk/support.html", {**context, "shell": shell(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def incidents(request: StaffRequest) -> HttpResponse:
    """Show a supervisor who needed help and what happened, or record that they go."""
    found = queries.calls_of(request.actor, request.now)
    if request.method == "POST":
        commands.go_to(id_=whole_number(request.POST.get("va", "")) or 0, actor=request.actor, now=request.now)
        return redirect("desk:incidents")
    areas = request.institution.area_names
    context = {"calls": found, "areas": areas, "now": request.now, "shell": shell(request)}
    return render(request, "desk/incidents.html", context)
