"""The figures that stay with what somebody sends to a citizen."""

from cercana.cases import queries
from cercana.cases.queries import situation_of
from cercana.desk.requests import StaffRequest
from cercana.desk.second_look import texts_of
from cercana.rules.writing.figures import WritingFigures, figures_of
from cercana.rules.writing.parts import reviewed


def figures_in(request: StaffRequest, number: str, verb: str) -> WritingFigures | None:
    """Return the figures of what ``verb`` is about to send; None for whoever may not see the case it is about."""
    if not queries.is_visible(request.actor, number):
        return None
    page = queries.page_of_case(request.actor, number)
    situation = situation_of(page, request.now, cause=request.POST.get("cause", ""))
    return figures_of(reviewed(texts_of(request, verb), situation), situation)
