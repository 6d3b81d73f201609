"""The telephone exchange tells what happens to calls."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing
from cercana.api.scopes import Scope
from cercana.api.shapes.calls import CallHeard, CallTold
from cercana.channels.phone import commands

router = Router(tags=["Central telefónica"])


@changing(
    router,
    "/calls/events",
    name="call_event",
    scope=Scope.CALLS,
    answer=CallHeard,
    summary="Contar qué pasa con una llamada",
    about="El mismo suceso de la misma llamada, contado otra vez, no cambia nada.",
)
def tell(request: ApiRequest, given: Annotated[CallTold, Body()]) -> HttpResponse:
    """Keep what the exchange tells."""
    state = commands.hear(given.news(), now=request.now)
    return changed(CallHeard(state=state), status=HTTPStatus.OK)
