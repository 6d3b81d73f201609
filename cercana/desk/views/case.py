"""The page of one case, live, and what its buttons uncover."""

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from cercana.cases import queries
from cercana.channels.email import queries as email
from cercana.citizens import queries as citizens
from cercana.conversation.queries import Access, code_for
from cercana.desk.case_context import case_context, news_since, shown_page, version_of
from cercana.desk.intake_forms import LANGUAGES
from cercana.desk.labels import CHANNELS, PREFERENCES
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell, whole_number
from cercana.desk.versions import Version, held_version
from cercana.rules.acts import Act


@require_GET
@for_staff
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Show the case; to a page that asks again, only what has changed, without touching what somebody writes."""
    held = held_version(request) if is_fragment(request) else None
    if held is not None:
        return _live(request, number, held)
    page = shown_page(request, number)
    frame = {"shell": shell(request)}
    response = render(request, "desk/case.html", {**case_context(request, page), **frame})
    response.headers["ETag"] = str(version_of(request, number, page.case.last_sequence))
    return response


def _live(request: StaffRequest, number: str, held: Version) -> HttpResponse:
    version = version_of(request, number, queries.last_sequence(request.actor, number))
    if held == version:
        return HttpResponseNotModified(headers={"ETag": str(version)})
    # Whoever has the page open has looked at the case already; anybody else looks now.
    page = (
        queries.page_of_case(request.actor, number) if held.numbers == version.numbers else shown_page(request, number)
    )
    sequence = whole_number(held.moment.partition(".")[0]) or 0
    context = case_context(request, page)
    context |= {"news": news_since(request, page, sequence), "has_moved": page.case.last_sequence > sequence}
    response = render(request, "desk/_case_live.html", context)
    response.headers["ETag"] = str(context["version"])
    return response


@require_POST
@for_staff
def uncover(request: StaffRequest, number: str) -> HttpResponse:
    """Show document, contacts and, to those who may, the reasons for preferential attention; the look is recorded."""
    row = queries.record_look(request.actor, number, what="datos de la persona", now=request.now)
    sensitive = queries.may_do(request.actor, row, Act.VIEW_SENSITIVE)[Act.VIEW_SENSITIVE]
    context = {
        "person": citizens.profile(row.citizen_id, case=row.key),
        "vulnerabilities": citizens.vulnerabilities_of(row.citizen_id) if sensitive else [],
        "preferences": PREFERENCES,
        "languages": LANGUAGES,
        "channels": CHANNELS,
        "number": number,
    }
    return _part(request, "person", context)


@require_POST
@for_staff
def code(request: StaffRequest, number: str) -> HttpResponse:
    """Show the code with which the citizen follows the case, to read it to them; the look is recorded."""
    row = queries.record_look(request.actor, number, what="código de seguimiento", now=request.now, act=Act.SHOW_CODE)
    return _part(request, "code", {"code": code_for(Access(row.key, row.access_generation)), "number": number})


def _part(request: StaffRequest, name: str, context: dict[str, object]) -> HttpResponse:
    if is_fragment(request):
        return render(request, f"desk/_{name}.html", context)
    frame = {"shell": shell(request)}
    return render(request, f"desk/{name}.html", {**context, **frame})


@require_GET
@for_staff
def attachment(request: StaffRequest, number: str, key: uuid.UUID) -> FileResponse:
    """Send a file of the case as a download that no browser will run; the look is recorded."""
    file = queries.file_of(request.actor, number=number, key=key)
    queries.record_look(request.actor, number, what="archivo", now=request.now)
    response = FileResponse(file.path.open("rb"), as_attachment=True, filename=file.name)
    response.headers["Content-Type"] = file.content_type
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
@for_staff
def whole_mail(request: StaffRequest, number: str, sequence: int) -> HttpResponse:
    """Show a mail of the case with what the thread leaves out of it; the look is recorded."""
    mail = email.whole_mail(request.actor, number=number, sequence=sequence)
    queries.record_look(request.actor, number, what="correo entero", now=request.now)
    return render(request, "desk/whole_mail.html", {"mail": mail, "number": number, "shell": shell(request)})
