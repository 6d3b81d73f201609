"""What a text message says: the number of the case and where to look, nothing of the person or the matter."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from cercana.conversation.letters import Kind
from cercana.organization import queries as organization
from cercana.rules.text_messages import in_network_letters
from cercana.rules.time_texts import Language

_FILE = Path(__file__).parent / "texts" / "sms.toml"
_FOLLOW = "/casos/seguir/"
# Several letters say the same where there is room for one sentence.
_SAID_LIKE: Mapping[Kind, Kind] = {
    Kind.MESSAGE_PRIVATE: Kind.MESSAGE,
    Kind.ANSWERED_PRIVATE: Kind.ANSWERED,
    Kind.FORWARDED: Kind.ANSWERED,
    Kind.CLOSED_SILENTLY: Kind.CLOSED,
    Kind.CLOSED_NOTIFIED: Kind.CLOSED,
    Kind.WITHDRAWN: Kind.CLOSED,
}
# Whoever registered a case a moment ago is awake and waits for its number.
AT_ONCE = frozenset({Kind.RECEIPT, Kind.RECEIPT_PROPOSED, Kind.RECEIPT_CRITICAL})


def text_for(kind: Kind, language: Language, number: str) -> str:
    """Return the text about the case called ``number``; "" for letters that nobody is sent a text about."""
    wording = _texts()[language].get(_SAID_LIKE.get(kind, kind).value)
    if wording is None:
        return ""
    page = f"{settings.PUBLIC_URL}{_FOLLOW}"
    name = organization.municipality().short_name
    return in_network_letters(wording.format(municipality=name, number=number, page=page))


@cache
def _texts() -> dict[Language, dict[str, str]]:
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {"es": tables["es"], "en": tables["en"]}
