"""Helping somebody while they wait: registered and closed by one press (M4.1a)."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cercana.cases import commands
from cercana.cases.errors import DangerNotOnTheSpot, NotOnTheSpot, RegistrationRefused
from cercana.desk.begun_attentions import ON_THE_SPOT, drafts_of, key_to_begin
from cercana.desk.intake_call import fields_of_call, link_call
from cercana.desk.intake_turn import fields_of_turn, link_turn
from cercana.desk.on_the_spot_forms import LONGEST_TEXT, MATTERS, SPOKEN_YES, OnTheSpotForm, SpotMotive
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.classification import CaseClass, Channel


@require_http_methods(["GET", "POST"])
@for_staff
def on_the_spot(request: StaffRequest) -> HttpResponse:
    """Show the compact form, the motive its words propose, or register and close what it holds."""
    if not entitlements.may_register(request.actor).allowed:
        raise RegistrationRefused
    if request.method == "GET":
        return _page(request, _form(_blank(request)))
    form = _form(request.POST)
    if is_fragment(request):
        return render(request, "desk/_on_the_spot_motive.html", {"form": form})
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        case = commands.register_and_solve(
            form.to_reception(), form.to_answer(), spoken_yes=SPOKEN_YES, actor=request.actor, now=request.now
        )
    except NotOnTheSpot as refusal:
        form.add_error("description" if isinstance(refusal, DangerNotOnTheSpot) else "category", str(refusal))
        return _page(request, form, status=422)
    link_turn(request, case.number)
    link_call(request, case.number, form_key=form.cleaned_data["client_key"])
    messages.success(request, case.number, extra_tags=drafts_of(ON_THE_SPOT, form.value("client_key")))
    return redirect(f"{reverse('desk:on-the-spot')}?canal={form.cleaned_data['channel']}")


def _blank(request: StaffRequest) -> QueryDict:
    channel = Channel.COUNTER if request.GET.get("canal") == Channel.COUNTER else Channel.PHONE
    fields = QueryDict(mutable=True)
    key = key_to_begin(request.GET.get("sigue", ""))
    fields.update({"client_key": key, "channel": channel.value, "matter": "consulta"})
    carried = fields_of_turn(request) or fields_of_call(request)
    for name in carried.keys() & {"channel", "turn", "call", "call_began", "who"}:
        fields[name] = carried[name]
    return fields


def _form(fields: QueryDict) -> OnTheSpotForm:
    """Return the form with the motives that may be closed at once: none critical, reserved or about the staff."""
    motives = {
        each.code: SpotMotive(each.code, each.name, each.citizen_words, CaseClass(each.class_))
        for each in organization.categories()
        if each.class_ != CaseClass.CRITICAL and not each.is_restricted and not each.is_about_staff
    }
    return OnTheSpotForm(fields, motives=motives)


def _page(request: StaffRequest, form: OnTheSpotForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "shows_errors": status != HttpResponse.status_code,
        "matters": [(code, each.label) for code, each in MATTERS.items()],
        "motives": sorted(form.motives.values(), key=lambda motive: motive.name),
        "longest": LONGEST_TEXT,
        "shell": shell(request),
    }
    return render(request, "desk/on_the_spot.html", context, status=status)
