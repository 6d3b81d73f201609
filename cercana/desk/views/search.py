"""Finding cases from anywhere. What is typed may name a person, so it travels in the body and never in an address."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cercana.cases.queries import search_cases
from cercana.desk.act_forms import VERBS, caller_words
from cercana.desk.palette import palette_actions
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell, whole_number
from cercana.desk.search_lines import found_lines

_MOST_IN_PALETTE = 6
_PAGE_SIZE = 30


@require_http_methods(["GET", "POST"])
@for_staff
def search(request: StaffRequest) -> HttpResponse:
    """
    Show the cases that fit what was typed; a whole number leads to its case.

    If the actor may not look at it but may write down what its citizen says on the telephone, it leads there.
    """
    typed = request.POST.get("q", "")
    page = search_cases(request.actor, typed, now=request.now, size=_size(request))
    if page.is_number and not is_fragment(request):
        return redirect("desk:case", number=page.hits[0].number)
    if page.heard and not is_fragment(request):
        return redirect("desk:act", number=page.heard, verb=VERBS[page.words[0]])
    context = {
        "typed": typed,
        "page": page,
        "words": caller_words(page.words),
        "more": len(page.hits) + _PAGE_SIZE,
        "lines": found_lines(page.hits, request.now, request.institution.calendar),
        "now": request.now,
    }
    if is_fragment(request):
        return render(request, "desk/_search.html", context)
    context["shell"] = shell(request)
    return render(request, "desk/search.html", context)


@require_POST
@for_staff
def palette(request: StaffRequest) -> HttpResponse:
    """Offer what can be done from here and the first cases that fit what was typed."""
    typed = request.POST.get("q", "")
    page = search_cases(request.actor, typed, now=request.now, size=_MOST_IN_PALETTE)
    context = {
        "typed": typed,
        "actions": palette_actions(typed, request.actor),
        "lines": found_lines(page.hits, request.now, request.institution.calendar),
        "has_more": page.has_more,
        "heard": page.heard,
        "words": caller_words(page.words),
        "now": request.now,
    }
    return render(request, "desk/_palette.html", context)


def _size(request: StaffRequest) -> int:
    """Return how many cases were asked for: one page, or that and some more."""
    return whole_number(request.POST.get("cuantos", "")) or _PAGE_SIZE
