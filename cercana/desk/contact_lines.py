"""Those without a case as the desk shows them: until when they would be answered, and how a form takes them over."""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cercana.conversation import queries as conversation
from cercana.conversation.errors import ContactGone
from cercana.conversation.queries import WaitingContact
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.calendar import Calendar
from cercana.rules.classification import Channel
from cercana.rules.promises import promise_for, to_lima
from cercana.rules.time_words import TimeLeft, due_words, time_left
from cercana.rules.unregistered import REACHED_BY_LABELS, SOURCES, ReachedBy

_ICONS = {
    ReachedBy.MAIL: "envelope-simple",
    ReachedBy.MISSED_CALL: "phone",
    ReachedBy.VOICEMAIL: "megaphone-simple",
}
_LONGEST_TITLE = 120
# Why a mail became neither a case nor an entry of one; of any other reason the code says enough to whoever mends it.
MAIL_REASONS = {
    "spam": "el servidor de correo lo marcó como no deseado",
    "empty": "no dice nada",
    "too_many": "ya llegaron demasiados de esa dirección en una hora",
    "unreadable": "no se pudo leer",
    "loop": "es nuestro propio correo que volvió",
    "auto_reply": "es una respuesta automática",
    "list": "es de una lista de correo",
}


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Somebody without a case; ``left`` and ``due`` are of the promise that runs since they reached us."""

    contact: WaitingContact
    way: str
    icon: str
    title: str
    left: TimeLeft
    due: str


def contact_lines(found: Sequence[WaitingContact], calendar: Calendar, now: datetime) -> list[ContactLine]:
    """Return them in words, in their order."""
    return [contact_line(each, calendar, now) for each in found]


def contact_line(contact: WaitingContact, calendar: Calendar, now: datetime) -> ContactLine:
    """Return one of them in words."""
    policy = organization.policy_at(contact.received_at).promises
    promise = promise_for(contact.received_at, contact.class_, policy, calendar)
    due = promise.first_response or promise.resolution
    said = contact.subject or " ".join(contact.text.split())
    return ContactLine(
        contact,
        REACHED_BY_LABELS[contact.way],
        _ICONS[contact.way],
        said[:_LONGEST_TITLE] or f"{REACHED_BY_LABELS[contact.way]} sin palabras",
        time_left(due, now, calendar, for_response=promise.first_response is not None),
        due_words(due),
    )


def contact_in(actor: Actor, typed: str) -> WaitingContact | None:
    """Return the contact whose key was ``typed``; None if nobody with it waits any more."""
    with suppress(ValueError, ContactGone):
        return conversation.contact_of(actor, uuid.UUID(typed))[0]
    return None


def fields_of(contact: WaitingContact) -> dict[str, str]:
    """Return what the form of attention holds when somebody registers ``contact``."""
    said = [contact.subject, contact.text]
    return {
        "contact": str(contact.key),
        "channel": Channel.PHONE.value,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "notice_by": "email" if contact.email else "phone",
        "description": "\n\n".join(part for part in said if part),
        "received_at": f"{to_lima(contact.received_at):%Y-%m-%dT%H:%M}",
        "source": SOURCES[contact.way],
    }
