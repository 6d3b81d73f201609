"""Refusals about people and how to reach them."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class DocumentMalformed(DomainError):
    """The number cannot belong to a document of that type."""

    code: ClassVar[str] = "citizen.document_malformed"
    message: ClassVar[str] = "El número de documento no es correcto: {reason}."
    status: ClassVar[int] = 422


class IdentityKnown(DomainError):
    """Another document is on record for this person."""

    code: ClassVar[str] = "citizen.identity_known"
    message: ClassVar[str] = "Esta persona ya tiene otro documento anotado. Revise sus datos antes de cambiar nada."


class PhoneMalformed(DomainError):
    """The text is not a telephone number of Peru or with a country code."""

    code: ClassVar[str] = "citizen.phone_malformed"
    message: ClassVar[str] = "Ese teléfono no es correcto: un celular tiene 9 dígitos y un fijo de Lima, 7."
    status: ClassVar[int] = 422


class EmailMalformed(DomainError):
    """The text is not a mail address."""

    code: ClassVar[str] = "citizen.email_malformed"
    message: ClassVar[str] = "Ese correo no es correcto: debe verse como nombre@ejemplo.pe."
    status: ClassVar[int] = 422


class ContactMissing(DomainError):
    """There is neither a way to reach the person nor a reason why there is none."""

    code: ClassVar[str] = "citizen.contact_missing"
    message: ClassVar[str] = "Falta un correo o un teléfono para responder, o decir por qué no se puede."
    status: ClassVar[int] = 422
