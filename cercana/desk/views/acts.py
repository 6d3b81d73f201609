"""What the staff does to a case: every verb has one small form and one command."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cercana.cases import queries
from cercana.desk.act_choices import choices, initial
from cercana.desk.act_fields import ActForm, given, seen
from cercana.desk.act_forms import FORMS, caller_words
from cercana.desk.case_context import case_context
from cercana.desk.phrase_sending import do_with_phrases
from cercana.desk.promise_offers import initial_of
from cercana.desk.requests import CAN_BE_UNDONE, StaffRequest, for_staff, is_fragment, shell
from cercana.desk.second_look import second_look
from cercana.desk.views.writing import asked_twice
from cercana.desk.writing_help import WRITTEN


@require_http_methods(["GET", "POST"])
@for_staff
def act(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """
    Show the form of a verb, or do it: the case is shown again with what was said; refusals keep the text.

    ``pagina`` in the address tells that the form stood on a page of its own, not over the case.
    """
    form = FORMS.get(verb)
    if form is None:
        raise Http404
    if request.method == "GET":
        return _form(request, number, verb, form)
    if look := second_look(request, number, verb, form.act):
        return asked_twice(request, number, verb, look)
    do_with_phrases(request, number, form)
    is_seen = queries.is_visible(request.actor, number)
    if is_fragment(request) and is_seen and "pagina" not in request.GET:
        return _done(request, number, verb, form)
    page = queries.page_of_case(request.actor, number) if is_seen else None
    if verb == "derivar":
        area = given(request, "area")
        text = f"{number} derivado a {request.institution.area_names.get(area, area)}."
        messages.success(request, text, extra_tags=f"{CAN_BE_UNDONE} {number}")
    else:
        messages.success(request, _said(form, page) if page else form.said)
    address = reverse("desk:case", kwargs={"number": number}) if is_seen else reverse("desk:queue")
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _form(request: StaffRequest, number: str, verb: str, form: ActForm) -> HttpResponse:
    case = queries.case_for(request.actor, form.act, number=number)
    context = {
        "case": case,
        "verb": verb,
        "form": form,
        "written": WRITTEN,
        "choices": choices(form, request, case),
        "initial": {**initial(verb, case, request.now), **initial_of(verb, case, request), **request.GET.dict()},
    }
    if is_fragment(request):
        return render(request, "desk/_act.html", {**context, "is_page": False, "is_unseen": False})
    return render(request, "desk/act.html", {**context, **_own_page(request, number, verb)})


def _own_page(request: StaffRequest, number: str, verb: str) -> dict[str, object]:
    """Return what a form shows around it on a page of its own: whoever may not see the case finds no way to it."""
    is_seen = queries.is_visible(request.actor, number)
    words = caller_words(() if is_seen else queries.words_to_take_down(request.actor, number))
    return {
        "shell": shell(request),
        "is_page": True,
        "is_unseen": not is_seen,
        "others": {other: form for other, form in words.items() if other != verb},
    }


def _said(form: ActForm, page: queries.CasePage) -> str:
    return form.said if page.person.can_be_written_to else form.unreached or form.said


def _done(request: StaffRequest, number: str, verb: str, form: ActForm) -> HttpResponse:
    """Draw every part of the page again, close the dialog and forget the drafts of the form."""
    page = queries.page_of_case(request.actor, number)
    response = render(request, "desk/_case_done.html", case_context(request, page, after=seen(request)))
    drafts = " ".join(f"{number}:{verb}:{field.name}" for field in form.fields)
    told = {"said": _said(form, page), "done": number, "draft:clear": {"key": drafts}}
    response.headers["HX-Trigger"] = json.dumps(told)
    return response
