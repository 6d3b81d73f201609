"""What is done to several cases of the queue at once: referred, taken back, assigned."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cercana.accounts import queries as accounts
from cercana.cases import commands, queries
from cercana.cases.commands import BulkResult
from cercana.desk.errors import NothingChosen
from cercana.desk.requests import CAN_BE_UNDONE, StaffRequest, for_staff, is_fragment, shell, whole_number
from cercana.rules.promises import to_lima


@require_GET
@for_staff
def refer_form(request: StaffRequest) -> HttpResponse:
    """Ask to which area the chosen cases go; the area that all their categories propose comes first."""
    chosen = _chosen(request)
    proposed = {case.proposed_area for case in chosen}
    context = {
        "chosen": chosen,
        "areas": request.institution.areas,
        "proposed": proposed.pop() if len(proposed) == 1 else "",
        "query": request.GET.get("consulta", ""),
    }
    return _form(request, "refer", context)


@require_GET
@for_staff
def assign_form(request: StaffRequest) -> HttpResponse:
    """Ask who is to own the chosen cases, among those who work in their areas."""
    chosen = _chosen(request)
    day = to_lima(request.now).date()
    areas = dict(sorted({case.area: case.area_name for case in chosen}.items(), key=lambda area: area[1]))
    members = {name: accounts.members_of(code, day) for code, name in areas.items()}
    return _form(request, "assign", {"chosen": chosen, "members": members, "query": request.GET.get("consulta", "")})


@require_POST
@for_staff
def refer_many(request: StaffRequest) -> HttpResponse:
    """Hand the chosen cases to an area, each on its own; those refused are named with the reason."""
    result = commands.refer_many(
        numbers=request.POST.getlist("caso"),
        area=request.POST.get("area", ""),
        reason=request.POST.get("motivo", ""),
        actor=request.actor,
        now=request.now,
    )
    undoing = " ".join((CAN_BE_UNDONE, *result.done)) if result.done else ""
    return _done(request, result, "Derivado: {} caso.", "Derivados: {} casos.", undoing)


@require_POST
@for_staff
def undo_many(request: StaffRequest) -> HttpResponse:
    """Take back the referrals just made; those that somebody took meanwhile stay."""
    result = commands.undo_referrals(numbers=request.POST.getlist("caso"), actor=request.actor, now=request.now)
    return _done(request, result, "Derivación deshecha: {} caso.", "Derivaciones deshechas: {} casos.")


@require_POST
@for_staff
def assign_many(request: StaffRequest) -> HttpResponse:
    """Give the chosen cases to one person, each on its own."""
    result = commands.assign_many(
        numbers=request.POST.getlist("caso"),
        owner=whole_number(request.POST.get("responsable", "")) or 0,
        actor=request.actor,
        now=request.now,
    )
    return _done(request, result, "Asignado: {} caso.", "Asignados: {} casos.")


def _chosen(request: StaffRequest) -> list[queries.ChosenCase]:
    chosen = queries.chosen_cases(request.actor, request.GET.getlist("caso"))
    if not chosen:
        raise NothingChosen
    return chosen


def _form(request: StaffRequest, name: str, context: Mapping[str, object]) -> HttpResponse:
    if is_fragment(request):
        return render(request, f"desk/_{name}_many.html", context)
    frame = {"form": name, "shell": shell(request)}
    return render(request, "desk/bulk.html", {**context, **frame})


def _done(request: StaffRequest, result: BulkResult, one: str, many: str, undoing: str = "") -> HttpResponse:
    total = len(result.done)
    if total:
        messages.success(request, (one if total == 1 else many).format(total), extra_tags=undoing)
    for number, refusal in result.refused:
        messages.warning(request, f"{number}: {refusal}")
    address = f"{reverse('desk:queue')}?{request.POST.get('consulta', '')}"
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
