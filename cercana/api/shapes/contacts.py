"""Who reached the institution and has no case yet, as other systems read it, and what is done about it."""

import uuid
from collections.abc import Sequence

from pydantic import Field

from cercana.api.shapes.words import NUMBER_PATTERN, Given, Instant, Line, Shown
from cercana.cases.queries import DraftFile
from cercana.channels.email.queries import MailSetAside
from cercana.conversation.queries import WaitingContact
from cercana.rules.classification import CaseClass
from cercana.rules.unregistered import ReachedBy


class ContactLine(Shown):
    """Alguien sin caso: cómo y cuándo llegó."""

    key: uuid.UUID
    way: ReachedBy = Field(description="Por dónde llegó.")
    received_at: Instant
    name: str
    email: str
    phone: str
    subject: str
    proposed_class: CaseClass = Field(description="La prioridad que propone el triaje.")
    reason: str = Field(description="Por qué se descartó; vacío si espera.")
    settled_at: Instant | None = Field(description="Cuándo se descartó; nulo si espera.")

    @classmethod
    def of(cls, contact: WaitingContact) -> "ContactLine":
        """Return how somebody stands on the list."""
        return cls(
            key=contact.key,
            way=contact.way,
            received_at=contact.received_at,
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            subject=contact.subject,
            proposed_class=contact.class_,
            reason=contact.reason,
            settled_at=contact.settled_at,
        )


class MailLine(Shown):
    """Un correo que se apartó: no es caso ni espera uno."""

    key: uuid.UUID
    author: str
    subject: str
    received_at: Instant
    reason: str = Field(description="Por qué se apartó, con un código.")

    @classmethod
    def of(cls, mail: MailSetAside) -> "MailLine":
        """Return how a mail stands on the list."""
        return cls(
            key=mail.key, author=mail.author, subject=mail.subject, received_at=mail.received_at, reason=mail.reason
        )


class ContactsShown(Shown):
    """Quiénes esperan un caso, el más antiguo primero; los descartados y los correos apartados de esta semana."""

    waiting: list[ContactLine]
    dismissed: list[ContactLine]
    set_aside: list[MailLine]


class ContactFile(Shown):
    """Un archivo que llegó con el contacto."""

    name: str
    size: int
    content_type: str
    state: str


class ContactShown(Shown):
    """Alguien sin caso, con lo que dijo."""

    contact: ContactLine
    text: str
    files: list[ContactFile]

    @classmethod
    def of(cls, contact: WaitingContact, files: Sequence[DraftFile]) -> "ContactShown":
        """Return all there is of somebody on the list."""
        lines = [
            ContactFile(name=each.name, size=each.size, content_type=each.content_type, state=each.state)
            for each in files
        ]
        return cls(contact=ContactLine.of(contact), text=contact.text, files=lines)


class JoinGiven(Given):
    """El caso al que pertenece lo que dijo."""

    number: str = Field(pattern=NUMBER_PATTERN)


class DismissalGiven(Given):
    """Por qué no hace falta un caso."""

    reason: Line


class Joined(Shown):
    """En qué caso quedó."""

    number: str
