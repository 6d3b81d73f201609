"""The duty roster at the desk: the two weeks to come with their gaps, and for supervisors the ways to change it."""

from datetime import datetime, time, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cercana.accounts import commands, queries
from cercana.accounts.errors import RosterClosed
from cercana.desk.requests import StaffRequest, for_staff, shell
from cercana.desk.roster_forms import WEEKDAYS, AbsenceEndForm, AbsenceForm, EndForm, SwapForm, TurnForm, read
from cercana.desk.roster_lines import duty_days, swaps_offered
from cercana.rules.duty_roster import Gap
from cercana.rules.entitlements import may_edit_roster, may_read_roster
from cercana.rules.promises import LIMA, to_lima

DAYS = 14
SOON = timedelta(hours=48)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def roster(request: StaffRequest) -> HttpResponse:
    """Show the roster of two weeks, or change it."""
    if not may_read_roster(request.actor).allowed:
        raise RosterClosed
    if request.method == "POST":
        _change(request)
        return redirect("desk:roster")
    today = to_lima(request.now).date()
    starts_at = datetime.combine(today, time.min, tzinfo=LIMA)
    ends_at = starts_at + timedelta(days=DAYS)
    stretches = queries.duty_stretches(starts_at, ends_at)
    gaps = queries.duty_gaps(request.now, ends_at)
    people = {each.person for each in stretches} | {each.instead_of or 0 for each in stretches}
    days = duty_days(stretches, gaps, queries.names_of(people), today, DAYS)
    context = {
        "days": days,
        "gaps": len(gaps),
        "soon": len([each for each in gaps if each.starts_at < request.now + SOON]),
        "may_edit": may_edit_roster(request.actor).allowed,
        "offered": swaps_offered(days),
        "officers": queries.duty_officers(today),
        "turns": queries.duty_turns(today),
        "absences": queries.duty_absences(today),
        "changes": queries.duty_changes(),
        "weekdays": WEEKDAYS,
        "today": today,
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, "desk/roster.html", context)


def gaps_soon(request: StaffRequest) -> tuple[Gap, ...]:
    """Return the gaps of the next 48 hours, for whoever can fill them; nothing for anybody else."""
    if not may_edit_roster(request.actor).allowed:
        return ()
    return queries.duty_gaps(request.now, request.now + SOON)


def _change(request: StaffRequest) -> None:
    actor, now = request.actor, request.now
    match request.POST.get("paso"):
        case "turno":
            given = read(TurnForm(request.POST))
            commands.add_turn(
                weekday=given["dia"],
                starts=given["empieza"],
                ends=given["termina"],
                person=given["persona"],
                first=given["desde"],
                actor=actor,
                now=now,
            )
        case "terminar":
            given = read(EndForm(request.POST))
            commands.end_turn(turn=given["turno"], last=given["hasta"], actor=actor, now=now)
        case "cambio":
            given = read(SwapForm(request.POST))
            turn, day = given["turno"]
            commands.swap_turn(turn=turn, day=day, person=given["persona"], actor=actor, now=now)
        case "ausencia":
            given = read(AbsenceForm(request.POST))
            person, first, last = given["persona"], given["desde"], given["hasta"]
            commands.add_absence(person=person, first=first, last=last, actor=actor, now=now)
        case "volver":
            commands.remove_absence(absence=read(AbsenceEndForm(request.POST))["ausencia"], actor=actor)
        case _:
            raise Http404
