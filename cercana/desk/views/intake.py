"""Attending somebody by telephone or at the counter: one page from the first words to the number read aloud."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cercana.cases import commands
from cercana.cases.errors import CaseNotFound, MergeRefused, RegistrationRefused
from cercana.cases.queries import receipt_of, record_people_search
from cercana.channels.counter import queries as counter
from cercana.citizens import queries as citizens
from cercana.conversation import commands as conversation
from cercana.conversation.queries import sends_texts
from cercana.desk import labels
from cercana.desk.begun_attentions import ATTENTION, drafts_of, key_to_begin
from cercana.desk.caller_panel import caller_panel
from cercana.desk.contact_lines import contact_in, fields_of
from cercana.desk.intake_call import call_at_hand, fields_of_call, link_call
from cercana.desk.intake_files import files_of, forget_file, take_files
from cercana.desk.intake_forms import DOCUMENTS, INQUIRY, LANGUAGES, LONGEST_TEXT, NOTICES, IntakeForm
from cercana.desk.intake_guide import MOMENTS, MOODS, go_on, used_steps
from cercana.desk.intake_offer import offer_of
from cercana.desk.intake_preview import preview_of
from cercana.desk.intake_turn import fields_of_turn, link_turn
from cercana.desk.intake_words import promise_words, spoken_code, spoken_number
from cercana.desk.requests import StaffRequest, for_staff, key_in, shell
from cercana.desk.triage_panel import suggestion_for
from cercana.rules import entitlements
from cercana.rules.attended_calls import NO_CASE_LABELS, length_words
from cercana.rules.classification import Channel, CriticalState
from cercana.rules.lifecycle import STAGE_LABELS, StageRefused
from cercana.rules.promises import to_lima
from cercana.rules.unregistered import REACHED_BY_LABELS

_CHANNELS_BY_WORD = {"telefono": Channel.PHONE, "ventanilla": Channel.COUNTER, "counter": Channel.COUNTER}
_PERSON_UNKNOWN = "Esa persona ya no está registrada. Búsquela otra vez."


@require_http_methods(["GET", "POST"])
@for_staff
def intake(request: StaffRequest) -> HttpResponse:
    """
    Show the form, take one of its steps without script, or register what it holds.

    After registering the browser is sent to the words to read aloud, so that loading again registers nothing.
    """
    if not entitlements.may_register(request.actor).allowed:
        raise RegistrationRefused
    if request.method == "GET":
        number = request.GET.get("registrado", "")
        return _registered(request, number) if number else _page(request, _form(request, _blank(request)))
    form = _form(request, _given(request))
    refused = _take_files(request, form)
    if refused or any(step in request.POST for step in ("paso", "aceptar", "use_category", "quitar", "guia")):
        return _page(request, form, refused=refused)
    if form.is_valid() and form.cleaned_data["person"] and _known(form) is None:
        form.add_error("person", _PERSON_UNKNOWN)
    if not form.is_valid():
        return _page(request, form, shows_errors=True)
    files = [file.key for file in files_of(request.actor, form.key)]
    number = _register(request, form, replace(form.to_reception(), attachments=files, guide=used_steps(form)))
    link_turn(request, number)
    link_call(request, number, form_key=form.key)
    if form.cleaned_data["merge_into"]:
        _merge(request, number, form.cleaned_data["merge_into"])
    same_call = f"&llamada={form.value('call')}" if form.cleaned_data["call"] else ""
    return redirect(registered_address(number, form.value("client_key")) + same_call)


def _register(request: StaffRequest, form: IntakeForm, reception: commands.Reception) -> str:
    """Register the case, of somebody who waits for one if the form is theirs; return its number."""
    contact = form.cleaned_data["contact"]
    if contact is not None:
        return conversation.register_contact(key=contact, reception=reception, actor=request.actor, now=request.now)
    return commands.register_case(reception, actor=request.actor, now=request.now).number


@require_POST
@for_staff
def people(request: StaffRequest) -> HttpResponse:
    """List who may be meant by what is being typed; that somebody looked is recorded."""
    if not entitlements.may_register(request.actor).allowed:
        raise RegistrationRefused
    return render(request, "desk/_people.html", _people(request, _form(request, _given(request))))


@require_POST
@for_staff
def triage(request: StaffRequest) -> HttpResponse:
    """Say what triage makes of the words that are being typed."""
    if not entitlements.may_register(request.actor).allowed:
        raise RegistrationRefused
    suggestion = suggestion_for(_form(request, _given(request)))
    return render(request, "desk/_intake_triage.html", {"suggestion": suggestion, "labels": labels})


@require_POST
@for_staff
def similar(request: StaffRequest) -> HttpResponse:
    """Bring what stands beside the form up to date: proposals, promise, cases that may be the same, what to say."""
    if not entitlements.may_register(request.actor).allowed:
        raise RegistrationRefused
    form = _form(request, _given(request))
    preview = preview_of(form, request.actor, request.now, request.institution.parents)
    context = {
        "form": form,
        "preview": preview,
        "suggestion": preview.suggestion,
        "guide": preview.guide,
        "swaps": True,
        "chooses": "use_category" in request.POST or "aceptar" in request.POST,
        **_words(form),
    }
    return render(request, "desk/_similar.html", context)


def registered_address(number: str, key: str) -> str:
    """Return where the words to read aloud after registering stand; what the browser kept under ``key`` goes."""
    return f"{reverse('desk:intake')}?registrado={number}&enviado={key}"


def _blank(request: StaffRequest) -> QueryDict:
    """
    Return the fields of a form that begins: its key is its own, so that sending it twice gives one case.

    Of somebody who waits for a case, what they said of themselves stands there.
    """
    fields = QueryDict(mutable=True)
    channel = _CHANNELS_BY_WORD.get(request.GET.get("canal", ""), Channel.PHONE)
    key = key_to_begin(request.GET.get("sigue", ""))
    fields.update({"client_key": key, "channel": channel.value, "language": "es"})
    for name, value in (fields_of_turn(request) or fields_of_call(request)).items():
        fields[name] = value
    if "contacto" in request.GET and (contact := contact_in(request.actor, request.GET["contacto"])) is not None:
        fields.update(fields_of(contact))
    return fields


def _given(request: StaffRequest) -> QueryDict:
    """Return what was typed, with the proposed motive that was pressed."""
    fields = request.POST.copy()
    if chosen := fields.get("use_category"):
        fields["category"] = chosen
    go_on(fields)
    return fields


def _form(request: StaffRequest, fields: QueryDict) -> IntakeForm:
    form = IntakeForm(
        fields,
        offer=offer_of(to_lima(request.now).date()),
        now=request.now,
        may_slow=entitlements.may_register_slower(request.actor).allowed,
    )
    if "aceptar" in fields and (suggestion := suggestion_for(form)) is not None:
        for name, value in suggestion.changes.items():
            fields[name] = value
    motive = form.offer.categories.get(fields.get("use_category", ""))
    if motive is not None and motive.default_kind == INQUIRY and not fields.get("type"):
        fields["type"] = INQUIRY
    return form


def _known(form: IntakeForm) -> citizens.Profile | None:
    """Return the person chosen, or None if there is none or they were erased while the page was open."""
    form.is_valid()
    try:
        known = citizens.profile(form.cleaned_data["person"]) if form.cleaned_data.get("person") else None
    except ObjectDoesNotExist:
        return None
    return None if known is None or known.is_erased else known


def _merge(request: StaffRequest, number: str, main: str) -> None:
    """Let the new case follow ``main``; if that is refused, the new one stands for itself and the person is served."""
    try:
        commands.merge(absorbed=number, main=main, actor=request.actor, now=request.now)
    except (CaseNotFound, MergeRefused, StageRefused):
        messages.warning(request, f"No se pudo sumar a {main}. El caso quedó registrado aparte.")


def _take_files(request: StaffRequest, form: IntakeForm) -> list[str]:
    """Keep the files that came with the form and forget the one pressed; return why some were refused."""
    if form.key is None:
        return []
    pressed = request.POST.get("quitar", "")
    if pressed:
        forget_file(request.actor, form.key, pressed, now=request.now)
    return take_files(request.actor, form.key, request.FILES.getlist("archivos"), now=request.now)


def _page(
    request: StaffRequest, form: IntakeForm, *, shows_errors: bool = False, refused: Sequence[str] = ()
) -> HttpResponse:
    preview = preview_of(form, request.actor, request.now, request.institution.parents)
    has_asked = request.method == "POST" or form.value("person_query") != ""
    found = _people(request, form) if has_asked else {"people": [], "known": None, "query": ""}
    context = {
        "form": form,
        "preview": preview,
        "suggestion": preview.suggestion,
        "guide": preview.guide,
        "errors": [(name, form.error(name)) for name in form.errors],
        "shows_errors": shows_errors,
        "places": {"person": "person_query"},
        "longest": LONGEST_TEXT,
        "files": files_of(request.actor, form.key) if request.method == "POST" or "sigue" in request.GET else (),
        "refused": refused,
        "contact": contact_in(request.actor, form.value("contact")),
        "call": call_at_hand(request, key_in(form.value("call"))),
        "panel": caller_panel(request) if request.method == "POST" else None,
        "reasons": NO_CASE_LABELS,
        "length": length_words,
        "now": request.now,
        "shell": shell(request),
        **found,
        **_words(form),
        "error": form.error if shows_errors else _no_error,
    }
    return render(request, "desk/intake.html", context, status=422 if shows_errors else 200)


def _people(request: StaffRequest, form: IntakeForm) -> dict[str, object]:
    """Return who was found, and the profile of the one already chosen."""
    query = form.value("person_query").strip()
    found = citizens.find_people(query)
    if found:
        record_people_search(request.actor, now=request.now)
    return {"people": found, "known": _known(form), "query": query, "form": form}


def _words(form: IntakeForm) -> dict[str, object]:
    return {
        "labels": labels,
        "languages": LANGUAGES,
        "documents": DOCUMENTS,
        "notices": NOTICES,
        "inquiry": INQUIRY,
        "offer": form.offer,
        "stages": STAGE_LABELS,
        "moods": MOODS,
        "moments": MOMENTS,
        "ways": REACHED_BY_LABELS,
        "error": _no_error,
    }


def _no_error(_field: str) -> str:
    return ""


def _registered(request: StaffRequest, number: str) -> HttpResponse:
    receipt = receipt_of(request.actor, number, now=request.now)
    context = {
        "receipt": receipt,
        "spoken": spoken_number(receipt.number),
        "spoken_code": spoken_code(receipt.code),
        "promise": promise_words(receipt.promises, is_in_review=receipt.critical_state == CriticalState.PROPOSED),
        "is_call": receipt.channel == Channel.PHONE,
        "sends_texts": sends_texts(),
        "call": call_at_hand(request, key_in(request.GET.get("llamada", ""))),
        "room": counter.attended_room(request.actor) if receipt.channel == Channel.COUNTER else None,
        "drafts": drafts_of(ATTENTION, request.GET.get("enviado", "")),
        "shell": shell(request),
    }
    return render(request, "desk/intake_registered.html", context)
