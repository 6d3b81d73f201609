"""Who reached us and has no case yet: listed, read, joined to a case, dismissed and brought back (M4.1a)."""

import uuid
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Body, Router

from cercana.api.answers import changed, done, shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import changing, reading
from cercana.api.scopes import Scope
from cercana.api.shapes.contacts import (
    ContactLine,
    ContactShown,
    ContactsShown,
    DismissalGiven,
    Joined,
    JoinGiven,
    MailLine,
)
from cercana.api.shapes.desk_reads import Done
from cercana.channels.email import commands as email
from cercana.channels.email.queries import mails_set_aside
from cercana.conversation import commands
from cercana.conversation import queries as conversation

router = Router(tags=["Por registrar"])
_ONE = "/contacts/{key}"


@reading(
    router, "/contacts", name="contacts", scope=Scope.REGISTER, answer=ContactsShown,
    summary="Ver quiénes no tienen caso todavía",
    about="Correos y llamadas por registrar. Para registrar uno, su «key» va en «contact» de POST /cases.",
)  # fmt: skip
def contacts(request: ApiRequest) -> HttpResponse:
    """List who waits, who was dismissed, and which mails were set aside."""
    actor = request.caller.actor
    waiting, dismissed = conversation.waiting_contacts(actor, now=request.now)
    aside = mails_set_aside(actor, now=request.now)
    return shown(
        request,
        ContactsShown(
            waiting=[ContactLine.of(each) for each in waiting],
            dismissed=[ContactLine.of(each) for each in dismissed],
            set_aside=[MailLine.of(each) for each in aside],
        ),
    )


@reading(
    router, _ONE, name="contact", scope=Scope.REGISTER, answer=ContactShown, summary="Ver qué dijo alguien sin caso"
)
def contact(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Show what somebody on the list said."""
    return shown(request, ContactShown.of(*conversation.contact_of(request.caller.actor, key)))


@changing(
    router, f"{_ONE}/join", name="join_contact", scope=Scope.REGISTER, answer=Joined,
    summary="Unir a un caso lo que dijo alguien",
)  # fmt: skip
def join(request: ApiRequest, key: uuid.UUID, given: Annotated[JoinGiven, Body()]) -> HttpResponse:
    """File what somebody said in the case it belongs to."""
    number = commands.join_contact(key=key, number=given.number, actor=request.caller.actor, now=request.now)
    return changed(Joined(number=number), status=HTTPStatus.OK)


@changing(
    router, f"{_ONE}/dismiss", name="dismiss_contact", scope=Scope.REGISTER, answer=Done,
    summary="Descartar a quien no necesita un caso",
)  # fmt: skip
def dismiss(request: ApiRequest, key: uuid.UUID, given: Annotated[DismissalGiven, Body()]) -> HttpResponse:
    """Take somebody off the list."""
    commands.dismiss_contact(key=key, reason=given.reason, actor=request.caller.actor, now=request.now)
    return done()


@changing(
    router, f"{_ONE}/restore", name="restore_contact", scope=Scope.REGISTER, answer=Done,
    summary="Recuperar a quien se descartó",
)  # fmt: skip
def restore(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Put somebody back on the list."""
    commands.undo_dismissal(key=key, actor=request.caller.actor)
    return done()


@changing(
    router, "/mails/{key}/release", name="release_mail", scope=Scope.REGISTER, answer=Done,
    summary="Pasar a «por registrar» un correo apartado",
)  # fmt: skip
def release(request: ApiRequest, key: uuid.UUID) -> HttpResponse:
    """Put a mail on the list that was set aside."""
    email.release(key=key, actor=request.caller.actor, now=request.now)
    return done()
