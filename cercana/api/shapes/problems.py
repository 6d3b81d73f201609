"""A refusal as other systems read it (RFC 9457); config/refusals.py writes it."""

from pydantic import ConfigDict, Field

from cercana.api.shapes.words import Shown


class FieldError(Shown):
    """What is wrong with one field of a call."""

    field: str = Field(description="Dónde está, con puntos: «body.person.email».")
    message: str = Field(description="Qué falta o no vale, en una oración.")


class Problem(Shown):
    """Un rechazo (RFC 9457). «code» es estable; «detail» es para personas."""

    type: str = Field(description="Identificador del tipo de rechazo.")
    title: str = Field(description="De qué clase es, en pocas palabras.")
    status: int = Field(description="El estado HTTP.")
    detail: str = Field(description="Qué pasó y qué hacer, en español.")
    code: str = Field(description="El código estable; están todos en la referencia de errores.")
    errors: list[FieldError] | None = Field(default=None, description="Los campos que fallan, si los hay.")

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:cercana:error:case.not_found",
                    "title": "No existe",
                    "status": 404,
                    "detail": "No encontramos el caso SI-2026-000123-K.",
                    "code": "case.not_found",
                }
            ]
        },
    )
