"""The views of the queue that people keep under names of their own."""

from dataclasses import asdict, dataclass

from cercana.cases.queries import Filters, Selection, View
from cercana.rules.access import Actor
from cercana.workplace.errors import TooManyViews, ViewNameMissing, ViewUnknown
from cercana.workplace.models import SavedView

_LONGEST_NAME = 40
_MOST = 20


@dataclass(frozen=True, slots=True)
class KeptView:
    """A selection with its name; ``key`` names its total among those of the page."""

    id: int
    name: str
    selection: Selection

    @property
    def key(self) -> str:
        """The name of its total."""
        return f"kept_{self.id}"


def kept_views(actor: Actor) -> list[KeptView]:
    """Return what the actor keeps, by name."""
    rows = SavedView.objects.filter(staff_id=actor.staff_id).order_by("name")
    return [KeptView(row.pk, row.name, Selection(View(row.view), Filters(**row.filters))) for row in rows]


def kept_view(actor: Actor, id_: int) -> KeptView:
    """Return one view that the actor keeps; raise ViewUnknown."""
    found = next((each for each in kept_views(actor) if each.id == id_), None)
    if found is None:
        raise ViewUnknown
    return found


def keep_view(*, name: str, selection: Selection, actor: Actor) -> None:
    """Keep ``selection`` under ``name``, in place of one that had it; raise ViewNameMissing or TooManyViews."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > _LONGEST_NAME:
        raise ViewNameMissing(limit=_LONGEST_NAME)
    mine = SavedView.objects.filter(staff_id=actor.staff_id)
    if mine.exclude(name=tidy).count() >= _MOST:
        raise TooManyViews(limit=_MOST)
    SavedView.objects.update_or_create(
        staff_id=actor.staff_id,
        name=tidy,
        defaults={"view": selection.view.value, "filters": asdict(selection.filters)},
    )


def forget_view(*, id_: int, actor: Actor) -> None:
    """Forget a view that the actor keeps; one of somebody else stays."""
    SavedView.objects.filter(staff_id=actor.staff_id, pk=id_).delete()
