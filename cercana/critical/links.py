"""Signed links of alarms: one alarm, one person, two days. Opening one does nothing; only a POST takes charge."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cercana.critical.errors import AlarmLinkOver

_SALT = "alarm-link"
_AGE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Summons:
    """What a link opens: an alarm of a case by the sequence that raised it, for one member of staff."""

    case_key: uuid.UUID
    alarm: int
    staff: int


def link_to(summons: Summons) -> str:
    """Return the whole address of a link."""
    token = signing.dumps({"k": str(summons.case_key), "a": summons.alarm, "s": summons.staff}, salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('critical:answer', kwargs={'token': token})}"


def read_token(token: str) -> Summons:
    """Return what a token opens; raise AlarmLinkOver if it was not made by us, or too long ago."""
    try:
        read = signing.loads(token, salt=_SALT, max_age=_AGE)
    except signing.BadSignature as error:
        raise AlarmLinkOver from error
    return Summons(uuid.UUID(read["k"]), read["a"], read["s"])
