"""The dates in what somebody is writing to a citizen, offered as promises."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cercana.cases import queries
from cercana.desk.promise_offers import offers_of
from cercana.desk.requests import StaffRequest, for_staff
from cercana.rules.acts import Act


@require_POST
@for_staff
def offers(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Return the dates to tick for what stands in the form of ``verb``; nothing is kept."""
    queries.case_for(request.actor, Act.PROMISE, number=number)
    context = {"offers": offers_of(request, verb), "ticked": request.POST.getlist("promise")}
    return render(request, "desk/_promise_offers.html", context)
