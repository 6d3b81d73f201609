"""Figures of the service itself, for who supervises, analyses or teaches (M6)."""

from datetime import timedelta
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from cercana.api.answers import shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import reading
from cercana.api.scopes import Scope
from cercana.api.shapes.figures import PhraseUseShown, PhraseUsesShown, QualityAsked, TriageQualityShown
from cercana.cases import queries
from cercana.conversation import queries as conversation
from cercana.feedback import queries as feedback
from cercana.rules.triage.quality import corrected, quality_of

router = Router(tags=["Cifras"])
_PHRASES_LOOKED_BACK = timedelta(days=90)
_TRIAGE_LOOKED_BACK = timedelta(weeks=12)
_MOST_CORRECTIONS = 50


@reading(
    router, "/phrases/figures", name="phrase_figures", scope=Scope.READ, answer=PhraseUsesShown,
    summary="Ver cómo se usan las frases de respuesta",
    about="De los últimos 90 días. Nunca dice quién las usó.",
)  # fmt: skip
def phrase_figures(request: ApiRequest) -> HttpResponse:
    """Show how often each phrase was sent, from which areas, and how those cases were rated."""
    since = request.now - _PHRASES_LOOKED_BACK
    found = conversation.phrase_figures(request.caller.actor, since=since)
    marks = feedback.marks_since(since)
    return shown(request, PhraseUsesShown(phrases=[PhraseUseShown.of(each, marks) for each in found]))


@reading(
    router, "/triage/quality", name="triage_quality", scope=Scope.READ, answer=TriageQualityShown,
    summary="Ver qué tan bien propone el triaje",
    about="De las últimas doce semanas. Queda anotado qué casos se mostraron.",
)  # fmt: skip
def triage_quality(request: ApiRequest, asked: Annotated[QualityAsked, Query()]) -> HttpResponse:
    """Show how often proposals stand, and what was corrected; the look at those cases is recorded."""
    actor = request.caller.actor
    found = queries.judged_proposals(actor, request.now - _TRIAGE_LOOKED_BACK)
    mended = corrected(found, asked.decision)[:_MOST_CORRECTIONS]
    numbers = list(dict.fromkeys(case.number for case, _ in mended))
    queries.record_list(actor, numbers, what="triage", now=request.now)
    return shown(request, TriageQualityShown.of(quality_of(found), mended))
