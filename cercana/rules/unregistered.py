"""Who reached us and has no case yet: by what way, and what becomes of it (M4.1a)."""

from collections.abc import Mapping
from enum import StrEnum

from cercana.rules.classification import Channel


class ReachedBy(StrEnum):
    """How somebody reached us without anybody attending them."""

    MAIL = "mail"
    MISSED_CALL = "missed_call"
    VOICEMAIL = "voicemail"

    @property
    def channel(self) -> Channel:
        """The channel of the case that comes of it."""
        return Channel.EMAIL if self is ReachedBy.MAIL else Channel.PHONE


class ContactState(StrEnum):
    """What became of it; only those that wait are counted as unregistered."""

    WAITING = "waiting"
    REGISTERED = "registered"
    JOINED = "joined"
    DISMISSED = "dismissed"


REACHED_BY_LABELS: Mapping[ReachedBy, str] = {
    ReachedBy.MAIL: "Correo",
    ReachedBy.MISSED_CALL: "Llamada perdida",
    ReachedBy.VOICEMAIL: "Mensaje de voz",
}
# Where the case says that its moment of arrival comes from, since it is typed in later.
SOURCES: Mapping[ReachedBy, str] = {
    ReachedBy.MAIL: "el correo recibido",
    ReachedBy.MISSED_CALL: "la llamada perdida",
    ReachedBy.VOICEMAIL: "el mensaje de voz",
}
