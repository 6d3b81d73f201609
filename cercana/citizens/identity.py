"""Identity documents and contact points as people write them, and the one form in which they are compared."""

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop
from stdnum.exceptions import ValidationError as NumberError
from stdnum.pe import cui, ruc

from cercana.citizens.errors import DocumentMalformed, EmailMalformed, PhoneMalformed

_BARE_LIMA_LANDLINE = re.compile(r"[2-7]\d{6}")


class DocumentType(StrEnum):
    """The documents a person may show; their formats are those of peru.md §8."""

    DNI = "dni"
    RUC = "ruc"
    FOREIGNER_CARD = "ce"
    PASSPORT = "passport"
    TEMPORARY_PERMIT = "ptp"


class ContactKind(StrEnum):
    """The ways to reach a person."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Document:
    """
    A document in its one written form; ``doubt`` is a Spanish warning that must not stop anybody, or "".

    The check character of a DNI is optional, and a wrong one only raises a doubt.
    """

    type: DocumentType
    number: str
    doubt: str = ""


_FORMATS = {
    DocumentType.DNI: (r"\d{8}[0-9A-Z]?", gettext_noop("un DNI tiene 8 dígitos")),
    DocumentType.RUC: (r"\d{11}", gettext_noop("un RUC tiene 11 dígitos")),
    DocumentType.FOREIGNER_CARD: (
        r"[A-Z0-9]{8,12}",
        gettext_noop("un carné de extranjería tiene de 8 a 12 letras o dígitos"),
    ),
    DocumentType.PASSPORT: (r"[A-Z0-9]{5,15}", gettext_noop("un pasaporte tiene de 5 a 15 letras o dígitos")),
    DocumentType.TEMPORARY_PERMIT: (
        r"[A-Z0-9]{5,15}",
        gettext_noop("un permiso temporal tiene de 5 a 15 letras o dígitos"),
    ),
}


def parse_document(type_: DocumentType, text: str) -> Document:
    """Return the document a person wrote; raise DocumentMalformed if its type cannot have that number."""
    number = re.sub(r"[\s.\-]", "", text).upper()
    pattern, reason = _FORMATS[type_]
    if not re.fullmatch(pattern, number, re.ASCII):
        raise DocumentMalformed(reason=reason)
    if type_ is DocumentType.DNI and len(number) == len("000000000"):
        return Document(type_, number[:8], _doubt_about_dni(number))
    if type_ is DocumentType.RUC and not ruc.is_valid(number):
        return Document(type_, number, "El último dígito del RUC no coincide.")
    return Document(type_, number)


def _doubt_about_dni(number: str) -> str:
    try:
        cui.validate(number)
    except NumberError:
        return "El dígito de verificación del DNI no coincide."
    return ""


def parse_phone(text: str) -> str:
    """Return the number in E.164 («+51987654321»); seven digits are a landline of Lima. Raise PhoneMalformed."""
    bare = re.sub(r"[\s().\-]", "", text)
    if _BARE_LIMA_LANDLINE.fullmatch(bare):
        bare = "01" + bare
    try:
        number = phonenumbers.parse(bare, "PE")
    except phonenumbers.NumberParseException as error:
        raise PhoneMalformed from error
    if not phonenumbers.is_possible_number(number) or not phonenumbers.is_valid_number(number):
        raise PhoneMalformed
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def parse_email(text: str) -> str:
    """Return the address trimmed, its domain in lower case; raise EmailMalformed."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise EmailMalformed from error
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def normalize_contact(kind: ContactKind, text: str) -> str:
    """Return the form in which a contact is compared; raise PhoneMalformed or EmailMalformed."""
    if kind is ContactKind.PHONE:
        return parse_phone(text)
    if kind is ContactKind.EMAIL:
        return parse_email(text).lower()
    return " ".join(text.lower().split())
