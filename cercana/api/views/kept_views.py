"""The views of the queue that the caller's account keeps, and how many cases stand in each view."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Path, Router

from cercana.api.answers import done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.desk_reads import Done
from cercana.api.shapes.kept_views import CountsShown, KeptViewShown, KeptViewsShown, ViewGiven
from cercana.cases import queries
from cercana.cases.queries import View
from cercana.workplace import commands
from cercana.workplace.queries import kept_views

router = Router(tags=["La mesa"])
_Row = Annotated[int, Path(ge=1, le=2_147_483_647)]


@reading(
    router, "/views", name="kept_views", scope=Scope.READ, answer=KeptViewsShown, summary="Ver las vistas guardadas",
    about="Las de la propia cuenta. Para leer una, su «id» va en «kept» de GET /cases.",
)  # fmt: skip
def views(request: ApiRequest) -> HttpResponse:
    """List the views that the caller keeps."""
    return shown(request, KeptViewsShown(views=[KeptViewShown.of(each) for each in kept_views(request.caller.actor)]))


@reading(
    router, "/views/counts", name="view_counts", scope=Scope.READ, answer=CountsShown,
    summary="Ver cuántos casos hay en cada vista",
)  # fmt: skip
def counts(request: ApiRequest) -> HttpResponse:
    """Count the cases of each view that is counted beside the queue."""
    actor = request.caller.actor
    kept = {each.key: each for each in kept_views(actor)}
    selections = {key: each.selection for key, each in kept.items()}
    totals, alarm = queries.queue_totals(actor, now=request.now, kept=selections)
    return shown(
        request,
        CountsShown(
            views={each: totals[each.value] for each in View if each.value in totals},
            kept={each.id: totals[key] for key, each in kept.items() if key in totals},
            open_critical=alarm.open,
            unanswered_critical=alarm.unanswered,
            unread_notices=alarm.notices,
        ),
    )


@changing(
    router, "/views", name="keep_view", scope=Scope.WRITE, answer=Done, status=HTTPStatus.CREATED,
    summary="Guardar una vista", about="Con el nombre de una que ya guarda, la reemplaza.",
)  # fmt: skip
def keep(request: ApiRequest, given: Annotated[ViewGiven, Body()]) -> HttpResponse:
    """Keep a view with its filters under a name."""
    commands.keep_view(name=given.name, selection=given.selection, actor=request.caller.actor)
    return done(HTTPStatus.CREATED)


@changing(
    router, "/views/{view}/remove", name="forget_view", scope=Scope.WRITE, answer=Done,
    summary="Quitar una vista guardada",
)  # fmt: skip
def forget(request: ApiRequest, view: _Row) -> HttpResponse:
    """Forget a view that the caller keeps."""
    commands.forget_view(id_=view, actor=request.caller.actor)
    return done()
