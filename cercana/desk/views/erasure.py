"""
Erasing a person, step by step: find them, see what is kept and say why, read what will happen, and confirm.

Each step is sent in the body, so that nobody's name, document or key stands in an address.
"""

import uuid
from collections.abc import Mapping
from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cercana.cases import commands
from cercana.cases.commands import Erasure
from cercana.cases.errors import ErasureRefused, ReasonNamesPerson, TextMissing
from cercana.cases.queries import find_people_on_file, people_on_file
from cercana.desk.requests import StaffRequest, for_staff, shell
from cercana.rules import entitlements

_LONGEST_REASON = 200
_MOST_FOUND = 8
_NOBODY_CHOSEN = "Elija al menos una ficha."
_NOT_CHECKED = "Marque la casilla cuando lo haya comprobado."


@require_http_methods(["GET", "POST"])
@for_staff
def erase_person(request: StaffRequest) -> HttpResponse:
    """Show the step that was sent; erase at the last one, and then send the browser to the page that says so."""
    if not entitlements.may_erase_people(request.actor).allowed:
        raise ErasureRefused
    step = request.POST.get("paso", "")
    if step in ("", "buscar"):
        return _find(request)
    keys = _keys(request)
    if not keys:
        return _find(request, error=_NOBODY_CHOSEN)
    if step == "revisar":
        return _review(request, keys)
    reason = request.POST.get("motivo", "").strip()[:_LONGEST_REASON]
    try:
        commands.check_reason(keys, reason)
    except (TextMissing, ReasonNamesPerson) as refusal:
        return _review(request, keys, error=str(refusal))
    if step == "confirmar":
        return _confirm(request, keys)
    if not request.POST.get("comprobado"):
        return _confirm(request, keys, error=_NOT_CHECKED)
    messages.success(request, _told(commands.erase_people(keys, reason=reason, actor=request.actor, now=request.now)))
    return redirect("desk:erased")


@require_GET
@for_staff
def erased(request: StaffRequest) -> HttpResponse:
    """Say what was erased and what is still to do."""
    if not entitlements.may_erase_people(request.actor).allowed:
        raise ErasureRefused
    return _page(request, "erased", {})


def _find(request: StaffRequest, *, error: str = "") -> HttpResponse:
    typed = request.POST.get("q", "")
    people = find_people_on_file(request.actor, typed, now=request.now) if typed else []
    context = {"typed": typed, "people": people, "is_cut": len(people) == _MOST_FOUND}
    return _page(request, "erase_find", context, error=error)


def _review(request: StaffRequest, keys: list[uuid.UUID], *, error: str = "") -> HttpResponse:
    return _page(request, "erase_review", _chosen(request, keys), error=error)


def _confirm(request: StaffRequest, keys: list[uuid.UUID], *, error: str = "") -> HttpResponse:
    return _page(request, "erase_confirm", _chosen(request, keys), error=error)


def _chosen(request: StaffRequest, keys: list[uuid.UUID]) -> dict[str, object]:
    people = people_on_file(request.actor, keys, now=request.now)
    return {
        "people": people,
        "cases": sum(each.cases for each in people),
        "open_cases": sum(each.open_cases for each in people),
        "reason": request.POST.get("motivo", "").strip()[:_LONGEST_REASON],
        "longest": _LONGEST_REASON,
    }


def _keys(request: StaffRequest) -> list[uuid.UUID]:
    """Return the entries chosen, each once; what is no key is nobody's."""
    keys: dict[uuid.UUID, None] = {}
    for text in request.POST.getlist("persona"):
        with suppress(ValueError):
            keys[uuid.UUID(text)] = None
    return list(keys)


def _told(done: Erasure) -> str:
    cases = "1 caso" if done.cases == 1 else f"{done.cases} casos"
    entries = "Se borró 1 ficha" if done.people == 1 else f"Se borraron {done.people} fichas"
    return f"{entries}. De {cases} quedan los hechos, sin nombres ni palabras."


def _page(request: StaffRequest, name: str, context: Mapping[str, object], *, error: str = "") -> HttpResponse:
    frame = {
        "error": error,
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, f"desk/{name}.html", {**context, **frame}, status=422 if error else 200)
