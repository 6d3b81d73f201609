"""The guide of a conversation for who attends people, and its texts in the hands of who teaches (M2.1, M2.2)."""

from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Path, Router

from cercana.api.answers import changed, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import asking, changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.guide import (
    GuideAsked,
    GuideEditGiven,
    GuideKeyShown,
    GuideShown,
    GuideTextGiven,
    GuideTextShown,
    GuideVersionGiven,
    SituationShown,
    SituationsShown,
)
from cercana.cases.errors import RegistrationRefused
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.classification import Channel
from cercana.rules.guidance import Mark, Talk
from cercana.rules.triage.labels import SPANISH
from cercana.rules.triage.proposal import Proposed, proposed_for
from cercana.workplace import commands, queries
from cercana.workplace.queries import Progress, Telling

router = Router(tags=["La guía"])
_Key = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="La situación.", examples=["calla"])]
_TEXTS = "/guide/texts"


@asking(
    router, "/guide", name="guide", scope=Scope.REGISTER, answer=GuideShown,
    summary="Ver qué decir en una conversación", about="Lo que se cuenta de ella no se guarda.",
)  # fmt: skip
def guide(request: ApiRequest, asked: Annotated[GuideAsked, Body()]) -> HttpResponse:
    """Say what fits the conversation now."""
    _check_attends(request)
    proposed = proposed_for(asked.text) if asked.text.strip() else None
    talk = Talk(Channel(asked.channel), _marks(asked, proposed), _areas(asked, proposed), asked.category)
    spans = proposed.spans if proposed else ()
    telling = Telling(asked.text, asked.place, asked.request, asked.promise, spans)
    found = queries.guide_for(talk, telling, queries.situations(), Progress(asked.at or "", frozenset(asked.used)))
    return shown(request, GuideShown.of(found))


@reading(
    router, "/guide/situations", name="situations", scope=Scope.READ, answer=SituationsShown,
    summary="Ver las situaciones de la guía", about="Para quien atiende a personas y para quien capacita.",
)  # fmt: skip
def situations(request: ApiRequest) -> HttpResponse:
    """List the situations as they stand today."""
    if not entitlements.may_edit_guide(request.caller.actor).allowed:
        _check_attends(request)
    return shown(request, SituationsShown(situations=[SituationShown.of(each) for each in queries.situations()]))


@reading(
    router, f"{_TEXTS}/{{key}}", name="guide_text", scope=Scope.READ, answer=GuideTextShown,
    summary="Ver un texto de la guía con sus versiones", about="Para quien capacita al personal.",
)  # fmt: skip
def guide_text(request: ApiRequest, key: _Key) -> HttpResponse:
    """Show a situation with its versions."""
    queries.check_trainer(request.caller.actor)
    return shown(request, GuideTextShown.of(key, queries.versions_of(key)))


@changing(
    router, _TEXTS, name="begin_guide_text", scope=Scope.WRITE, answer=GuideKeyShown, status=HTTPStatus.CREATED,
    summary="Escribir una situación nueva de la guía",
)  # fmt: skip
def begin(request: ApiRequest, given: Annotated[GuideTextGiven, Body()]) -> HttpResponse:
    """Keep a situation that is not there yet."""
    key = commands.begin_text(text=given.text, actor=request.caller.actor, now=request.now)
    return changed(GuideKeyShown(key=key), status=HTTPStatus.CREATED)


@changing(
    router, f"{_TEXTS}/{{key}}", name="write_guide_text", scope=Scope.WRITE, answer=GuideKeyShown,
    summary="Cambiar un texto de la guía", about="Se guarda como versión nueva; las anteriores quedan.",
)  # fmt: skip
def write(request: ApiRequest, key: _Key, given: Annotated[GuideEditGiven, Body()]) -> HttpResponse:
    """Keep a new version of a situation."""
    actor = request.caller.actor
    commands.write_text(key=key, text=given.text, after=given.after, actor=actor, now=request.now)
    return changed(GuideKeyShown(key=key), status=HTTPStatus.OK)


@changing(
    router, f"{_TEXTS}/{{key}}/bring-back", name="bring_back_guide_text", scope=Scope.WRITE, answer=GuideKeyShown,
    summary="Volver a una versión anterior de la guía",
)  # fmt: skip
def bring_back(request: ApiRequest, key: _Key, given: Annotated[GuideVersionGiven, Body()]) -> HttpResponse:
    """Make an earlier version the last one again."""
    commands.bring_back(key=key, number=given.number, actor=request.caller.actor, now=request.now)
    return changed(GuideKeyShown(key=key), status=HTTPStatus.OK)


def _check_attends(request: ApiRequest) -> None:
    if not entitlements.may_register(request.caller.actor).allowed:
        raise RegistrationRefused


def _marks(asked: GuideAsked, proposed: Proposed | None) -> frozenset[Mark]:
    """Return what holds: what the caller says, and what triage sees in the words."""
    seen = {
        Mark.DANGER: proposed is not None and bool(proposed.reasons),
        Mark.ABOUT_STAFF: proposed is not None and proposed.about_staff,
    }
    return frozenset([*asked.marks, *(mark for mark, holds in seen.items() if holds)])


def _areas(asked: GuideAsked, proposed: Proposed | None) -> frozenset[str]:
    """Return the area of the motive, or else the one triage expects, and those above it."""
    motive = next((each for each in organization.categories() if each.code == asked.category), None)
    area = motive.area_id if motive else SPANISH[proposed.area] if proposed else ""
    parents = organization.area_parents()
    return frozenset(organization.chain_above(area, parents)) if area in parents else frozenset()
