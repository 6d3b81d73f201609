"""How people enter and leave: registering, keeping what they say, and erasing it."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from cercana.citizens.copy_format import (
    EIGHT,
    NULL,
    THIRTY_TWO,
    column,
    copy_lines,
    copy_rows,
    copy_text,
    row_start,
    text_column,
)
from cercana.citizens.copying import KnownValue, PeopleBatch, id_text, new_key, read_values
from cercana.citizens.errors import ContactMissing, IdentityKnown
from cercana.citizens.identity import (
    ContactKind,
    Document,
    DocumentType,
    normalize_contact,
    parse_document,
    parse_email,
    parse_phone,
)
from cercana.citizens.models import Citizen, ContactPoint, PersonalValue, Vulnerability
from cercana.rules.chain import commitment
from cercana.rules.folding import fold
from cercana.rules.history import ValueRef

__all__ = [
    "EIGHT",
    "NULL",
    "THIRTY_TWO",
    "ContactKind",
    "Document",
    "DocumentType",
    "KnownValue",
    "PeopleBatch",
    "Person",
    "ValueKeeper",
    "add_identity",
    "column",
    "copy_lines",
    "copy_rows",
    "copy_text",
    "erase_person",
    "id_text",
    "mark_bounced",
    "new_key",
    "normalize_contact",
    "parse_document",
    "parse_email",
    "parse_phone",
    "read_values",
    "register_person",
    "row_start",
    "text_column",
]

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Person:
    """
    What somebody told us about who they are; nothing of it is required but a contact or the reason for none.

    ``key`` names a person already known. ``contacts`` are as typed.
    """

    name: str = ""
    document: Document | None = None
    contacts: Sequence[tuple[ContactKind, str]] = ()
    language: str = "es"
    channel: str = ""
    may_ask_opinion: bool = False
    no_contact_reason: str = ""
    responsible_adult: str = ""
    vulnerabilities: Sequence[str] = ()
    is_verified: bool = False
    key: uuid.UUID | None = None


@dataclass(slots=True)
class ValueKeeper:
    """Collects the personal values of one act, so that they are stored in one statement."""

    subject: uuid.UUID
    _values: list[PersonalValue] = field(default_factory=list)

    def keep(self, kind: str, text: str) -> dict[str, str]:
        """Return how an event mentions ``text``; it is stored by ``store``."""
        salt = secrets.token_bytes(_SALT_BYTES)
        value = PersonalValue(subject_id=self.subject, kind=kind, value=text, salt=salt)
        self._values.append(value)
        return ValueRef(value.id, commitment(salt, text)).as_payload()

    def store(self) -> None:
        """Insert what was kept."""
        PersonalValue.objects.bulk_create(self._values)
        self._values.clear()


# Without a savepoint: whoever registers a person with a case gives up both.
@transaction.atomic(savepoint=False)
def register_person(person: Person, *, case: uuid.UUID, now: datetime, recorded_by: str) -> Citizen:
    """
    Return the citizen that ``person`` describes: the one already known by key, with new contacts added, or a new one.

    What is added to a known person without seeing their document serves ``case`` alone. Raise ContactMissing,
    PhoneMalformed or EmailMalformed.
    """
    if not person.contacts and not person.no_contact_reason.strip() and person.key is None:
        raise ContactMissing
    points = [
        ContactPoint(kind=kind, value=typed.strip(), normalized=normalize_contact(kind, typed))
        for kind, typed in person.contacts
    ]
    if person.key is None:
        citizen = _new_citizen(person)
        _add_contacts(citizen, points, given_for=None)
    else:
        citizen = Citizen.objects.get(key=person.key)
        proven = ContactPoint.objects.filter(citizen=citizen, given_for=None).values_list("kind", "normalized")
        known = set(proven)
        unknown = [point for point in points if (point.kind, point.normalized) not in known]
        _add_contacts(citizen, unknown, given_for=None if person.is_verified else case)
    Vulnerability.objects.bulk_create(
        Vulnerability(citizen=citizen, kind=kind, recorded_at=now, recorded_by=recorded_by)
        for kind in person.vulnerabilities
    )
    return citizen


def _add_contacts(citizen: Citizen, points: Sequence[ContactPoint], *, given_for: uuid.UUID | None) -> None:
    for point in points:
        point.citizen, point.given_for = citizen, given_for
    ContactPoint.objects.bulk_create(points, ignore_conflicts=True)


def _new_citizen(person: Person) -> Citizen:
    name = " ".join(person.name.split())
    return Citizen.objects.create(
        name=name,
        folded_name=fold(name),
        document_type=person.document.type if person.document else "",
        document_number=person.document.number if person.document else "",
        is_verified=person.is_verified,
        language=person.language,
        channel=person.channel,
        may_ask_opinion=person.may_ask_opinion,
        no_contact_reason=person.no_contact_reason.strip(),
        responsible_adult=person.responsible_adult.strip(),
    )


@transaction.atomic
def add_identity(key: uuid.UUID, *, name: str, document: Document, is_verified: bool) -> None:
    """
    Add name and document of a person who had left them out; what is known already stays.

    Raise IdentityKnown if another document is on record: whose it is then, no form decides.
    """
    citizen = Citizen.objects.select_for_update().get(key=key)
    told = " ".join(name.split())
    if citizen.document_number and (citizen.document_type, citizen.document_number) != (document.type, document.number):
        raise IdentityKnown
    citizen.name = citizen.name or told
    citizen.folded_name = fold(citizen.name)
    citizen.document_type, citizen.document_number = document.type, document.number
    citizen.is_verified = citizen.is_verified or is_verified
    citizen.save(update_fields=["name", "folded_name", "document_type", "document_number", "is_verified"])


def decline_opinions(key: uuid.UUID) -> None:
    """Record that the person wants no more invitations to an opinion; saying so again changes nothing."""
    Citizen.objects.filter(key=key).update(may_ask_opinion=False)


def mark_bounced(normalized: str) -> None:
    """Record that mail to an address came back, so that the person is reached otherwise."""
    ContactPoint.objects.filter(kind=ContactKind.EMAIL, normalized=normalized).update(is_bounced=True)


@transaction.atomic
def erase_person(key: uuid.UUID, *, now: datetime) -> None:
    """
    Remove everything that says who a person is or what they told us; their cases stay as facts without words.

    The commitments in the history remain, and can no longer be matched to anything.
    """
    PersonalValue.objects.filter(subject_id=key).update(value="", salt=None)
    ContactPoint.objects.filter(citizen_id=key).delete()
    Vulnerability.objects.filter(citizen_id=key).delete()
    Citizen.objects.filter(key=key).update(
        name="",
        folded_name="",
        document_type="",
        document_number="",
        is_verified=False,
        may_ask_opinion=False,
        no_contact_reason="",
        responsible_adult="",
        erased_at=now,
    )
