"""Signed links to one case, as the letters carry them, and the code that opens the same case beside its number."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings

from cercana.cases import queries
from cercana.cases.queries import Entrance
from cercana.conversation.errors import LinkOver
from cercana.conversation.queries import Access, Purpose, code_for, link_to, read_token

_DAYS_AFTER_CLOSURE = timedelta(days=30)


def case_link(key: uuid.UUID, generation: int) -> str:
    """Return the whole address that opens a case without its code."""
    return link_to(Purpose.CASE, Access(key, generation))


def code_of(key: uuid.UUID, generation: int) -> str:
    """Return the tracking code of a case."""
    return code_for(Access(key, generation))


def entrance_by_link(token: str, now: datetime) -> Entrance:
    """Return the door that a link opens; raise LinkOver if it is not ours, was revoked or its time has passed."""
    access = read_token(Purpose.CASE, token)
    entrance = queries.entrance_by_key(access.case_key, access.generation)
    if entrance is None or (entrance.closed_at and now > entrance.closed_at + _DAYS_AFTER_CLOSURE):
        raise LinkOver
    return entrance


def entrance_by_code(number: str, typed: str) -> Entrance | None:
    """Return the door that number and code open together, or None without telling which of them is wrong."""
    return queries.entrance_by_code(number, typed, secret=settings.SECRET_KEY.encode())
