"""Exercises of the critical protocol: begun here, and what came of each."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cercana.cases import commands, queries
from cercana.desk.requests import StaffRequest, for_staff, shell
from cercana.rules.errors import DomainError
from cercana.rules.time_words import length_words


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def drills(request: StaffRequest) -> HttpResponse:
    """Show the exercises and the form of a new one, or begin it; what is refused keeps what was typed."""
    found = queries.drills_of(request.actor)
    given = {name: request.POST.get(name, "") for name in ("category", "story", "place")}
    refusal = None
    if request.method == "POST":
        try:
            case = commands.start_drill(**given, actor=request.actor, now=request.now)
        except DomainError as error:
            refusal = error
        else:
            return redirect("desk:case", number=case.number)
    queries.record_list(request.actor, [each.number for each in found], what="simulacros", now=request.now)
    context = {
        "drills": found,
        "given": given,
        "refusal": str(refusal) if refusal else "",
        "categories": queries.drill_categories(request.actor),
        "length_words": length_words,
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, "desk/drills.html", context, status=refusal.status if refusal else 200)
