"""The work queue: its list, live, and the views people keep."""

from typing import TypedDict

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cercana.cases import queries
from cercana.cases.queries import QueuePage, Selection, View
from cercana.desk.labels import CHANNELS
from cercana.desk.queue_address import PARAMETERS, place_in, query_of, selection_in, usual_view, without
from cercana.desk.queue_lines import grouped
from cercana.desk.queue_words import EMPTY, VIEWS, heading
from cercana.desk.requests import StaffRequest, counted_beside, for_staff, is_fragment, shell
from cercana.desk.versions import Version, digest, held_version
from cercana.organization.queries import Outline
from cercana.rules.access import Role
from cercana.rules.classification import CLASS_LABELS, KIND_LABELS
from cercana.rules.lifecycle import STAGE_LABELS
from cercana.workplace.commands import forget_view, keep_view
from cercana.workplace.queries import KeptView, kept_views

_FILTERS = frozenset(f"filtro-{parameter}" for parameter in PARAMETERS.values())


class Choice(TypedDict):
    """One filter on the page: what may be chosen, and the address without it if it is set."""

    name: str
    label: str
    options: dict[str, str]
    chosen: str
    remove: str


@require_GET
@for_staff
def queue(request: StaffRequest) -> HttpResponse:
    """Show the cases of a view by time left; to a page that asks again, only what has changed."""
    if (filter_ := request.headers.get("HX-Trigger", "")) in _FILTERS:
        # The new page gives the focus back to the filter that was used.
        return _back(request, f"{query_of(selection_in(request.GET, request.actor))}#{filter_}")
    held = held_version(request) if is_fragment(request) else None
    # Words such as «hace 12 min» change with the minute even when nothing happens.
    minute = f"{request.now:%H%M}"
    if held is not None and held.moment == f"{queries.newest_event()}.{minute}":
        return HttpResponseNotModified(headers={"ETag": str(held)})
    selection, place = selection_in(request.GET, request.actor), place_in(request.GET)
    kept = kept_views(request.actor)
    known = {each.key: each.selection for each in kept}
    beside = counted_beside(request.actor)
    page = queries.queue_page(request.actor, selection, now=request.now, after=place, kept=known, beside=beside)
    context = _context(request, selection, page, kept)
    parts = {name: render_to_string(f"desk/_queue_{name}.html", context, request) for name in ("views", "list")}
    version = Version(f"{page.newest_event}.{minute}", digest(*page.numbers), digest(*parts.values()))
    if held is None or held.numbers != version.numbers:
        queries.record_list(request.actor, page.numbers, what=selection.view, now=request.now)
    if held is not None and held.content == version.content:
        return HttpResponseNotModified(headers={"ETag": str(version)})
    template = "desk/_queue.html" if is_fragment(request) else "desk/queue.html"
    address = f"{reverse('desk:queue')}?{query_of(selection, place)}"
    response = render(request, template, {**context, "parts": parts, "version": str(version), "address": address})
    response.headers["ETag"] = str(version)
    return response


def _context(request: StaffRequest, selection: Selection, page: QueuePage, kept: list[KeptView]) -> dict[str, object]:
    following = page.next_place
    groups = grouped(page.rows, request.now, request.institution, goes_on=following is not None)
    return {
        "selection": selection,
        "heading": heading(selection, page, kept),
        "views": [(each, *VIEWS[each], page.totals.get(each.value)) for each in View],
        "kept": [(each, query_of(each.selection), page.totals.get(each.key)) for each in kept],
        "groups": groups,
        "empty": EMPTY[selection.view],
        "choices": _choices(selection, request.institution),
        "is_first": place_in(request.GET) is None,
        "query": query_of(selection),
        "next_query": query_of(selection, following) if following else "",
        "supervises": request.actor.has(Role.SUPERVISOR),
        "is_usual": selection == Selection(usual_view(request.actor)),
        "now": request.now,
        "shell": shell(request, page.alarm),
    }


def _choices(selection: Selection, institution: Outline) -> list[Choice]:
    options: dict[str, tuple[str, dict[str, str]]] = {
        "class_": ("Prioridad", {each.value: text for each, text in CLASS_LABELS.items()}),
        "channel": ("Canal", {each.value: text for each, text in CHANNELS.items()}),
        "area": ("Área", dict(institution.areas)),
        "stage": ("Etapa", {each.value: text for each, text in STAGE_LABELS.items()}),
        "category": ("Motivo", dict(institution.categories)),
        "kind": ("Tipo", {each.value: text for each, text in KIND_LABELS.items()}),
    }
    return [
        Choice(
            name=PARAMETERS[name],
            label=label,
            options=texts,
            chosen=getattr(selection.filters, name),
            remove=query_of(without(selection, name)),
        )
        for name, (label, texts) in options.items()
    ]


@require_POST
@for_staff
def keep(request: StaffRequest) -> HttpResponse:
    """Keep the view with its filters under a name."""
    selection = selection_in(request.POST, request.actor)
    keep_view(name=request.POST.get("nombre", ""), selection=selection, actor=request.actor)
    return _back(request, query_of(selection))


@require_POST
@for_staff
def forget(request: StaffRequest, view_id: int) -> HttpResponse:
    """Forget a view that was kept."""
    forget_view(id_=view_id, actor=request.actor)
    return _back(request, query_of(selection_in(request.POST, request.actor)))


def _back(request: StaffRequest, query: str) -> HttpResponse:
    address = f"{reverse('desk:queue')}?{query}"
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
