"""The answer to whatever changed a case."""

from http import HTTPStatus

from django.http import HttpResponse

from cercana.api.answers import changed
from cercana.api.shapes.cases import Changed
from cercana.cases.queries import Case
from cercana.rules.lifecycle import Stage


def answered(case: Case, *, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """Return where a change left ``case``: no more, since who made it may not know of the case any longer."""
    left = Changed(number=case.number, stage=Stage(case.stage), version=case.last_sequence)
    return changed(left, status=status, version=case.last_sequence)
