"""What every page knows of the institution."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cercana.organization import queries


def institution(request: HttpRequest) -> dict[str, object]:
    """Return ``municipality``, read when a template first asks for it."""
    return {"municipality": SimpleLazyObject(queries.municipality)}
