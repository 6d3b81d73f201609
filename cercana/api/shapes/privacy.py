"""Erasing people (Law 29733) as other systems ask for it."""

import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cercana.api.shapes.words import Given, Instant, Line, Shown


class FileAsked(Given):
    """A quién se busca; va en el cuerpo para que no quede en ninguna dirección."""

    q: Annotated[str, StringConstraints(pattern=r"^[^\x00]{3,120}$")] = Field(
        description="Documento, teléfono, correo o nombre.", examples=["Rosa Quispe"]
    )


class PersonOnFileShown(BaseModel):
    """Alguien registrado, con el documento cubierto y cuánto se guarda."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    key: uuid.UUID
    name: str
    masked_document: str
    is_verified: bool
    cases: int
    open_cases: int
    first_received_at: Instant
    last_closed_at: Instant | None


class PeopleOnFile(Shown):
    """Hasta ocho personas."""

    people: list[PersonOnFileShown]


class ErasureGiven(Given):
    """A quién se borra, y por qué."""

    people: list[uuid.UUID] = Field(min_length=1, max_length=20, description="Las fichas de una misma persona.")
    reason: Line = Field(description="Por qué, sin nombrar a la persona.", examples=["Pedido del titular."])


class Erased(Shown):
    """Lo que se borró."""

    people: int = Field(description="Cuántas fichas.")
    cases: int = Field(description="De cuántos casos quedan solo los hechos.")
