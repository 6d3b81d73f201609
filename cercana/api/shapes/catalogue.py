"""What the institution offers to choose from."""

from pydantic import Field

from cercana.api.shapes.words import Shown
from cercana.rules.classification import CaseClass


class CategoryShown(Shown):
    """Un motivo del catálogo."""

    code: str
    name: str
    name_en: str
    words: str = Field(description="Cómo lo diría una persona.")
    area: str = Field(description="El código del área que lo resuelve.")
    class_: CaseClass = Field(serialization_alias="class", description="La prioridad de siempre.")
    legal_nature: str


class AreaShown(Shown):
    """Un área de la institución."""

    code: str
    name: str
    name_en: str
    parent: str | None = Field(description="El área de la que depende.")


class SiteShown(Shown):
    """Una sede donde se atiende."""

    code: str
    name: str
    address: str


class NatureShown(Shown):
    """Qué puede ser un caso para la ley."""

    code: str
    name: str
    question: str
    explanation: str
    needs_identity: bool


class Catalogue(Shown):
    """Todo lo que se elige al registrar un caso."""

    institution: str
    prefix: str = Field(description="Con qué empiezan los números de caso.")
    categories: list[CategoryShown]
    areas: list[AreaShown]
    sites: list[SiteShown]
    legal_natures: list[NatureShown]
    privacy_notice: str = Field(description="El aviso de datos personales que se muestra o se lee.")
