"""The pages of the four steps: the form, what was said so far, and what helps at this point."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cercana.organization import queries as organization
from cercana.portal import labels
from cercana.portal.catalogue import Catalogue, catalogue
from cercana.portal.district_plan import marking
from cercana.portal.drafting import WHAT, WHERE, Writing
from cercana.portal.forms import LONGEST_TEXT, OTHER, PlainForm, ReviewForm, WhatForm, WhereForm, WhoForm
from cercana.portal.registration import Answers, place_of
from cercana.portal.review import review_of
from cercana.rules.promises import to_lima
from cercana.rules.triage.safety import safety_notice

_STEPS = ("portal:what", "portal:where", "portal:who", "portal:review")


def what_page(
    request: HttpRequest, writing: Writing, form: WhatForm, *, refused: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """Return step 1; ``refused`` are the sentences about files that could not be taken."""
    shown = {
        "tellings": labels.TELLINGS,
        "longest": LONGEST_TEXT,
        "files": writing.draft.files if writing.draft else (),
        "refused": refused,
        "emergency": organization.emergency_numbers(),
        "safety": safety_notice(form.typed("relato")),
    }
    return _page(request, writing, 1, form, shown, status)


def danger_part(request: HttpRequest, text: str) -> HttpResponse:
    """Return what page 1 shows below a text that speaks of danger: nothing for any other."""
    shown = {"emergency": organization.emergency_numbers(), "safety": safety_notice(text[:LONGEST_TEXT])}
    return render(request, "portal/_danger.html", shown)


def where_page(
    request: HttpRequest, writing: Writing, form: WhereForm, offered: Catalogue, now: datetime, *, status: int = 200
) -> HttpResponse:
    """Return step 2, with the categories that the account of step 1 speaks of first."""
    told = str(writing.part(WHAT).get("relato", ""))
    likely = offered.like(told)
    safety = safety_notice(told)
    chosen = form.category
    is_listed = bool(chosen) and chosen not in {each.code for each in likely}
    needs_help = bool(safety) or any(each.shows_emergency for each in likely[:2]) or _shows_emergency(offered, chosen)
    shown = {
        "likely": likely,
        "card": OTHER if is_listed else chosen or form.typed("motivo"),
        "by_area": offered.by_area(),
        "when": labels.WHEN,
        "when_chosen": _when_chosen(form, now),
        "today": to_lima(now).date().isoformat(),
        "earlier": labels.EARLIER,
        "is_inquiry": writing.part(WHAT).get("tipo") == "inquiry",
        "emergency": organization.emergency_numbers() if needs_help else [],
        "safety": safety,
    }
    return _page(request, writing, 2, form, shown | marking(), status)


def who_page(request: HttpRequest, writing: Writing, form: WhoForm, *, status: int = 200) -> HttpResponse:
    """Return step 3."""
    shown = {
        "documents": labels.DOCUMENTS,
        "channels": labels.CHANNELS,
        "preferences": labels.PREFERENCES,
        "languages": labels.LANGUAGES,
    }
    return _page(request, writing, 3, form, shown, status)


def review_page(
    request: HttpRequest, writing: Writing, answers: Answers, form: ReviewForm, now: datetime, *, status: int = 200
) -> HttpResponse:
    """Return step 4 for answers that are complete; 409 says that they are no longer those that were sent."""
    files = writing.draft.files if writing.draft else ()
    safety = safety_notice(answers.what.typed("relato"))
    shown = {
        "review": review_of(answers, files, now),
        "version": writing.version,
        "has_changed": status == HTTPStatus.CONFLICT,
        "emergency": organization.emergency_numbers() if safety else [],
        "safety": safety,
    }
    return _page(request, writing, 4, form, shown, status)


def _page(
    request: HttpRequest, writing: Writing, step: int, form: PlainForm, shown: Mapping[str, object], status: int
) -> HttpResponse:
    context = {
        "form": form,
        "step": step,
        "titles": (_("Qué pasó"), _("Dónde y cuándo"), _("Tus datos"), _("Revisar y enviar")),
        "links": {number: reverse(_STEPS[number - 1]) for number in range(1, step)},
        "returns": bool(request.POST.get("volver") or request.GET.get("volver")),
        "saved_at": writing.draft.saved_at if writing.draft else None,
        "so_far": _so_far(writing) if step > 1 else [],
        **shown,
    }
    return render(request, f"portal/step_{step}.html", context, status=status)


def _so_far(writing: Writing) -> list[tuple[str, str]]:
    """Return what was said in the steps before, for the card beside the form."""
    where, offered = writing.part(WHERE), catalogue()
    form = WhereForm(where, today=date.max, categories=offered.codes)
    choice = offered.find(form.category)
    lines = (
        (_("Lo que nos cuentas"), labels.named(labels.TELLINGS, str(writing.part(WHAT).get("tipo", "")))),
        (_("De qué se trata"), choice.name if choice else ""),
        (_("Dónde"), place_of(form)),
    )
    return [(name, value) for name, value in lines if value]


def _shows_emergency(offered: Catalogue, code: str) -> bool:
    choice = offered.find(code)
    return choice is not None and choice.shows_emergency


def _when_chosen(form: WhereForm, now: datetime) -> str:
    """Return which of «hoy», «ayer» and «otro» the date in the form is today."""
    today = to_lima(now).date()
    near = {today.isoformat(): "hoy", (today - timedelta(days=1)).isoformat(): "ayer"}
    chosen = form.typed("cuando")
    return near.get(form.typed("fecha"), chosen) if chosen == "otro" else chosen
