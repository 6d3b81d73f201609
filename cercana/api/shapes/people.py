"""Who a case is of, as a call says it."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from cercana.api.shapes.words import Given, Name, OptionalLine, Truth
from cercana.citizens.commands import ContactKind, Document, DocumentType, Person, parse_document


class NoticeChannel(StrEnum):
    """How a person wants to be answered."""

    EMAIL = "email"
    PHONE = "phone"


class Preference(StrEnum):
    """The groups whom the law gives preferential attention (peru.md, 3)."""

    OLDER_ADULT = "older_adult"
    PREGNANCY = "pregnancy"
    DISABILITY = "disability"
    SMALL_CHILD = "small_child"
    VETERAN = "veteran"


class DocumentGiven(Given):
    """El documento de la persona."""

    type: DocumentType = Field(description="De qué documento se trata.")
    number: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 -]{1,20}$")] = Field(
        description="Su número.", examples=["40123456"]
    )

    def parsed(self) -> Document:
        """Return it in its one written form; raise DocumentMalformed."""
        return parse_document(self.type, self.number)


class PersonGiven(Given):
    """Quién presenta el caso. Hace falta un contacto, o decir por qué no hay."""

    name: Name = Field(default="", description="Nombre y apellidos.")
    document: DocumentGiven | None = Field(default=None, description="Solo si la persona lo da.")
    email: Annotated[str, StringConstraints(max_length=254)] = Field(default="", description="Correo.")
    phone: Annotated[str, StringConstraints(max_length=40)] = Field(default="", description="Teléfono.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = Field(
        default="es", description="Lengua de la persona (ISO 639); «mul» si es otra."
    )
    answer_by: NoticeChannel | None = Field(default=None, description="Cómo quiere que le respondan.")
    may_ask_opinion: Truth = Field(default=False, description="Si acepta que le pidan su opinión.")
    no_contact_reason: OptionalLine = Field(default="", description="Por qué no deja contacto.")
    responsible_adult: Name = Field(default="", description="Quién responde por una persona menor de edad.")
    preferences: Annotated[list[Preference], Field(max_length=5)] = Field(
        default=[], description="Por qué recibe atención preferente."
    )

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [{"name": "Rosa Quispe Mamani", "email": "rosa@vecinos.example", "answer_by": "email"}]
        },
    )

    def person(self, *, key: uuid.UUID | None = None, is_verified: bool = False) -> Person:
        """Return who it is; ``key`` names somebody known. Raise DocumentMalformed."""
        contacts = [(ContactKind.PHONE, self.phone), (ContactKind.EMAIL, self.email)]
        return Person(
            name=self.name,
            document=self.document.parsed() if self.document else None,
            contacts=[(kind, text) for kind, text in contacts if text.strip()],
            language=self.language,
            channel=self.answer_by.value if self.answer_by else "",
            may_ask_opinion=self.may_ask_opinion,
            no_contact_reason=self.no_contact_reason,
            responsible_adult=self.responsible_adult,
            vulnerabilities=[each.value for each in dict.fromkeys(self.preferences)],
            is_verified=is_verified,
            key=key,
        )
