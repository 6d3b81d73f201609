"""The alarms that ring for whoever sits at the desk, asked for every second by every open page."""

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cercana.cases import queries
from cercana.channels.counter import queries as counter
from cercana.channels.phone import queries as phone
from cercana.desk.requests import StaffRequest, for_staff
from cercana.desk.versions import Version, digest, held_version
from cercana.workplace.queries import calls_heard_by

_MOST = 3


@require_GET
@for_staff
def alarms(request: StaffRequest) -> HttpResponse:
    """Return the notice of what rings, empty if nothing does; to a page that has it already, that nothing changed."""
    held = held_version(request)
    # A shift begins or ends at some minute without anything happening.
    calls = calls_heard_by(request.actor, request.now)
    waits = counter.waits_heard_by(request.actor, request.now)
    rings = phone.calls_heard_by(request.actor, request.now)
    called_names = [each.name_of_alarm for each in calls] + [each.name_of_alarm for each in waits]
    ring_names = [each.name_of_notice for each in rings]
    called = digest(*called_names, *ring_names) if called_names or ring_names else ""
    moment = f"{queries.newest_event()}.{request.now:%H%M}.{called}"
    viewer = digest(request.actor.signature)
    if held is not None and (held.moment, held.content) == (moment, viewer):
        return HttpResponseNotModified(headers={"ETag": str(held)})
    found = queries.ringing_alarms(request.actor)
    names = [f"{each.number}:{each.sequence}" for each in found] + called_names
    version = Version(moment, digest(*names, *ring_names), viewer)
    if held is not None and (held.numbers, held.content) == (version.numbers, viewer):
        return HttpResponseNotModified(headers={"ETag": str(version)})
    context = {"alarms": found[:_MOST], "more": max(0, len(found) - _MOST), "calls": calls, "names": " ".join(names)}
    context |= {"waits": waits, "rings": rings}
    response = render(request, "desk/_alarms.html", context)
    response.headers["ETag"] = str(version)
    return response
