"""The warnings of the watch for whoever is at the desk: the list, its count, and marking them as read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cercana.cases import commands, queries
from cercana.desk.notice_lines import notice_lines
from cercana.desk.requests import StaffRequest, for_staff, shell, whole_number
from cercana.desk.roster_lines import gap_words
from cercana.desk.views.roster import gaps_soon


@require_GET
@for_staff
def notices(request: StaffRequest) -> HttpResponse:
    """Show what the person has not read; looking marks nothing as read."""
    rows = queries.notices_of(request.actor, now=request.now)
    queries.record_list(request.actor, [row.number for row in rows], what="avisos", now=request.now)
    lines = notice_lines(rows, request.now, request.institution.calendar)
    gaps = [gap_words(each) for each in gaps_soon(request)]
    context = {"lines": lines, "gaps": gaps, "now": request.now, "shell": shell(request)}
    return render(request, "desk/notices.html", context)


@require_GET
@for_staff
def count(request: StaffRequest) -> HttpResponse:
    """Return the counter of the top bar, for pages that stay open."""
    return render(
        request, "desk/_notice_count.html", {"notices": queries.count_notices(request.actor, now=request.now)}
    )


@require_POST
@for_staff
def read(request: StaffRequest) -> HttpResponse:
    """Mark warnings as read: those that were on the page, or one of them."""
    ids = [id_ for id_ in map(whole_number, request.POST.getlist("aviso")) if id_ is not None]
    commands.read_notices(ids=ids, actor=request.actor, now=request.now)
    return redirect("desk:notices")
