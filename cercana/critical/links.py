"""Signed links of alarms: one alarm, one person, two days. Opening one does nothing; only a POST takes charge."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cercana.critical.errors import AlarmLinkOver
from cercana.critical.models import Way

_SALT = "alarm-link"
_AGE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Summons:
    """What a link opens: an alarm of a case by the sequence that raised it, for one member of staff, sent one way."""

    case_key: uuid.UUID
    alarm: int
    staff: int
    way: Way


def link_to(summons: Summons) -> str:
    """Return the whole address of a link."""
    held = {"k": str(summons.case_key), "a": summons.alarm, "s": summons.staff, "w": summons.way.value}
    token = signing.dumps(held, salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('critical:answer', kwargs={'token': token})}"


def read_token(token: str) -> Summons:
    """Return what a token opens; raise AlarmLinkOver if it was not made by us, or too long ago."""
    try:
        read = signing.loads(token, salt=_SALT, max_age=_AGE)
    except signing.BadSignature as error:
        raise AlarmLinkOver from error
    # A link of a mail that is older than the other ways does not say its own.
    return Summons(uuid.UUID(read["k"]), read["a"], read["s"], Way(read.get("w", Way.MAIL)))
