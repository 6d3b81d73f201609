"""Where the demonstration may act: only in a database of its own."""

from cercana.demo.errors import DemonstrationMissing, NotADemonstration
from cercana.organization import queries as organization
from cercana.organization.errors import NotSetUp


def refuse_real_municipality() -> None:
    """Raise NotADemonstration if the database holds a municipality that is not the demonstration."""
    try:
        known = organization.municipality()
    except NotSetUp:
        return
    if not known.is_demo:
        raise NotADemonstration(name=known.name)


def require_demonstration() -> None:
    """Raise NotADemonstration or DemonstrationMissing unless the database holds the demonstration municipality."""
    refuse_real_municipality()
    if not organization.is_demonstration():
        raise DemonstrationMissing
