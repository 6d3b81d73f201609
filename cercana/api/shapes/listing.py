"""What lists and searches are asked for."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cercana.api.shapes.words import NUMBER, Given, OptionalCode
from cercana.cases.queries import Filters, Place, SearchPlace, Selection, View
from cercana.rules.classification import CaseClass, Channel, RequestKind
from cercana.rules.lifecycle import Stage


class ViewChosen(BaseModel):
    """A view and what narrows it."""

    view: View = Field(default=View.ALL, description="Qué vista de la mesa.")
    class_: CaseClass | None = Field(default=None, alias="class", description="Solo esta prioridad.")
    channel: Channel | None = Field(default=None, description="Solo los llegados por aquí.")
    area: OptionalCode = Field(default="", description="Solo los de esta área.")
    stage: Stage | None = Field(default=None, description="Solo los de esta etapa.")
    category: OptionalCode = Field(default="", description="Solo los de este motivo.")
    kind: RequestKind | None = Field(default=None, description="Solo reclamos o solo consultas.")

    @property
    def selection(self) -> Selection:
        """The view with its filters."""
        filters = Filters(
            class_=self.class_ or "",
            channel=self.channel or "",
            area=self.area,
            stage=self.stage or "",
            category=self.category,
            kind=self.kind or "",
        )
        return Selection(self.view, filters)


class ListAsked(ViewChosen):
    """A view, what narrows it, and where its page begins."""

    model_config = ConfigDict(frozen=True)

    kept: Annotated[int, Field(ge=1, le=2_147_483_647)] | None = Field(
        default=None, description="Una vista guardada, en lugar de vista y filtros."
    )
    cursor: Annotated[str, StringConstraints(pattern=r"^[01]?\.[0-9]{0,16}\.[0-9]{1,18}$")] | None = Field(
        default=None, description="El «next» de la página anterior."
    )

    @property
    def place(self) -> Place | None:
        """Where the page begins; None at the beginning."""
        return Place.parse(self.cursor) if self.cursor else None


class SearchAsked(Given):
    """Lo que se busca. Va en el cuerpo: un nombre no debe quedar en una dirección."""

    q: Annotated[str, StringConstraints(pattern=r"^[^\x00]{2,200}$")] = Field(
        description="Número, nombre, documento, teléfono o palabras.", examples=["bache basadre"]
    )
    limit: Annotated[int, Field(ge=1, le=100), NUMBER] = Field(default=30, description="Cuántos como máximo.")
    cursor: Annotated[str, StringConstraints(pattern=r"^[01]\.[0-9]{1,16}\.[0-9]{1,18}$")] | None = Field(
        default=None, description="El «next» de la página anterior.", examples=["1.1764241200000000.42"]
    )

    @property
    def place(self) -> SearchPlace | None:
        """Where the page begins; None at the beginning."""
        return SearchPlace.parse(self.cursor) if self.cursor else None


class PeopleAsked(Given):
    """A quién se busca. Va en el cuerpo: un nombre no debe quedar en una dirección."""

    q: Annotated[str, StringConstraints(pattern=r"^[^\x00]{3,120}$")] = Field(
        description="Documento, teléfono, correo o nombre.", examples=["Rosa Quispe"]
    )
