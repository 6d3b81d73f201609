"""The page of one case."""

import uuid

from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from cercana.cases import queries
from cercana.cases.queries import (
    critical_counts,
    dated_promises,
    downloadable,
    last_sequence,
    page_of_case,
    record_look,
)
from cercana.citizens import queries as citizens
from cercana.conversation.queries import Access, code_for
from cercana.desk import labels
from cercana.desk.act_choices import FIXED
from cercana.desk.act_forms import COMPOSED, FORMS, PROMINENT
from cercana.desk.case_words import checks_of, clocks_of, missing_for_closure, steps_of, thread_of
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell
from cercana.rules.acts import Act


@require_GET
@for_staff
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Show the case; as a fragment only its thread and head, and only if somebody acted since."""
    if is_fragment(request):
        version = f'"{last_sequence(request.actor, number)}-{request.now:%H%M}"'
        if request.headers.get("If-None-Match") == version:
            return HttpResponseNotModified(headers={"ETag": version})
    page = page_of_case(request.actor, number, now=request.now)
    critical, unanswered = (0, 0) if is_fragment(request) else critical_counts(request.actor)
    calendar = request.institution.calendar
    context = {
        "page": page,
        "case": page.case,
        "title": page.title or ("Caso reservado" if page.case.is_restricted else "Sin título"),
        "may": queries.may_do(request.actor, page.case, *Act),
        "clocks": clocks_of(page, request.now, calendar),
        "steps": steps_of(page, request.now),
        "checks": checks_of(page),
        "missing": missing_for_closure(page),
        "thread": list(thread_of(page)),
        "promises": dated_promises(page),
        "now": request.now,
        "version": f'"{page.case.last_sequence}-{request.now:%H%M}"',
        "labels": labels,
        "forms": FORMS,
        "composed": COMPOSED,
        "prominent": PROMINENT,
        "hidden": frozenset() if page.case.about_staff else {"identificar"},
        "fixed_choices": FIXED,
        "area_names": request.institution.area_names,
        "masked_document": citizens.mask(page.person.document_number),
        "shell": shell(request, critical=critical, unanswered=unanswered),
    }
    response = render(request, "desk/_case.html" if is_fragment(request) else "desk/case.html", context)
    response.headers["ETag"] = str(context["version"])
    return response


@require_POST
@for_staff
def uncover(request: StaffRequest, number: str) -> HttpResponse:
    """Show document, contacts and, to those who may, the reasons for preferential attention; the look is recorded."""
    case_row = record_look(request.actor, number, what="datos de la persona", now=request.now)
    sensitive = queries.may_do(request.actor, case_row, Act.VIEW_SENSITIVE)[Act.VIEW_SENSITIVE]
    context = {
        "person": citizens.profile(case_row.citizen_id),
        "vulnerabilities": citizens.vulnerabilities_of(case_row.citizen_id) if sensitive else [],
        "number": number,
    }
    return render(request, "desk/_person.html" if is_fragment(request) else "desk/person.html", context)


@require_POST
@for_staff
def code(request: StaffRequest, number: str) -> HttpResponse:
    """Show the code with which the citizen follows the case, to read it to them; the look is recorded."""
    case_row = record_look(request.actor, number, what="código de seguimiento", now=request.now)
    context = {"code": code_for(Access(case_row.key, case_row.access_generation)), "number": number}
    return render(request, "desk/_code.html" if is_fragment(request) else "desk/code.html", context)


@require_GET
@for_staff
def attachment(request: StaffRequest, number: str, key: uuid.UUID) -> FileResponse:
    """Send a file of the case as a download that no browser will run."""
    case_row = record_look(request.actor, number, what="archivo", now=request.now)
    file = downloadable(case_row, key)
    response = FileResponse(file.path.open("rb"), as_attachment=True, filename=file.name)
    response.headers["Content-Type"] = file.content_type
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
