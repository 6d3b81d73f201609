"""Help beside what somebody writes to a citizen; nothing of the text is kept, and none of it is in an address."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cercana.cases import queries
from cercana.cases.queries import CasePage, situation_of
from cercana.citizens import queries as citizens
from cercana.conversation.queries import preview_letter
from cercana.desk.act_choices import choices
from cercana.desk.act_fields import ActForm, given
from cercana.desk.act_forms import FORMS
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell, whole_number
from cercana.desk.second_look import SecondLook, texts_of
from cercana.desk.writing_help import GOAL, WRITTEN, WritingHelp, help_for
from cercana.rules.history import EventType
from cercana.rules.writing.findings import apply
from cercana.rules.writing.parts import joined

_ALL, _UNDO = "todo", "deshacer"
_BEFORE = "antes-"


@require_POST
@for_staff
def writing(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """
    Return what the assistant says of what stands in the form of ``verb``, beside it or on a page of its own.

    Without scripts ``tomar`` names what is taken: the number of a proposal, all of them, or the text before it.
    """
    if verb not in WRITTEN:
        raise Http404
    form = FORMS[verb]
    queries.case_for(request.actor, form.act, number=number)
    page = queries.page_of_case(request.actor, number)
    before = texts_of(request, verb)
    situation = situation_of(page, request.now, cause=given(request, "cause"))
    help_ = help_for(verb, before, situation)
    texts = _taken(request, help_, given(request, "tomar"))
    context = {
        # Between two keys nothing is taken: what was read once need not be read again.
        "help": help_ if texts == before else help_for(verb, texts, situation),
        "goal": GOAL,
        "verb": verb,
        "case": page.case,
        "form": form,
        "before": before if texts != before and given(request, "tomar") != _UNDO else {},
    }
    if is_fragment(request):
        return render(request, "desk/_writing_help.html", context)
    return _own_page(request, page, form, context | {"initial": {**request.POST.dict(), **texts}})


@require_POST
@for_staff
def preview(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Show what stands in the form of ``verb`` as its citizen will get it, by mail, on their page and by voice."""
    if verb not in WRITTEN:
        raise Http404
    row = queries.case_for(request.actor, FORMS[verb].act, number=number)
    page = queries.page_of_case(request.actor, number)
    texts = texts_of(request, verb)
    said = EventType.ANSWERED if "done" in texts else EventType.WROTE
    person = citizens.profile(row.citizen_id, case=row.key)
    letter = preview_letter(page.state, said, texts, person, request.now)
    context = {"letter": letter, "texts": texts, "case": row, "voice": joined(texts), "may": page.may}
    if is_fragment(request):
        return render(request, "desk/_letter_preview.html", context)
    return render(request, "desk/letter_preview.html", {**context, "shell": shell(request)})


def asked_twice(request: StaffRequest, number: str, verb: str, look: SecondLook) -> HttpResponse:
    """Return the question before something is sent that should not be sent by mistake; the form keeps its texts."""
    context: dict[str, object] = {"look": look, "verb": verb, "form": FORMS[verb]}
    if is_fragment(request):
        return render(request, "desk/_second_look.html", context, status=422)
    page = queries.page_of_case(request.actor, number)
    texts = texts_of(request, verb)
    help_ = help_for(verb, texts, situation_of(page, request.now, cause=given(request, "cause")))
    context |= {"case": page.case, "help": help_, "goal": GOAL, "before": {}}
    initial = {**request.POST.dict(), **texts}
    return _own_page(request, page, FORMS[verb], context | {"initial": initial}, status=422)


def _taken(request: StaffRequest, help_: WritingHelp, asked: str) -> Mapping[str, str]:
    """Return the texts after what was asked for; what cannot be done changes nothing."""
    if asked == _ALL:
        return help_.all_taken
    if asked == _UNDO:
        return {name: request.POST.get(f"{_BEFORE}{name}", text) for name, text in help_.texts.items()}
    number = whole_number(asked)
    for each in help_.takeable:
        if number and each.number == number:
            return {**help_.texts, each.field: apply(help_.texts[each.field], each.finding)}
    return help_.texts


def _own_page(
    request: StaffRequest, page: CasePage, form: ActForm, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    frame = {
        "shell": shell(request),
        "choices": choices(form, request, page.case),
        "is_page": True,
        "written": WRITTEN,
        "is_unseen": False,
        "others": {},
    }
    return render(request, "desk/act.html", {**context, **frame}, status=status)
