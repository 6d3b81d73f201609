"""Signed links to one case: they name it and the generation of its access, and are never stored."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cercana.cases import queries
from cercana.cases.queries import Entrance
from cercana.portal.errors import LinkOver
from cercana.rules.tracking import tracking_code

# As cercana.conversation signs them in its letters.
_SALT = "case-link"
_DAYS_AFTER_CLOSURE = timedelta(days=30)


def case_link(key: uuid.UUID, generation: int) -> str:
    """Return the whole address that opens a case without its code."""
    token = signing.dumps({"k": str(key), "g": generation}, salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('portal:link', kwargs={'token': token})}"


def entrance_of(token: str, now: datetime) -> Entrance:
    """Return the door that a link opens; raise LinkOver if it is not ours, was revoked or its time has passed."""
    try:
        named = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise LinkOver from error
    entrance = queries.entrance_by_key(uuid.UUID(named["k"]), named["g"])
    if entrance is None or (entrance.closed_at and now > entrance.closed_at + _DAYS_AFTER_CLOSURE):
        raise LinkOver
    return entrance


def code_of(key: uuid.UUID, generation: int) -> str:
    """Return the tracking code of a case."""
    return tracking_code(secret(), str(key), generation)


def secret() -> bytes:
    """Return what tracking codes are derived from."""
    return settings.SECRET_KEY.encode()
