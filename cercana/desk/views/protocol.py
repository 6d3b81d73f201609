"""The protocol of one critical case as a line of time: what was done, and what was kept or missed (M5.2)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cercana.conversation.queries import thread_deliveries
from cercana.critical.errors import CaseNotCritical
from cercana.desk.case_context import shown_page
from cercana.desk.case_thread import Teller, mails_of
from cercana.desk.labels import title_words
from cercana.desk.protocol_lines import standard_lines, timeline
from cercana.desk.requests import StaffRequest, for_staff, shell
from cercana.rules.acts import Act


@require_GET
@for_staff
def protocol(request: StaffRequest, number: str) -> HttpResponse:
    """Show the line of time; raise CaseNotCritical for a case that never was."""
    page, now = shown_page(request, number), request.now
    if not page.marks:
        raise CaseNotCritical(number=number)
    teller = Teller(page, request.institution, thread_deliveries(page.case.pk), mails_of(page), now)
    instants = {turn.sequence: turn.occurred_at for turn in page.history}
    entries = [(instants[entry.sequence], entry) for entry in teller.entries()]
    is_known = page.may[Act.VIEW_PERSONAL]
    context = {
        "shell": shell(request),
        "case": page.case,
        "title": title_words(page.title, is_restricted=page.case.is_restricted, is_known=is_known),
        "standards": standard_lines(page.marks, now),
        "lines": timeline(entries, page.marks, now),
        "now": now,
    }
    return render(request, "desk/protocol.html", context)
