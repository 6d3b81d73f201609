"""The telephone exchange tells what happens to calls."""

from typing import Annotated

from ninja import Body, Router

from cercana.api.callers import ApiRequest
from cercana.api.operations import telling
from cercana.api.scopes import Scope
from cercana.api.shapes.calls import CallHeard, CallTold
from cercana.channels.phone import commands

router = Router(tags=["Central telefónica"])


@telling(
    router,
    "/calls/events",
    name="call_event",
    scope=Scope.CALLS,
    answer=CallHeard,
    summary="Contar qué pasa con una llamada",
    about="El mismo suceso de la misma llamada, contado otra vez, no cambia nada: no hace falta una clave.",
)
def tell(request: ApiRequest, given: Annotated[CallTold, Body()]) -> CallHeard:
    """Keep what the exchange tells."""
    return CallHeard(state=commands.hear(given.news(), now=request.now))
