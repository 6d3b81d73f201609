"""What the staff does to a case: every verb has one small form and one command."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cercana.cases import queries
from cercana.desk import labels
from cercana.desk.act_choices import choices
from cercana.desk.act_forms import FORMS
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell


@require_http_methods(["GET", "POST"])
@for_staff
def act(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Show the form of a verb, or do it: the case is shown again with what was said; refusals keep the text."""
    chosen = FORMS.get(verb)
    if chosen is None:
        raise Http404
    if request.method == "GET":
        case = queries.case_for(request.actor, chosen.act, number=number)
        context = {
            "case": case,
            "verb": verb,
            "form": chosen,
            "choices": choices(chosen, request, case),
            "labels": labels,
            "shell": shell(request, critical=0, unanswered=0),
        }
        return render(request, "desk/_act.html" if is_fragment(request) else "desk/act.html", context)
    chosen.command(request, number)
    messages.success(request, chosen.said)
    address = reverse("desk:case", kwargs={"number": number})
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
