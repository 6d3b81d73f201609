"""The wall of critical cases: full-screen, live, and never muted (M5.2d)."""

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cercana.accounts import queries as accounts
from cercana.cases import queries
from cercana.critical import commands
from cercana.desk.critical_sheet import ENTRY_COLUMNS, PROTOCOL, critical_sheet
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, whole_number
from cercana.desk.versions import Version, digest, held_version
from cercana.desk.wall_cards import Wall, staff_named, wall_of
from cercana.organization import queries as organization
from cercana.rules.promises import to_lima


@require_GET
@for_staff
def wall(request: StaffRequest) -> HttpResponse:
    """Show every open critical case the viewer may see; to a wall that asks again, only what has changed."""
    held = held_version(request) if is_fragment(request) else None
    # Words such as «hace 4 min» change with the minute even when nothing happens.
    moment, viewer = f"{queries.newest_event()}.{request.now:%H%M}", digest(request.actor.signature)
    if held is not None and (held.moment, held.content) == (moment, viewer):
        return HttpResponseNotModified(headers={"ETag": str(held)})
    shown, numbers = _read(request)
    version = Version(moment, digest(*numbers), viewer)
    if held is None or held.numbers != version.numbers:
        queries.record_list(request.actor, numbers, what="muro", now=request.now)
    template = "desk/_wall.html" if is_fragment(request) else "desk/wall.html"
    context = {"wall": shown, "now": to_lima(request.now), "viewer": request.actor.name, "version": str(version)}
    context |= {"protocol": PROTOCOL, "entry_columns": ENTRY_COLUMNS}
    response = render(request, template, context)
    response.headers["ETag"] = str(version)
    # A wall runs for days: once an hour its session begins anew.
    request.session.modified = request.session.modified or request.now.minute == 0
    return response


@require_POST
@for_staff
def take_charge(request: StaffRequest, number: str) -> HttpResponse:
    """Take charge of the alarm that rings on the wall («me hago cargo»)."""
    alarm = whole_number(request.POST.get("alarma", ""))
    commands.acknowledge(number=number, way="wall", actor=request.actor, now=request.now, alarm=alarm)
    return HttpResponse(status=204) if is_fragment(request) else redirect("wall:wall")


@require_GET
@for_staff
def sheet(request: StaffRequest) -> HttpResponse:
    """Send what the wall shows as a sheet for the hours without a network."""
    cases = queries.wall_cases(request.actor)
    queries.record_list(request.actor, [case.number for case in cases], what="hoja en papel", now=request.now)
    pdf = critical_sheet(cases, organization.municipality(), request.now)
    disposition = {"Content-Disposition": 'attachment; filename="casos-criticos.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=disposition)


def _read(request: StaffRequest) -> tuple[Wall, list[str]]:
    cases = queries.wall_cases(request.actor)
    day = to_lima(request.now).replace(hour=0, minute=0, second=0, microsecond=0)
    record = queries.critical_record(request.actor, month=day.replace(day=1), day=day)
    names = accounts.names_of(staff_named(cases))
    shown = wall_of(cases, record, names, request.now, request.institution.calendar)
    return shown, [case.number for case in cases]
