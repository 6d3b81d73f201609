"""The views of the queue that people keep under names of their own."""

from pydantic import Field

from cercana.api.shapes.listing import ViewChosen
from cercana.api.shapes.words import Given, Shown
from cercana.cases.queries import View
from cercana.workplace.queries import KeptView


class ViewGiven(Given, ViewChosen):
    """Una vista con sus filtros, y el nombre con que se guarda."""

    name: str = Field(pattern=r"^[^\x00\s][^\x00]{0,39}$", description="El nombre.", examples=["Baches de hoy"])


class KeptViewShown(Shown):
    """Una vista guardada; un filtro vacío deja pasar todo."""

    id: int
    name: str
    view: View
    class_: str = Field(serialization_alias="class")
    channel: str
    area: str
    stage: str
    category: str
    kind: str

    @classmethod
    def of(cls, kept: KeptView) -> "KeptViewShown":
        """Return how a view is shown."""
        filters = kept.selection.filters
        return cls(
            id=kept.id,
            name=kept.name,
            view=kept.selection.view,
            class_=filters.class_,
            channel=filters.channel,
            area=filters.area,
            stage=filters.stage,
            category=filters.category,
            kind=filters.kind,
        )


class KeptViewsShown(Shown):
    """Las vistas que guarda la cuenta, por su nombre."""

    views: list[KeptViewShown]


class CountsShown(Shown):
    """Los tamaños de las vistas, como al lado de la lista."""

    views: dict[View, int] = Field(description="Cuántos casos hay en cada vista que se cuenta.")
    kept: dict[int, int] = Field(description="Cuántos hay en cada vista guardada que se cuenta, por su «id».")
    open_critical: int = Field(description="Casos críticos abiertos.")
    unanswered_critical: int = Field(description="Los que esperan su primera respuesta.")
    unread_notices: int
