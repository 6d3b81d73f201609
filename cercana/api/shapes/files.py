"""Files on their way in."""

from uuid import UUID

from pydantic import Field

from cercana.api.shapes.words import Shown


class FileTaken(Shown):
    """Un archivo recibido. Se abre cuando termina su revisión."""

    key: UUID
    name: str
    size: int = Field(description="Bytes.")
    content_type: str
    state: str = Field(description="waiting: todavía se revisa.")


class FilesTaken(Shown):
    """Los archivos que esperan al caso que se va a registrar."""

    files: list[FileTaken]
