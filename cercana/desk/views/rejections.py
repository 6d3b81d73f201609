"""What was found not critical since the last working day, for those who supervise who said so."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cercana.cases import queries
from cercana.desk import labels
from cercana.desk.requests import StaffRequest, for_staff, shell
from cercana.rules.critical_states import listed_since


@require_safe
@for_staff
def rejections(request: StaffRequest) -> HttpResponse:
    """Show the rejections of today, and of the days before it that were no working days; the look is recorded."""
    since = listed_since(request.now, request.institution.calendar)
    found = queries.rejections_since(request.actor, since)
    queries.record_list(request.actor, [each.number for each in found], what="rejections", now=request.now)
    context = {
        "rejections": found,
        "since": since,
        "labels": labels,
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, "desk/rejections.html", context)
