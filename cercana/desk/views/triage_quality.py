"""How well triage proposes, for those who supervise and those who analyse, each for the cases they may know of."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cercana.cases import queries
from cercana.desk.danger_words import REASONS
from cercana.desk.requests import StaffRequest, for_staff, shell
from cercana.desk.triage_words import AREA_LABELS, DECISION_LABELS, correction_words
from cercana.rules.triage.agreement import Decision
from cercana.rules.triage.quality import FEWEST_FOR_A_SHARE, corrected, quality_of

_LOOKED_BACK = timedelta(weeks=12)
_MOST_EXAMPLES = 50


@require_safe
@for_staff
def triage_quality(request: StaffRequest) -> HttpResponse:
    """Show how often proposals of twelve weeks stand, and what was corrected; the look at those cases is recorded."""
    asked = request.GET.get("decision", "")
    decision = Decision(asked) if asked in tuple(Decision) else None
    found = queries.judged_proposals(request.actor, request.now - _LOOKED_BACK)
    mended = corrected(found, decision)
    examples = mended[:_MOST_EXAMPLES]
    numbers = list(dict.fromkeys(case.number for case, _ in examples))
    queries.record_list(request.actor, numbers, what="triage", now=request.now)
    context = {
        "quality": quality_of(found),
        "examples": [(case, each, *correction_words(case, each)) for case, each in examples],
        "corrected": len(mended),
        "decision": decision,
        "decisions": DECISION_LABELS,
        "signals": REASONS,
        "areas": AREA_LABELS,
        "fewest": FEWEST_FOR_A_SHARE,
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, "desk/triage_quality.html", context)
