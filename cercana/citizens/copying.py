"""Many invented people and their words at once, as PostgreSQL's COPY reads them: to measure, never for the real."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg import Connection

from cercana.citizens.copy_format import EIGHT, SIXTEEN, copy_rows, flag_column, row_start, text_column
from cercana.citizens.identity import ContactKind
from cercana.citizens.models import PersonalValue
from cercana.rules.folding import fold

_ID_BYTES = 16
_ID_AND_SALT = 32
_PEOPLE = (
    "key, name, folded_name, document_type, document_number, is_verified, language, channel, may_ask_opinion,"
    " no_contact_reason, responsible_adult, created_at"
)
_CONTACTS = "citizen_id, kind, value, normalized, is_bounced"
_VALUES = "id, subject_id, kind, value, salt"
_TWELVE, _FIVE, _NO_TEXT, _NO = row_start(12), row_start(5), text_column(""), flag_column(is_set=False)
_VALUE_START = _FIVE + SIXTEEN
# HMAC (RFC 2104): the key with each byte xor 0x36 inside, xor 0x5C outside.
_BLOCK_BYTES = 64
_INSIDE, _OUTSIDE = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A personal value to be kept again for other people: its kind, its text, and the columns of both."""

    kind: str
    text: bytes
    columns: bytes

    @classmethod
    def of(cls, kind: str, text: str) -> "KnownValue":
        """Return the value that keeps ``text``."""
        return cls(kind, text.encode(), text_column(kind) + text_column(text))


def read_values(ids: Iterable[UUID]) -> dict[str, KnownValue]:
    """Return the values behind references by their id as text."""
    rows = PersonalValue.objects.filter(id__in=list(ids)).values_list("id", "kind", "value")
    return {str(id_): KnownValue.of(kind, value) for id_, kind, value in rows}


def new_key() -> bytes:
    """Return a new identifier."""
    return secrets.token_bytes(_ID_BYTES)


def id_text(digits: str) -> str:
    """Return an identifier as text, given by its 32 hexadecimal ``digits``."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def commitment_of(salt: bytes, text: bytes) -> str:
    """Return chain.commitment; written out since ``hmac.digest`` looks for its algorithm again at each call."""
    key = salt.ljust(_BLOCK_BYTES, b"\0")
    return sha256(key.translate(_OUTSIDE) + sha256(key.translate(_INSIDE) + text).digest()).hexdigest()


@dataclass(slots=True)
class PeopleBatch:
    """People and values on their way into the database, as binary rows."""

    people: list[bytes] = field(default_factory=list)
    contacts: list[bytes] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)

    def add_person(self, *, name: str, email: str, phone: str, created_at: bytes) -> bytes:
        """
        Add somebody who left an ``email`` in its normalized form and a ``phone`` of nine digits; return their key.

        ``created_at`` is an instant as PostgreSQL's eight bytes.
        """
        key = new_key()
        self.people.append(b"".join((_TWELVE, SIXTEEN, key, _columns_of(name), EIGHT, created_at)))
        owner = _FIVE + SIXTEEN + key
        self.contacts += (
            owner + _contact(ContactKind.EMAIL, email, email),
            owner + _contact(ContactKind.PHONE, phone, f"+51{phone}"),
        )
        return key

    def add_values(self, subject: bytes, values: Sequence[KnownValue]) -> tuple[list[str], list[str]]:
        """Add values about ``subject``, each under a new salt; return their ids and their commitments."""
        chance = secrets.token_bytes(_ID_AND_SALT * len(values))
        ids, commitments, rows = [], [], []
        for start, value in zip(range(0, len(chance), _ID_AND_SALT), values, strict=True):
            salt_start = start + _ID_BYTES
            id_, salt = chance[start:salt_start], chance[salt_start : start + _ID_AND_SALT]
            ids.append(id_text(id_.hex()))
            commitments.append(commitment_of(salt, value.text))
            rows.append(b"".join((_VALUE_START, id_, SIXTEEN, subject, value.columns, SIXTEEN, salt)))
        self.values += rows
        return ids, commitments

    def send(self, connection: Connection[Any]) -> None:
        """Write everything, in the transaction of ``connection``."""
        copy_rows(connection, "citizens_citizen", _PEOPLE, self.people)
        copy_rows(connection, "citizens_contactpoint", _CONTACTS, self.contacts)
        copy_rows(connection, "citizens_personalvalue", _VALUES, self.values)


@cache
def _columns_of(name: str) -> bytes:
    """Return the columns of somebody called ``name`` from their name to who is responsible for them."""
    told = [text_column(name), text_column(fold(name)), _NO_TEXT, _NO_TEXT, _NO, text_column("es"), _NO_TEXT]
    return b"".join([*told, flag_column(is_set=True), _NO_TEXT, _NO_TEXT])


def _contact(kind: ContactKind, value: str, normalized: str) -> bytes:
    return text_column(kind) + text_column(value) + text_column(normalized) + _NO
