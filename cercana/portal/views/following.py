"""The pages of one case for whoever holds it: how it goes, writing, deciding, withdrawing, opening it again."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cercana.cases import commands, queries
from cercana.cases.commands import MOST_FILES
from cercana.cases.errors import AttachmentRefused, CaseNotFound, TextMissing, TextTooLong
from cercana.cases.queries import TrackedCase
from cercana.conversation.queries import promises_of, push_key, title_of
from cercana.feedback import commands as feedback
from cercana.feedback.commands import GivenOpinion
from cercana.feedback.queries import opinion_token
from cercana.organization import queries as organization
from cercana.portal import holding, labels, links
from cercana.portal.drafting import forget_sent
from cercana.portal.errors import TooMuchSent
from cercana.portal.forms import LONGEST_LINE, DecisionForm, MessageForm, PlainForm, PlatformCodeForm, WhyForm, said
from cercana.portal.holding import for_holder
from cercana.portal.incoming import incoming
from cercana.portal.patience import check_decision, check_message
from cercana.portal.tracking_page import closing_words, tracking_page
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import Channel, CriticalState
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from cercana.ui.downloads import download


@require_safe
def track(request: HttpRequest, number: str) -> HttpResponse:
    """Show how a case is going."""
    holder = holding.holder_in(request)
    if holder is None:
        return holding.ask_for_code(number)
    try:
        case = queries.tracked_case(holder.actor, number=number)
    except CaseNotFound:
        return holding.ask_for_code(number)
    if case.generation != holder.generation:
        return holding.ask_for_code(number)
    return _tracking(request, case, MessageForm())


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def write(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """File a message with what came along; what was typed stays if it cannot be taken."""
    if request.method != "POST":
        return redirect("portal:track", number=number)
    form, now = MessageForm(request.POST), timezone.now()
    files = incoming(request.FILES.getlist("archivos"))
    if form.is_valid():
        try:
            check_message(request, number, min(len(files), MOST_FILES), now)
            commands.write_with_files(
                number=number,
                text=form.cleaned_data["mensaje"],
                files=files,
                channel=Channel.APP,
                actor=actor,
                now=now,
            )
            return redirect(f"{_page_of(number)}?enviado=1#mensajes")
        except TooMuchSent as refusal:
            form.add_error("mensaje", said(refusal))
            page = _tracking(request, queries.tracked_case(actor, number=number), form, status=refusal.status)
            page["Retry-After"] = str(refusal.params["retry_after"])
            return page
        except TextMissing:
            form.add_error("mensaje", _("Escribe tu mensaje o adjunta un archivo."))
        except AttachmentRefused as refusal:
            form.add_error("archivos", said(refusal))
        except TextTooLong as refusal:
            form.add_error("mensaje", said(refusal))
    return _tracking(request, queries.tracked_case(actor, number=number), form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def decide(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Show the answer and take the yes or no of the citizen."""
    case = queries.tracked_case(actor, number=number)
    if request.method != "POST":
        if Act.CONFIRM not in case.acts or case.confirmed_at:
            return redirect("portal:track", number=number)
        return _decision(request, case, DecisionForm(initial={"resuelto": request.GET.get("cierre", "")}))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _decision(request, case, form, status=422)
    now = timezone.now()
    check_decision(number, now)
    if form.cleaned_data["resuelto"] == "si":
        _confirm(number, form, actor, now)
        return redirect(f"{_page_of(number)}?gracias=1")
    commands.contest(number=number, why=form.cleaned_data["falta"], actor=actor, now=now)
    return redirect("portal:track", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def withdraw(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Ask whether the case is really no longer wanted, and close it."""
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        check_decision(number, now)
        commands.withdraw(number=number, words=form.cleaned_data["motivo"], actor=actor, now=now)
        return redirect("portal:track", number=number)
    return _question(request, "portal/withdraw.html", actor, number, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def reopen(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Ask what happened again, and begin the case anew."""
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        check_decision(number, now)
        try:
            commands.reopen(number=number, why=form.cleaned_data["motivo"], actor=actor, now=now)
            return redirect("portal:track", number=number)
        except TextMissing:
            form.add_error("motivo", _("Cuéntanos en una línea qué volvió a pasar."))
    return _question(request, "portal/reopen.html", actor, number, form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def change_code(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Make code and links given so far worthless, and show the new code to whoever asked for it."""
    if request.method != "POST":
        return _question(request, "portal/change_code.html", actor, number, WhyForm())
    case = commands.revoke_access(number=number, actor=actor, now=timezone.now())
    shown = {"number": number, "code": links.code_of(case.key, case.access_generation)}
    response = forget_sent(request, render(request, "portal/code_changed.html", shown))
    entrance = queries.entrance_by_number(number)
    return holding.let_in(response, entrance) if entrance else response


@require_http_methods(["GET", "HEAD", "POST"])
@for_holder
def platform_code(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Keep the code that the State's Libro de Reclamaciones gave for the same matter."""
    form, now = PlatformCodeForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        code, day = form.cleaned_data["codigo"], to_lima(now).date()
        commands.record_platform_code(number=number, code=code, day=day, actor=actor, now=now)
        return redirect("portal:track", number=number)
    return _question(request, "portal/platform_code.html", actor, number, form)


@require_safe
@for_holder
def file(request: HttpRequest, actor: Actor, number: str, key: uuid.UUID) -> HttpResponseBase:
    """Give out a file that was looked at."""
    found = queries.file_of(actor, number=number, key=key)
    return download(found.path, found.name, found.content_type)


@transaction.atomic
def _confirm(number: str, form: DecisionForm, actor: Actor, now: datetime) -> None:
    """
    Take the yes with its line, and the opinion if one was given.

    A critical case closes later, so it has no opinion yet; the line stands in the history in any case.
    """
    mark, line = form.cleaned_data["nota"], form.cleaned_data["linea"]
    case = commands.confirm(number=number, words=line, actor=actor, now=now)
    if mark and case.stage == Stage.CLOSED:
        opinion = GivenOpinion(mark, line=line)
        feedback.give_opinion(number=number, opinion=opinion, actor=actor, now=now)


def _tracking(request: HttpRequest, case: TrackedCase, form: MessageForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    is_closed = case.stage is Stage.CLOSED
    # A closed case needs no calendar, an open one no policy: each saves a statement.
    reopening_until = _reopening_until(case, now)
    promises = promises_of(case, None if is_closed else organization.calendar(), now)
    shown = {
        "case": case,
        "title": title_of(case),
        "page": tracking_page(case, promises, now),
        "promises": promises,
        "closing": closing_words(case, reopening_until, now),
        "may_reopen": reopening_until is not None,
        "opinion_token": _opinion_token(case),
        "push_key": push_key(),
        "form": form,
        "now": now,
        "was_sent": "enviado" in request.GET,
        "is_thanked": "gracias" in request.GET,
        "acts": {act.name: act in case.acts for act in Act},
        "held_seconds": holding.SECONDS,
    }
    return render(request, "portal/track.html", shown, status=status)


def _reopening_until(case: TrackedCase, now: datetime) -> datetime | None:
    """Return until when the citizen may reopen a closed case, None if they no longer may."""
    if case.closed_at is None or Act.REOPEN not in case.acts:
        return None
    until = case.closed_at + timedelta(days=organization.policy_at(now).reopening_days)
    return until if now <= until else None


def _opinion_token(case: TrackedCase) -> str:
    """Return what opens the page of the opinion, "" if there is nothing to ask."""
    if Act.GIVE_OPINION not in case.acts or case.newest(EventType.OPINION_GIVEN):
        return ""
    return opinion_token(case.key, case.generation)


def _decision(request: HttpRequest, case: TrackedCase, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    shown = {
        "case": case,
        "title": title_of(case),
        "answer": case.newest(EventType.ANSWERED),
        "promises": promises_of(case, organization.calendar(), now),
        "reopening_days": organization.policy_at(now).reopening_days,
        "marks": labels.MARKS if case.critical_state is CriticalState.NONE else (),
        "longest_line": LONGEST_LINE,
        "form": form,
        "now": now,
    }
    return render(request, "portal/decide.html", shown, status=status)


def _question(request: HttpRequest, template: str, actor: Actor, number: str, form: PlainForm) -> HttpResponse:
    case = queries.tracked_case(actor, number=number)
    shown = {"case": case, "title": title_of(case), "form": form}
    return render(request, template, shown, status=422 if form.is_bound else 200)


def _page_of(number: str) -> str:
    return reverse("portal:track", kwargs={"number": number})
