"""Which submissions have become cases: asked by who sends many and may be cut off."""

from collections.abc import Iterable
from uuid import UUID

from cercana.cases.models import Submission


def registered_keys(keys: Iterable[UUID]) -> set[UUID]:
    """Return those of ``keys`` (client keys) under which a case has been registered."""
    return set(Submission.objects.filter(client_key__in=list(keys)).values_list("client_key", flat=True))
