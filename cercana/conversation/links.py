"""
Signed links: one case, for whoever holds it, until its access is revoked.

The token names the case by its key and the generation of its access; it is made when a letter leaves or is shown,
never stored. Whoever reads it still has to compare the generation with that of the case.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.core import signing

from cercana.conversation.errors import LinkOver
from cercana.conversation.letters import Target
from cercana.rules.tracking import tracking_code


class Purpose(StrEnum):
    """What a link is for; a token signed for one is worthless for the other."""

    CASE = "case-link"
    OPINION = "opinion-link"
    NO_OPINION = "no-opinion-link"


OPINION_DAYS = 14
_PATHS = {Purpose.CASE: "/caso/{}", Purpose.OPINION: "/opinion/{}", Purpose.NO_OPINION: "/opinion/no-preguntar/{}"}
_AGES = {Purpose.CASE: None, Purpose.OPINION: timedelta(days=OPINION_DAYS), Purpose.NO_OPINION: None}


@dataclass(frozen=True, slots=True)
class Access:
    """What a link opens: a case, and the generation of access for which it was made."""

    case_key: uuid.UUID
    generation: int


def token_for(purpose: Purpose, access: Access) -> str:
    """Return the token of a link."""
    return signing.dumps({"k": str(access.case_key), "g": access.generation}, salt=purpose.value)


def link_to(purpose: Purpose, access: Access, *, choice: str = "") -> str:
    """Return the whole address of a link; ``choice`` is an answer to show chosen, nothing happens by it."""
    path = _PATHS[purpose].format(token_for(purpose, access))
    return f"{settings.PUBLIC_URL}{path}{f'?cierre={choice}' if choice else ''}"


def read_token(purpose: Purpose, token: str) -> Access:
    """Return what a token opens; raise LinkOver if it was not made by us, for something else, or too long ago."""
    try:
        read = signing.loads(token, salt=purpose.value, max_age=_AGES[purpose])
    except signing.BadSignature as error:
        raise LinkOver from error
    return Access(uuid.UUID(read["k"]), read["g"])


def places_for(access: Access) -> dict[Target, str]:
    """Return where the links of a letter lead, and the tracking code."""
    return {
        Target.CASE: link_to(Purpose.CASE, access),
        Target.CONFIRM: link_to(Purpose.CASE, access, choice="si"),
        Target.CONTEST: link_to(Purpose.CASE, access, choice="no"),
        Target.OPINION: link_to(Purpose.OPINION, access),
        Target.CODE: code_for(access),
    }


def code_for(access: Access) -> str:
    """Return the tracking code that, beside the number, opens the same case."""
    return tracking_code(settings.SECRET_KEY.encode(), str(access.case_key), access.generation)
