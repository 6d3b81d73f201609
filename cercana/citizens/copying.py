"""Many invented people and their words at once, as PostgreSQL's COPY reads them: to measure, never for the real."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import Connection

from cercana.citizens.identity import ContactKind, normalize_contact
from cercana.citizens.models import PersonalValue
from cercana.rules.folding import fold

_SALT_BYTES = 16
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TABLES = {
    "citizens_citizen": "key, name, folded_name, document_type, document_number, is_verified, language, channel,"
    " may_ask_opinion, no_contact_reason, responsible_adult, created_at",
    "citizens_contactpoint": "citizen_id, kind, value, normalized, is_bounced",
    "citizens_personalvalue": "id, subject_id, kind, value, salt",
}


def copy_text(text: str) -> str:
    """Return ``text`` as a column of COPY."""
    return text.translate(_ESCAPES)


def copy_rows(connection: Connection[Any], table: str, columns: str, lines: Iterable[str]) -> None:
    """Write ``lines``, each ended by a line break, into ``columns`` of ``table``; both names are ours."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write("".join(lines))


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A personal value to be kept again for other people: its kind, and its text with its form as a column."""

    kind: str
    text: bytes
    column: str

    @classmethod
    def of(cls, kind: str, text: str) -> "KnownValue":
        """Return the value that keeps ``text``."""
        return cls(kind, text.encode(), copy_text(text))


def read_values(ids: Iterable[UUID]) -> dict[str, KnownValue]:
    """Return the values behind references by their id as text."""
    rows = PersonalValue.objects.filter(id__in=list(ids)).values_list("id", "kind", "value")
    return {str(id_): KnownValue.of(kind, value) for id_, kind, value in rows}


def new_id() -> str:
    """Return a new identifier as text."""
    digits = secrets.token_hex(_SALT_BYTES)
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@dataclass(slots=True)
class PeopleBatch:
    """People and values on their way into the database."""

    people: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def add_person(self, *, name: str, email: str, phone: str, created_at: str) -> str:
        """Add somebody who left a mail address and a telephone; return their key."""
        key = new_id()
        self.people.append(f"{key}\t{name}\t{fold(name)}\t\t\tf\tes\t\tt\t\t\t{created_at}\n")
        reached = normalize_contact(ContactKind.EMAIL, email)
        self.contacts.append(f"{key}\temail\t{email}\t{reached}\tf\n{key}\tphone\t{phone}\t+51{phone}\tf\n")
        return key

    def add_value(self, subject: str, value: KnownValue) -> tuple[str, str]:
        """Add a value about ``subject`` under a new salt; return its id and its commitment (chain.commitment)."""
        id_, salt = new_id(), secrets.token_bytes(_SALT_BYTES)
        self.values.append(f"{id_}\t{subject}\t{value.kind}\t{value.column}\t\\\\x{salt.hex()}\n")
        return id_, hmac.digest(salt, value.text, "sha256").hex()

    def send(self, connection: Connection[Any]) -> None:
        """Write everything, in the transaction of ``connection``."""
        for (table, columns), lines in zip(_TABLES.items(), (self.people, self.contacts, self.values), strict=True):
            copy_rows(connection, table, columns, lines)
