"""The four steps of a registration; each saves what was typed, finished or not, and leads on when nothing is amiss."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cercana.cases import commands, queries
from cercana.cases.errors import AttachmentRefused
from cercana.database.throttle import is_mailbox_full
from cercana.portal import holding
from cercana.portal.catalogue import catalogue
from cercana.portal.drafting import REVIEW, WHAT, WHERE, WHO, Writing, new_writing, writing_in
from cercana.portal.forms import PlainForm, ReviewForm, WhatForm, WhereForm, WhoForm, said
from cercana.portal.incoming import incoming
from cercana.portal.patience import check_reading, check_uploads, is_beyond_usual
from cercana.portal.registration import Answers, answers_in, reception_of, settled_day
from cercana.portal.speaking import again_in_language
from cercana.portal.step_pages import danger_part, review_page, what_page, where_page, who_page
from cercana.rules.access import Actor, ActorKind
from cercana.rules.promises import to_lima

_PUBLIC = Actor(ActorKind.CITIZEN)
_ADDRESSES = {WHAT: "portal:what", WHERE: "portal:where", WHO: "portal:who"}
_TYPES = {"consulta": "inquiry"}


@require_http_methods(["GET", "HEAD", "POST"])
def what(request: HttpRequest) -> HttpResponse:
    """Step 1: what happened, with photos."""
    now = timezone.now()
    writing = writing_in(request, now)
    if request.method != "POST":
        if writing.number:
            writing = new_writing()
        initial = {"tipo": _TYPES.get(request.GET.get("tipo", ""), "")} | writing.part(WHAT)
        return writing.keep_in(what_page(request, writing, WhatForm(initial=initial)))
    if writing.number:
        return redirect("portal:registered", number=writing.number)
    form = WhatForm(request.POST)
    commands.save_draft(secret=writing.secret, part=WHAT, fields=form.as_typed(), now=now)
    refused = _attach(request, writing, now)
    if (onward := _onward(request, form, "portal:where")) and not refused:
        return writing.keep_in(onward)
    return writing.keep_in(what_page(request, writing.read_again(), form, refused=refused, status=422))


@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Step 2: what it is about, where and when."""
    now = timezone.now()
    writing = writing_in(request, now)
    if away := _away_from(writing):
        return away
    offered = catalogue()
    today = to_lima(now).date()
    if request.method != "POST":
        form = WhereForm(today=today, categories=offered.codes, initial=writing.part(WHERE))
        return writing.keep_in(where_page(request, writing, form, offered, now))
    form = WhereForm(request.POST, today=today, categories=offered.codes)
    commands.save_draft(secret=writing.secret, part=WHERE, fields=settled_day(form, today), now=now)
    if onward := _onward(request, form, "portal:who"):
        return writing.keep_in(onward)
    return writing.keep_in(where_page(request, writing, form, offered, now, status=422))


@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Step 3: who it is, and how we reach them."""
    now = timezone.now()
    writing = writing_in(request, now)
    if away := _away_from(writing):
        return away
    if request.method != "POST":
        return writing.keep_in(who_page(request, writing, WhoForm(initial=writing.part(WHO))))
    form = WhoForm(request.POST)
    commands.save_draft(secret=writing.secret, part=WHO, fields=form.as_typed(), now=now)
    if onward := _onward(request, form, "portal:review"):
        return writing.keep_in(onward)
    return writing.keep_in(who_page(request, writing, form, status=422))


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Step 4: everything once more, and sending it; sending twice gives the same case."""
    now = timezone.now()
    writing = writing_in(request, now)
    if away := _away_from(writing):
        return away
    answers = answers_in(writing, catalogue(), now)
    if answers.first_unfinished:
        return redirect(_ADDRESSES[answers.first_unfinished])
    if request.method != "POST":
        return review_page(request, writing, answers, _review_form(answers, initial=writing.part(REVIEW)), now)
    form = _review_form(answers, request.POST)
    if "language" in request.POST:
        commands.save_draft(secret=writing.secret, part=REVIEW, fields=form.as_typed(), now=now)
        return again_in_language(request)
    # Another tab may have changed the draft: nothing is sent that its sender has not read.
    if request.POST.get("version", writing.version) != writing.version:
        return review_page(request, writing, answers, form, now, status=HTTPStatus.CONFLICT)
    if not form.is_valid():
        return review_page(request, writing, answers, form, now, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    # Never refused for volume: whoever is in danger may be the hundredth (domain.md, Bad input).
    unusual = is_beyond_usual(request, answers.identities, now)
    held = bool(answers.email) and is_mailbox_full(answers.email, now) and unusual
    reception = reception_of(answers, form, writing, needs_review=unusual, holds_receipt=held)
    case = commands.send_draft(secret=writing.secret, reception=reception, actor=_PUBLIC, now=now)
    entrance = queries.entrance_by_key(case.key, case.access_generation)
    response = redirect("portal:registered", number=case.number)
    return holding.let_in(response, entrance) if entrance else response


@require_POST
def danger(request: HttpRequest) -> HttpResponse:
    """Say what to do first if the text that is being written speaks of danger; it is kept nowhere."""
    check_reading(request, timezone.now())
    return danger_part(request, request.POST.get("relato", ""))


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take one file as soon as it is chosen, and answer with its line in the list."""
    now = timezone.now()
    writing = writing_in(request, now)
    check_uploads(request, now)
    draft = commands.open_draft(secret=writing.secret, now=now)
    for file in incoming(request.FILES.getlist("archivo")):
        taken = commands.attach_to_draft(draft=draft, file=file, keeps_location=_keeps_location(request), now=now)
        return writing.keep_in(render(request, "portal/_file.html", {"file": taken}, status=201))
    return HttpResponse(status=400)


@require_POST
def remove_file(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Forget one file; what was typed in the form around its button is kept."""
    now = timezone.now()
    writing = writing_in(request, now)
    draft = commands.save_draft(secret=writing.secret, part=WHAT, fields=WhatForm(request.POST).as_typed(), now=now)
    commands.detach_from_draft(draft=draft, key=key)
    return writing.keep_in(redirect("portal:what"))


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Forget the draft of this browser at its writer's wish."""
    commands.discard_draft(secret=writing_in(request, timezone.now()).secret)
    return new_writing().keep_in(redirect("portal:what"))


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Say that the draft waits here."""
    return render(request, "portal/saved.html", {"writing": writing_in(request, timezone.now())})


def _attach(request: HttpRequest, writing: Writing, now: datetime) -> list[str]:
    """Take the files that came with the form, as without script they do; return why some were refused."""
    refused: list[str] = []
    files = incoming(request.FILES.getlist("archivos"))
    if not files:
        return refused
    check_uploads(request, now)
    draft = commands.open_draft(secret=writing.secret, now=now)
    for file in files:
        try:
            commands.attach_to_draft(draft=draft, file=file, keeps_location=_keeps_location(request), now=now)
        except AttachmentRefused as refusal:
            refused.append(said(refusal))
    return refused


def _keeps_location(request: HttpRequest) -> bool:
    """Tell whether the person wants to leave in their photos where they were taken."""
    return "ubicacion" in request.POST


def _away_from(writing: Writing) -> HttpResponse | None:
    """Return where whoever has sent their case, or not begun it, is led instead of to a later step."""
    if writing.number:
        return redirect("portal:registered", number=writing.number)
    return None if writing.draft else redirect("portal:what")


def _review_form(
    answers: Answers, data: Mapping[str, object] | None = None, initial: dict[str, object] | None = None
) -> ReviewForm:
    asks = answers.proposes_formal_claim
    return ReviewForm(data, offers_formal=not answers.is_inquiry, asks_formal=asks, initial=initial)


def _onward(request: HttpRequest, form: PlainForm, next_step: str) -> HttpResponse | None:
    """
    Return the way on from a step, None if it needs mending.

    In another language it is the same step; else saved for later, back to the review, or the next step.
    """
    if "language" in request.POST:
        return again_in_language(request)
    if "luego" in request.POST:
        return redirect("portal:saved")
    if not form.is_valid():
        return None
    return redirect("portal:review" if request.POST.get("volver") else next_step)
