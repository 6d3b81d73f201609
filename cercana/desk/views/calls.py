"""Calls at the desk: one's extension, the call at hand, and those of which nobody said what came of them (M2.3b)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cercana.cases import queries as cases
from cercana.channels.phone import commands, queries
from cercana.channels.phone.errors import CallGone, CallsClosed
from cercana.desk.act_fields import other_case
from cercana.desk.begun_attentions import ATTENTION, drafts_of
from cercana.desk.caller_panel import caller_panel
from cercana.desk.intake_call import call_at_hand
from cercana.desk.requests import StaffRequest, for_staff, key_in, shell
from cercana.rules import entitlements
from cercana.rules.attended_calls import NO_CASE_LABELS, length_words
from cercana.rules.lifecycle import STAGE_LABELS


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def calls(request: StaffRequest) -> HttpResponse:
    """Show the calls that are one's own to settle, or do what was pressed."""
    if request.method == "POST":
        return _press(request)
    unsettled, settled = queries.attended_calls(request.actor, now=request.now)
    context = {
        "extension": queries.extension_of(request.actor),
        "unsettled": unsettled,
        "settled": settled,
        "sees_all": queries.may_see_all(request.actor),
        "reasons": NO_CASE_LABELS,
        "length": length_words,
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, "desk/calls.html", context)


@require_GET
@for_staff
def bar(request: StaffRequest) -> HttpResponse:
    """Show how the call of a page goes on, to a page that asks again and again; empty if somebody else has it."""
    if not entitlements.may_attend_calls(request.actor).allowed:
        raise CallsClosed
    call = call_at_hand(request, key_in(request.GET.get("llamada", "")))
    version = f'"{call.state}.{len(call.numbers)}.{call.no_case}"' if call else '"-"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == version:
        return HttpResponseNotModified(headers={"ETag": version})
    context = {"call": call, "reasons": NO_CASE_LABELS, "length": length_words, "now": request.now}
    response = render(request, "desk/_call_bar.html", context)
    response.headers["ETag"] = version
    return response


@require_POST
@for_staff
def callers_cases(request: StaffRequest) -> HttpResponse:
    """Show the cases of the person chosen in the form, masked or not, after trying what they said."""
    if not entitlements.may_attend_calls(request.actor).allowed:
        raise CallsClosed
    return render(
        request, "desk/_call_cases.html", {"panel": caller_panel(request), "stages": STAGE_LABELS, "now": request.now}
    )


def _press(request: StaffRequest) -> HttpResponse:
    step = "unir" if "unir" in request.POST else request.POST.get("paso", "")
    actor, now = request.actor, request.now
    match step:
        case "anexo":
            commands.set_extension(number=request.POST.get("anexo", ""), actor=actor)
        case "nueva":
            return _attend(commands.begin_call(caller=request.POST.get("numero", ""), actor=actor, now=now))
        case "abrir":
            commands.open_call(key=_key(request), actor=actor, now=now)
            return _attend(_key(request))
        case "terminar":
            commands.end_call(key=_key(request), actor=actor, now=now)
            return _attend(_key(request))
        case "explicar":
            commands.explain_call(key=_key(request), reason=request.POST.get("por_que", ""), actor=actor, now=now)
            messages.success(request, "Anotado. La llamada ya no espera un caso.", extra_tags=_drafts(request))
        case "unir":
            return _link(request)
        case _:
            raise Http404
    return redirect("desk:calls")


def _attend(key: uuid.UUID) -> HttpResponse:
    return redirect(f"{reverse('desk:intake')}?llamada={key}")


def _link(request: StaffRequest) -> HttpResponse:
    """Note that the call is about the case whose number was pressed or typed; lead to it if it is theirs to open."""
    number = other_case(request, "unir" if request.POST.get("unir") else "numero")
    said = request.POST.get("description", "")
    commands.link_case(key=_key(request), number=number, said=said, actor=request.actor, now=request.now)
    messages.success(request, f"La llamada quedó en el caso {number}.", extra_tags=_drafts(request))
    if cases.is_visible(request.actor, number):
        return redirect("desk:case", number=number)
    return redirect("desk:calls")


def _key(request: StaffRequest) -> uuid.UUID:
    key = key_in(request.POST.get("llamada", "")) or key_in(request.POST.get("call", ""))
    if key is None:
        raise CallGone
    return key


def _drafts(request: StaffRequest) -> str:
    """Return the names of the texts that the browser keeps of the form from which it was pressed."""
    return drafts_of(ATTENTION, request.POST.get("client_key", ""))
