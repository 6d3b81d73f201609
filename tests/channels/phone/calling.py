"""An exchange that tells of calls, and whoever sits at an extension of it."""

import uuid
from datetime import datetime, timedelta

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.channels.phone.commands import CallNews, hear
from cercana.channels.phone.models import Call, Extension
from cercana.citizens.commands import Person
from cercana.citizens.identity import ContactKind, Document, DocumentType
from cercana.rules.access import Actor, Role
from cercana.rules.calls import CallEvent
from tests.factories import NOW, make_person, make_user

INTAKE = "atencion_ciudadano"
CALLER = "987654321"
DOCUMENT = "45678912"


def sit(user: User | None = None, *, number: str = "201") -> Actor:
    """Return an agent whose telephone is the extension ``number``."""
    user = user or make_user(Role.AGENT, INTAKE)
    Extension.objects.create(number=number, staff=user)
    return actor_for(user, NOW)


def tell(
    *events: CallEvent, now: datetime = NOW, exchange_id: str = "", extension: str = "201", caller: str = CALLER
) -> Call:
    """Let the exchange tell of one call, a minute between the events; return it."""
    exchange_id = exchange_id or uuid.uuid4().hex
    for minute, event in enumerate(events):
        news = CallNews(exchange_id=exchange_id, event=event, caller=caller, extension=extension)
        hear(news, now=now + timedelta(minutes=minute))
    return Call.objects.get(exchange_id=exchange_id)


def make_caller(*, is_verified: bool = True, phone: str = CALLER) -> Person:
    """Return somebody whose document was seen once and who left their telephone."""
    return make_person(
        document=Document(DocumentType.DNI, DOCUMENT), is_verified=is_verified, contacts=((ContactKind.PHONE, phone),)
    )
